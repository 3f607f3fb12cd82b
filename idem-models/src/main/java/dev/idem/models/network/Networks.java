package dev.idem.models.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.models.initializer.Initializers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The ready-made networks by name.
 *
 * <p>Each starts as PyTorch starts it, kernels and biases uniform within 1/sqrt(fan-in). With
 * {@link #ZERO_BIAS} after its name its biases start from zero; with {@link #UNIT_GAIN}, it starts
 * so that outputs keep the inputs' power: He's normal draw, or N(0, 1/n) for a linear map, and
 * biases of zero.
 *
 * <p>{@code exact-mlp}, {@code exact-mlp-turned} and {@code linearizer-mlp}, with about as many
 * parameters as {@code mlp}, {@code exact-cnn}, with those of {@code cnn}, and {@code
 * projection-16}, with 128, are idempotent by construction, {@link Idempotent}; the last layers of
 * their parts start from zero, as projections.
 */
public final class Networks {

  /** The suffix of networks with PyTorch's kernels and zero biases. */
  public static final String ZERO_BIAS = "-zero-bias";

  /** The suffix of networks that start with unit gain. */
  public static final String UNIT_GAIN = "-unit-gain";

  private static final Map<String, Network> ALL = build();

  private Networks() {}

  /** Every network by name, in the order of listings. */
  public static Map<String, Network> all() {
    return ALL;
  }

  /**
   * The network of that name.
   *
   * @throws IllegalArgumentException with the known names, if there is none
   */
  public static Network named(String name) {
    return Require.known(ALL.get(name), "network", name, ALL.keySet());
  }

  /**
   * f(x) = x + g(x), with the parameters of g under their own names. Where g is small f is near the
   * identity, an idempotent map.
   *
   * @param inner g
   */
  public static Network residual(Network inner) {
    return new Residual(inner);
  }

  /**
   * g(x) + x W, with a trained W [n, m] for the n numbers that g takes and the m that it gives,
   * drawn by {@link Initializers#uniformFanIn}: a linear skip around g.
   *
   * @param inner g, whose parameters get names that begin with {@code inner.}
   */
  public static Network skipped(Network inner) {
    return new Skipped(inner);
  }

  /**
   * g with the parameters of its last layer from zero, so that g(x) = 0 at the start unless its
   * output activation says otherwise.
   *
   * @param inner g
   * @throws IllegalArgumentException if that layer is a reflection, which cannot be zero
   */
  public static Network fromZero(Network inner) {
    return new FromZero(inner);
  }

  /**
   * A'A x + g(x): what lies along a split bypasses g, which is then left with the rest.
   *
   * @param split A, of samples as large as those of g
   * @param inner g, with the parameters of its own names
   */
  public static Network bypassed(Split split, Network inner) {
    return new Bypassed(split, inner);
  }

  /** A network around another, with its shapes, parameters and statistics. */
  private interface Around extends Network {

    Network inner();

    @Override
    default Shape shape() {
      return inner().shape();
    }

    @Override
    default Shape outputShape() {
      return inner().outputShape();
    }

    @Override
    default List<ParameterSpec> parameters() {
      return inner().parameters();
    }

    @Override
    default List<StatisticsSpec> statistics() {
      return inner().statistics();
    }
  }

  private record Bypassed(Split split, Network inner) implements Around {

    Bypassed {
      Require.argument(
          inner.shape().sameRows(split.shape()) && inner.outputShape().equals(inner.shape()),
          "network (%s) maps samples of shape %s to %s; the split is of %s",
          inner.description(),
          inner.shape(),
          inner.outputShape(),
          split.shape());
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T along = split.along(ops.reshape(x, Shape.of(shape().size())), ops);
      return ops.add(ops.reshape(split.back(along, ops), shape()), inner.apply(x, pass));
    }

    /** Such as {@code mlp 784-128-16-128-784 leaky-relu, 16 cosines bypass it}. */
    @Override
    public String description() {
      return inner.description() + ", " + split + " bypass it";
    }
  }

  private record Skipped(Network inner) implements Around {

    private static final String KERNEL = "skip.kernel";
    private static final String INNER = "inner.";

    @Override
    public List<ParameterSpec> parameters() {
      int in = shape().size();
      int out = outputShape().size();
      List<ParameterSpec> parameters = new ArrayList<>();
      parameters.add(
          new ParameterSpec(KERNEL, Shape.of(in, out), in, out, Initializers.uniformFanIn()));
      parameters.addAll(Part.parameters(INNER, inner));
      return parameters;
    }

    @Override
    public List<StatisticsSpec> statistics() {
      return Part.statistics(INNER, inner);
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T straight = ops.matMul(ops.reshape(x, Shape.of(shape().size())), pass.parameter(KERNEL));
      return ops.add(Part.apply(INNER, inner, x, pass), ops.reshape(straight, outputShape()));
    }

    /** Such as {@code mlp 8-48-8 leaky-relu, linear skip}. */
    @Override
    public String description() {
      return inner.description() + ", linear skip";
    }
  }

  private record FromZero(Network inner) implements Around {

    FromZero {
      List<ParameterSpec> parameters = inner.parameters();
      Require.argument(
          parameters.isEmpty()
              || !Idempotent.isReflection(parameters.get(parameters.size() - 1).name()),
          "network (%s) ends in a reflection, which cannot start from zero",
          inner.description());
    }

    @Override
    public List<ParameterSpec> parameters() {
      List<ParameterSpec> parameters = inner.parameters();
      if (parameters.isEmpty()) {
        return parameters;
      }
      String layer = layer(parameters.get(parameters.size() - 1));
      return parameters.stream()
          .map(spec -> layer(spec).equals(layer) ? zero(spec) : spec)
          .toList();
    }

    /** {@code dense.2} of {@code dense.2.kernel}. */
    private static String layer(ParameterSpec spec) {
      return spec.name().substring(0, spec.name().lastIndexOf('.') + 1);
    }

    private static ParameterSpec zero(ParameterSpec spec) {
      return new ParameterSpec(
          spec.name(), spec.shape(), spec.fanIn(), spec.fanOut(), Initializers.zeros());
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return inner.apply(x, pass);
    }

    /** Such as {@code mlp 8-48-8 leaky-relu, last layer from zero}. */
    @Override
    public String description() {
      return inner.description() + ", last layer from zero";
    }
  }

  private record Residual(Network inner) implements Around {

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().add(x, inner.apply(x, pass));
    }

    /** Such as {@code residual (mlp 16-64-16 tanh)}. */
    @Override
    public String description() {
      return "residual (" + inner.description() + ")";
    }
  }

  private static Map<String, Network> build() {
    Map<String, Network> networks = new LinkedHashMap<>();
    for (int width : new int[] {16, 64}) {
      String name = "linear-" + width;
      networks.put(name, new LinearMap(width));
      networks.put(name + UNIT_GAIN, new LinearMap(width, Initializers.lecunNormal()));
    }
    addStarts(networks, "mlp", Mlp.of(16, 64, 64, 16)::withInitializers);
    Network half = fromZero(Mlp.between(8, 48, 48, 8));
    Network exact = Idempotent.coupled(half, half);
    networks.put("exact-mlp", exact);
    networks.put("exact-mlp-turned", Idempotent.turned(exact, 8));
    Network coupling = fromZero(Mlp.between(8, 31, 32, 8));
    networks.put("linearizer-mlp", Idempotent.linearizer(16, 8, Collections.nCopies(4, coupling)));
    networks.put("projection-16", Idempotent.projection(16, 8));
    addStarts(networks, "deep-mlp", Mlp.of(16, 64, 64, 64, 64, 64, 64, 16)::withInitializers);
    ConvAutoencoder cnn = ConvAutoencoder.compact(Shape.of(28, 28, 1), 16, 24);
    addStarts(networks, "cnn", cnn::withInitializers);
    networks.put(
        "exact-cnn",
        Idempotent.coupled(
            Split.cosines(cnn.shape(), 24),
            fromZero(cnn.encoderHalf()),
            fromZero(cnn.decoderHalf())));
    return Collections.unmodifiableMap(networks);
  }

  private static void addStarts(
      Map<String, Network> networks,
      String name,
      BiFunction<Initializer, Initializer, Network> withInitializers) {
    Initializer fanIn = Initializers.uniformFanIn();
    Initializer zeros = Initializers.zeros();
    networks.put(name, withInitializers.apply(fanIn, fanIn));
    networks.put(name + ZERO_BIAS, withInitializers.apply(fanIn, zeros));
    networks.put(name + UNIT_GAIN, withInitializers.apply(Initializers.heNormal(), zeros));
  }
}
