package dev.idem.api.network;

import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The starting values of a network's parameters: the same on every engine for the same seed. */
public final class InitialParameters {

  private InitialParameters() {}

  /**
   * Each parameter's values, by name, in the network's order. A parameter's draw depends on the
   * seed and on its name, not on its place.
   *
   * @throws IllegalArgumentException if an initialiser gives a wrong number of values or one that
   *     is not finite
   */
  public static Map<String, double[]> of(Network network, long seed) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      values.put(parameter.name(), draw(parameter, seed));
    }
    return values;
  }

  private static double[] draw(ParameterSpec parameter, long seed) {
    String stream = "parameter " + parameter.name();
    double[] drawn =
        parameter.initializer().values(parameter, RandomStreams.stream(seed, stream, 0));
    Require.argument(
        drawn.length == parameter.shape().size(),
        "initializer of %s %s gave %s values instead of %s",
        parameter.name(),
        parameter.shape(),
        drawn.length,
        parameter.shape().size());
    Require.argument(
        Arrays.stream(drawn).allMatch(Double::isFinite),
        "initializer of %s %s gave a value that is not finite",
        parameter.name(),
        parameter.shape());
    return drawn;
  }
}
