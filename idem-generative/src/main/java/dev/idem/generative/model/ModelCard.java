package dev.idem.generative.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ConvLayer;
import dev.idem.models.network.ExactAutoencoder;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Normalization;
import dev.idem.models.storage.FileCard;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The content of {@code model.json}.
 *
 * @param format of the folder; this code writes and reads {@link #FORMAT}
 * @param imageShape [h, w, c]
 * @param network how to build it
 * @param noise the label of a {@link dev.idem.generative.noise.NoiseSource.NoiseKind}
 * @param training how the model was trained, for readers: method, objective, plan, data, outcome
 * @param provenance how it was made: versions, machine, time, command
 * @param files the other files of the folder, by name
 */
record ModelCard(
    int format,
    List<Integer> imageShape,
    NetworkCard network,
    String noise,
    Map<String, String> training,
    Map<String, String> provenance,
    Map<String, FileCard> files) {

  static final int FORMAT = 2;

  /** The network in a model's card: enough to rebuild it, except for initial values. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkCard.Conv.class, name = "conv-autoencoder"),
    @JsonSubTypes.Type(value = NetworkCard.Exact.class, name = "exact-autoencoder"),
    @JsonSubTypes.Type(value = NetworkCard.Dense.class, name = "mlp")
  })
  sealed interface NetworkCard {

    /** The network. */
    Network network();

    /**
     * A convolutional autoencoder.
     *
     * @param code the width of the dense code, 0 for none
     */
    record Conv(
        List<Integer> shape,
        List<ConvLayer> layers,
        int code,
        String encoder,
        String decoder,
        String output,
        NormalizationCard normalization)
        implements NetworkCard {
      static Conv of(ConvAutoencoder conv) {
        return new Conv(
            conv.shape().dimensions(),
            conv.layers(),
            conv.code().orElse(0),
            conv.encoder().label(),
            conv.decoder().label(),
            conv.output().label(),
            NormalizationCard.of(conv.normalization()));
      }

      @Override
      public ConvAutoencoder network() {
        return new ConvAutoencoder(
            new Shape(shape),
            layers,
            code > 0 ? OptionalInt.of(code) : OptionalInt.empty(),
            activation(encoder),
            activation(decoder),
            activation(output),
            normalization.normalization(),
            Initializers.uniformFanIn(),
            Initializers.zeros());
      }
    }

    /** An {@link ExactAutoencoder}. */
    record Exact(Conv whole) implements NetworkCard {
      @Override
      public Network network() {
        return new ExactAutoencoder(whole.network());
      }
    }

    /** A multilayer perceptron with biases. */
    record Dense(
        List<Integer> widths, String hidden, String output, NormalizationCard normalization)
        implements NetworkCard {
      @Override
      public Network network() {
        return Mlp.of(widths.stream().mapToInt(width -> width).toArray())
            .withActivations(activation(hidden), activation(output))
            .withNormalization(normalization.normalization());
      }
    }

    /**
     * How layers are normalised.
     *
     * @param groups of group normalisation, else 0
     */
    record NormalizationCard(String kind, int groups) {
      static NormalizationCard of(Normalization normalization) {
        int groups = normalization instanceof Normalization.Group group ? group.groups() : 0;
        return new NormalizationCard(normalization.label(), groups);
      }

      Normalization normalization() {
        Require.argument(
            groups == 0 || kind.equals(Normalization.group().label()),
            "groups (%s) must be 0 for normalization '%s'",
            groups,
            kind);
        if (kind.equals(Normalization.group().label())) {
          return new Normalization.Group(groups);
        }
        Map<String, Normalization> others =
            Map.of("none", Normalization.none(), "batch", Normalization.batch());
        return Require.known(
            others.get(kind), "normalization", kind, List.of("none", "batch", "group"));
      }
    }

    /**
     * The card of a network.
     *
     * @throws IllegalArgumentException if it is no {@link ConvAutoencoder}, {@link
     *     ExactAutoencoder} or {@link Mlp} with biases
     */
    static NetworkCard of(Network network) {
      if (network instanceof ConvAutoencoder conv) {
        return Conv.of(conv);
      }
      if (network instanceof ExactAutoencoder exact) {
        return new Exact(Conv.of(exact.whole()));
      }
      Require.argument(
          network instanceof Mlp mlp && mlp.biasInitializer().isPresent(),
          "network (%s) cannot be saved; a ConvAutoencoder, an ExactAutoencoder or an Mlp with biases can",
          network.description());
      Mlp mlp = (Mlp) network;
      return new Dense(
          mlp.widths(),
          mlp.hidden().label(),
          mlp.output().label(),
          NormalizationCard.of(mlp.normalization()));
    }

    private static Activation activation(String label) {
      List<Activation> all = List.of(Activation.values());
      List<String> labels = all.stream().map(Activation::label).toList();
      int index = labels.indexOf(label);
      Require.argument(index >= 0, "unknown activation '%s'; known: %s", label, labels);
      return all.get(index);
    }
  }
}
