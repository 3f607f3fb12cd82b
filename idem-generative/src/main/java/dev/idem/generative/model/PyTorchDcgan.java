package dev.idem.generative.model;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Normalization;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.models.storage.SafeTensors;
import dev.idem.models.storage.SafeTensors.Tensor;
import dev.idem.models.storage.StateTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * DCGANs of a re-implementation of Idempotent Generative Network in PyTorch, <a
 * href="https://github.com/abdelahmed0/KTH-DD2412-Idempotent-GenNets">KTH-DD2412-Idempotent-GenNets</a>,
 * {@code model/dcgan.py}: their state dicts as states of {@link ConvAutoencoder}, and back.
 *
 * <p>Encoder and decoder are an {@code nn.Sequential} each, {@code encoder.model} and {@code
 * decoder.model}, in which activations and normalisations have numbers too. PyTorch's kernels are
 * [out, in, h, w], of transposed convolutions [in, out, h, w]; idem's are [h, w, in, out] and [h,
 * w, out, in]. Both transpose the same convolution, so no kernel is reflected. The slope of leaky
 * ReLU, 0.2, and what batch normalisation adds to variances, 1e-5, are the same in both. PyTorch
 * keeps one set of running statistics, idem one for each kind of input.
 */
public enum PyTorchDcgan {
  /** {@code DCGAN}: {@link ConvAutoencoder#dcgan64} with batch normalisation. */
  DCGAN64("dcgan64"),

  /** {@code DCGAN_MNIST_2}: {@link ConvAutoencoder#dcgan28} with batch normalisation. */
  DCGAN28("dcgan28");

  /** What wrappers of modules put before every name. */
  private static final List<String> PREFIXES = List.of("module.", "model.", "_orig_mod.");

  /** A counter that PyTorch keeps and nothing needs. */
  private static final String COUNTER = ".num_batches_tracked";

  private static final String EVERY_KIND = "statistics.*.";
  private static final String MEAN = ".mean";
  private static final String VARIANCE = ".variance";

  private final String label;

  PyTorchDcgan(String label) {
    this.label = label;
  }

  /**
   * A network's state from a state dict.
   *
   * @param rows what became of each tensor
   */
  public record Imported(NetworkState state, List<Row> rows) {}

  /**
   * One tensor of idem's.
   *
   * @param name idem's, {@code statistics.*} for the running statistics of every kind of input
   * @param shape idem's
   * @param source the name in the file; empty if the file has no such tensor
   * @param sourceShape in the file; empty likewise
   * @param how {@code transposed}, {@code copied} or {@code zero}
   */
  public record Row(String name, String shape, String source, String sourceShape, String how) {}

  /** The name on a command line. */
  public String label() {
    return label;
  }

  /** The labels, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(PyTorchDcgan::label).toList();
  }

  /** The network of that label, if there is one. */
  public static Optional<PyTorchDcgan> labelled(String label) {
    return Arrays.stream(values()).filter(dcgan -> dcgan.label.equals(label)).findFirst();
  }

  /** The one that computes the same function as {@code network} with the same parameters. */
  public static Optional<PyTorchDcgan> of(Network network) {
    return Arrays.stream(values())
        .filter(dcgan -> network instanceof ConvAutoencoder conv && dcgan.computesThatOf(conv))
        .findFirst();
  }

  private boolean computesThatOf(ConvAutoencoder other) {
    ConvAutoencoder own = network();
    return other.withInitializers(own.kernelInitializer(), own.biasInitializer()).equals(own);
  }

  /** The network in idem. */
  public ConvAutoencoder network() {
    return switch (this) {
      case DCGAN64 -> ConvAutoencoder.dcgan64(Normalization.batch());
      case DCGAN28 -> ConvAutoencoder.dcgan28(Normalization.batch());
    };
  }

