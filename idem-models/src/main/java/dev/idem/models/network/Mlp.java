package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.models.initializer.Initializers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A multilayer perceptron of any depth that maps [n] to [n], or to another width as a part of a
 * network: layer i computes activation(x W + b) with parameters {@code dense.i.kernel} [widths(i),
 * widths(i + 1)] and {@code dense.i.bias} [widths(i + 1)], i from 0.
 *
 * <pre>{@code
 * Mlp f = Mlp.of(16, 64, 64, 16).withActivations(Activation.TANH, Activation.IDENTITY);
 * }</pre>
 *
 * @param widths of the input, the hidden layers, the output; at least two
 * @param hidden activation of all layers but the last
 * @param output activation of the last layer
 * @param normalization of hidden layers, before their activation
 * @param kernelInitializer of every kernel
 * @param biasInitializer of every bias; empty for layers without bias
 */
public record Mlp(
    List<Integer> widths,
    Activation hidden,
    Activation output,
    Normalization normalization,
    Initializer kernelInitializer,
    Optional<Initializer> biasInitializer)
    implements Layers.Sequential {

  public Mlp {
    widths = List.copyOf(widths);
    Require.argument(
        widths.size() >= 2,
        "widths %s must be at least two: that of the input and of the output",
        widths);
    widths.forEach(width -> Require.positive("width", width));
  }

  /**
   * The defaults: leaky ReLU inside, identity at the output, no normalisation, kernels from {@link
   * Initializers#uniformFanIn}, biases from zero.
   *
   * @param widths n, those of the hidden layers, n again
   */
  public static Mlp of(int... widths) {
    Mlp mlp = between(widths);
    Require.argument(
        mlp.outputShape().equals(mlp.shape()),
        "output width (%s) must equal input width (%s): an idempotent map sends a space to itself",
        widths[widths.length - 1],
        widths[0]);
    return mlp;
  }

  /**
   * As {@link #of} from one width to another, such as an encoder for {@link Idempotent#coupled}.
   *
   * @param widths of the input, the hidden layers, the output
   */
  public static Mlp between(int... widths) {
    return new Mlp(
        Arrays.stream(widths).boxed().toList(),
        Activation.LEAKY_RELU,
        Activation.IDENTITY,
        Normalization.none(),
        Initializers.uniformFanIn(),
        Optional.of(Initializers.zeros()));
  }

  /** This network with other activations, inside and at the output. */
  public Mlp withActivations(Activation inside, Activation last) {
    return new Mlp(widths, inside, last, normalization, kernelInitializer, biasInitializer);
  }

  /** This network with another normalisation. */
  public Mlp withNormalization(Normalization other) {
    return new Mlp(widths, hidden, output, other, kernelInitializer, biasInitializer);
  }

  /** This network with other initial values. */
  public Mlp withInitializers(Initializer kernels, Initializer biases) {
    return new Mlp(widths, hidden, output, normalization, kernels, Optional.of(biases));
  }

  /** This network without biases. */
  public Mlp withoutBias() {
    return new Mlp(widths, hidden, output, normalization, kernelInitializer, Optional.empty());
  }

  @Override
  public Shape shape() {
    return Shape.of(widths.get(0));
  }

  @Override
  public Shape outputShape() {
    return Shape.of(widths.get(widths.size() - 1));
  }

  /** Such as {@code mlp 16-64-64-16 leaky-relu, output tanh, no bias}. */
  @Override
  public String description() {
    String chain = widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
    return "mlp "
        + chain
        + (widths.size() > 2 ? " " + hidden.label() : "")
        + (output == Activation.IDENTITY ? "" : ", output " + output.label())
        + (biasInitializer.isPresent() ? "" : ", no bias")
        + normalization.suffix();
  }

  @Override
  public Layers layerSequence() {
    Layers layers = new Layers(kernelInitializer, biasInitializer, normalization);
    int last = widths.size() - 2;
    for (int i = 0; i <= last; i++) {
      layers.dense(widths.get(i), widths.get(i + 1), i < last ? hidden : output, i < last);
    }
    return layers;
  }
}
