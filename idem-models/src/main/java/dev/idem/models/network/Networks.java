package dev.idem.models.network;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import dev.idem.models.initializer.Initializers;
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
 * <p>{@code exact-mlp} and {@code exact-mlp-turned} are idempotent by construction, {@link
 * Idempotent}, with about as many parameters as {@code mlp}.
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

  private record Residual(Network inner) implements Network {

    @Override
    public Shape shape() {
      return inner.shape();
    }

    @Override
    public List<ParameterSpec> parameters() {
      return inner.parameters();
    }

    @Override
    public List<StatisticsSpec> statistics() {
      return inner.statistics();
    }

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
    Network exact = Idempotent.coupled(Mlp.between(8, 48, 48, 8), Mlp.between(8, 48, 48, 8));
    networks.put("exact-mlp", exact);
    networks.put("exact-mlp-turned", Idempotent.turned(exact, 8));
    addStarts(networks, "deep-mlp", Mlp.of(16, 64, 64, 64, 64, 64, 64, 16)::withInitializers);
    ConvAutoencoder cnn = ConvAutoencoder.compact(Shape.of(28, 28, 1), 16, 24);
    addStarts(networks, "cnn", cnn::withInitializers);
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