  /**
   * The state in a state dict. Biases of convolutions that it lacks are zero; its running
   * statistics serve every kind of input. A prefix that wrappers give to all names is removed.
   *
   * @throws MalformedFileException if names, shapes or values are not those of this network
   */
  public Imported imported(SafeTensors file) throws MalformedFileException {
    Map<String, String> sources = sources(file);
    List<Row> rows = new ArrayList<>();
    Map<String, double[]> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : network().parameters()) {
      String name = parameter.name();
      Shape shape = parameter.shape();
      String source = sources.get(name);
      float[] values = new float[shape.size()];
      if (source == null) {
        rows.add(new Row(name, shape.toString(), "", "", "zero"));
      } else {
        float[] found = file.values(source, theirShape(name, shape));
        int[] places = theirPlaces(name, shape);
        for (int i = 0; i < values.length; i++) {
          values[i] = found[places[i]];
        }
        rows.add(row(name, shape, source, file));
      }
      parameters.put(name, StateTensors.widened(values));
    }
    Map<String, ChannelStatistics> places = new LinkedHashMap<>();
    for (StatisticsSpec place : network().statistics()) {
      String mean = named(sources, place.name() + MEAN);
      String variance = named(sources, place.name() + VARIANCE);
      int channels = place.channels();
      places.put(place.name(), StateTensors.statistics(mean, variance, channels, file));
      rows.add(row(EVERY_KIND + place.name() + MEAN, Shape.of(channels), mean, file));
      rows.add(row(EVERY_KIND + place.name() + VARIANCE, Shape.of(channels), variance, file));
    }
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    GeneratorModel.KINDS.forEach(kind -> statistics.put(kind, places));
    return new Imported(new NetworkState(parameters, statistics), rows);
  }

  private static Row row(String name, Shape shape, String source, SafeTensors file) {
    String how = isKernel(name) ? "transposed" : "copied";
    return new Row(name, shape.toString(), source, file.shape(source).toString(), how);
  }

  /**
   * A state dict as the content of a safetensors file. Biases are in it unless all are zero, as in
   * the re-implementation's networks with {@code use_bias=False}.
   *
   * @param kind of input, whose running statistics the state dict gets
   */
  public byte[] content(NetworkState state, String kind) {
    Map<String, String> names = names();
    boolean biased =
        state.parameterNames().stream()
            .filter(PyTorchDcgan::isBias)
            .flatMapToDouble(name -> Arrays.stream(state.parameter(name)))
            .anyMatch(value -> Double.doubleToRawLongBits(value) != 0);
    List<Tensor> tensors = new ArrayList<>();
    for (ParameterSpec parameter : network().parameters()) {
      String name = parameter.name();
      Shape shape = parameter.shape();
      if (biased || !isBias(name)) {
        double[] values = state.parameter(name);
        float[] theirs = new float[values.length];
        int[] places = theirPlaces(name, shape);
        for (int i = 0; i < values.length; i++) {
          theirs[places[i]] = (float) values[i];
        }
        tensors.add(new Tensor(named(names, name), theirShape(name, shape), theirs));
      }
    }
    for (StatisticsSpec place : network().statistics()) {
      ChannelStatistics statistics = state.statistics(kind, place.name());
      float[] mean = StateTensors.narrowed(statistics.means());
      float[] variance = StateTensors.narrowed(statistics.variances());
      tensors.add(Tensor.of(named(names, place.name() + MEAN), mean));
      tensors.add(Tensor.of(named(names, place.name() + VARIANCE), variance));
    }
    return SafeTensors.content(Map.of("format", "pt"), tensors);
  }

  private static boolean isKernel(String name) {
    return name.endsWith(".kernel");
  }

  private static boolean isBias(String name) {
    return name.endsWith(".bias");
  }

  /** PyTorch's shape of a parameter: [h, w, p, q] is [q, p, h, w] there. */
  private static Shape theirShape(String name, Shape shape) {
    return isKernel(name)
        ? Shape.of(shape.dimension(3), shape.dimension(2), shape.dimension(0), shape.dimension(1))
        : shape;
  }

  /** The index in PyTorch's order of each value of a parameter. */
  private static int[] theirPlaces(String name, Shape shape) {
    int[] places = new int[shape.size()];
    int area = isKernel(name) ? shape.dimension(0) * shape.dimension(1) : 1;
    int p = isKernel(name) ? shape.dimension(2) : 1;
    int q = shape.last();
    for (int i = 0; i < places.length; i++) {
      places[i] = (i % q * p + i / q % p) * area + i / q / p;
    }
    return places;
  }

  /** PyTorch's names of parameters and of the mean and the variance of each place, by idem's. */
  private Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    int last = network().layers().size() - 1;
    int number = 0;
    for (int i = 0; i <= last; i++) {
      boolean normalized = i > 0 && i < last;
      addLayer("conv." + i, "encoder.model.", number, normalized, names);
      number += normalized ? 3 : 2;
    }
    for (int i = 0; i <= last; i++) {
      addLayer("deconv." + i, "decoder.model.", 3 * i, i < last, names);
    }
    return names;
  }

  private static void addLayer(
      String ours, String half, int number, boolean normalized, Map<String, String> names) {
    names.put(ours + ".kernel", half + number + ".weight");
    names.put(ours + ".bias", half + number + ".bias");
    if (normalized) {
      String place = ours + ".normalization";
      String theirs = half + (number + 1);
      names.put(place + ".scale", theirs + ".weight");
      names.put(place + ".shift", theirs + ".bias");
      names.put(place + MEAN, theirs + ".running_mean");
      names.put(place + VARIANCE, theirs + ".running_var");
    }
  }

  private static String named(Map<String, String> names, String name) {
    return Require.known(names.get(name), "tensor", name, names.keySet());
  }

  /** The file's names by idem's, without biases that it lacks. */
  private Map<String, String> sources(SafeTensors file) throws MalformedFileException {
    Map<String, String> found = withoutPrefix(file.names());
    List<String> mismatches = mismatches(found.keySet());
    if (!mismatches.isEmpty()) {
      Optional<PyTorchDcgan> other =
          Arrays.stream(values()).filter(d -> d.mismatches(found.keySet()).isEmpty()).findFirst();
      throw new MalformedFileException(
          other
              .map(
                  dcgan ->
                      "%s: tensors are not those of %s but of %s; import it as that"
                          .formatted(file.place(), label, dcgan.label))
              .orElseGet(
                  () ->
                      "%s: tensors are not those of %s; rename them, or import weights of this network:\n  %s"
                          .formatted(file.place(), label, String.join("\n  ", mismatches))));
    }
    Map<String, String> sources = new LinkedHashMap<>();
    names()
        .forEach(
            (ours, theirs) -> {
              String source = found.get(theirs);
              if (source != null) {
                sources.put(ours, source);
              }
            });
    return sources;
  }

  private List<String> mismatches(Set<String> found) {
    Set<String> required = new LinkedHashSet<>();
    Set<String> optional = new LinkedHashSet<>();
    names().forEach((ours, theirs) -> (isBias(ours) ? optional : required).add(theirs));
    return SafeTensors.mismatches(found, required, optional);
  }

  /** The names without counters and without what precedes all of them, with those of the file. */
  private static Map<String, String> withoutPrefix(Set<String> names) {
    String prefix = prefix("", names);
    Map<String, String> without = new LinkedHashMap<>();
    for (String name : names) {
      if (!name.endsWith(COUNTER)) {
        without.put(name.substring(prefix.length()), name);
      }
    }
    return without;
  }

  private static String prefix(String known, Set<String> names) {
    return PREFIXES.stream()
        .map(known::concat)
        .filter(longer -> !names.isEmpty() && names.stream().allMatch(n -> n.startsWith(longer)))
        .findFirst()
        .map(longer -> prefix(longer, names))
        .orElse(known);
  }
}
