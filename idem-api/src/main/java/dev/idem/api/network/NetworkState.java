package dev.idem.api.network;

import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The trained values of a network: enough to apply it elsewhere. Immutable.
 *
 * <p>A kind of input is the name of an input of the objective, or {@link
 * BatchNormalization#OUTPUTS}. Statistics of a kind that training never saw are those of the first
 * kind it saw.
 */
public final class NetworkState {

  private final Map<String, double[]> parameters = new LinkedHashMap<>();
  private final Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();

  /**
   * The state with these values.
   *
   * @param parameters by name, row-major; copied
   * @param statistics by kind of input, then by {@link StatisticsSpec#name}; empty for a network
   *     without
   */
  public NetworkState(
      Map<String, double[]> parameters, Map<String, Map<String, ChannelStatistics>> statistics) {
    parameters.forEach((name, values) -> this.parameters.put(name, values.clone()));
    statistics.forEach(
        (kind, byName) ->
            this.statistics.put(kind, Collections.unmodifiableMap(new LinkedHashMap<>(byName))));
  }

  /** The names of the parameters, in order. */
  public Set<String> parameterNames() {
    return Collections.unmodifiableSet(parameters.keySet());
  }

  /**
   * A parameter's values, row-major; a fresh array.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double[] parameter(String name) {
    return Require.known(parameters.get(name), "parameter", name, parameters.keySet()).clone();
  }

  /** Running statistics by kind of input, then by name. */
  public Map<String, Map<String, ChannelStatistics>> statistics() {
    return Collections.unmodifiableMap(statistics);
  }

  /** The kinds of input that have statistics of their own, in order. */
  public List<String> kinds() {
    return List.copyOf(statistics.keySet());
  }

  /**
   * Running statistics for a kind of input; those of the first kind, if this one has none.
   *
   * @throws IllegalArgumentException if there are none of that name, or none at all
   */
  public ChannelStatistics statistics(String kind, String name) {
    Require.argument(!statistics.isEmpty(), "no statistics for '%s'", name);
    Map<String, ChannelStatistics> byName = statistics.get(kind);
    if (byName == null) {
      byName = statistics.values().iterator().next();
    }
    return Require.known(byName.get(name), "statistics", name, byName.keySet());
  }

  /**
   * Checks that this is a state of {@code network}: every parameter there with its size and finite,
   * every place with statistics of its channels, and nothing else.
   *
   * @throws IllegalArgumentException naming the first violation
   */
  public void requireFits(Network network) {
    List<String> expected = new ArrayList<>();
    for (ParameterSpec parameter : network.parameters()) {
      expected.add(parameter.name());
      double[] values = parameter(parameter.name());
      Require.argument(
          values.length == parameter.shape().size(),
          "parameter %s has %s values; shape %s holds %s",
          parameter.name(),
          values.length,
          parameter.shape(),
          parameter.shape().size());
      Require.argument(
          Arrays.stream(values).allMatch(Double::isFinite),
          "parameter %s holds a value that is not finite",
          parameter.name());
    }
    for (String name : parameters.keySet()) {
      Require.argument(
          expected.contains(name),
          "parameter %s is none of the network (%s)",
          name,
          network.description());
    }
    Require.argument(
        network.statistics().isEmpty() == statistics.isEmpty(),
        "network (%s) keeps %s running statistics, the state has %s kinds of them",
        network.description(),
        network.statistics().size(),
        statistics.size());
    statistics.forEach((kind, found) -> requireStatistics(network, kind, found.keySet()));
  }

  private void requireStatistics(Network network, String kind, Set<String> found) {
    for (StatisticsSpec spec : network.statistics()) {
      int channels = statistics(kind, spec.name()).mean().size();
      Require.argument(
          channels == spec.channels(),
          "statistics %s of inputs '%s' have %s channels, not %s",
          spec.name(),
          kind,
          channels,
          spec.channels());
    }
    List<String> known = network.statistics().stream().map(StatisticsSpec::name).toList();
    for (String name : found) {
      Require.argument(
          known.contains(name),
          "statistics %s of inputs '%s' are none of the network (%s)",
          name,
          kind,
          network.description());
    }
  }

  /**
   * The running mean and variance of each channel.
   *
   * @param mean of each channel, finite
   * @param variance of each channel, finite and not negative; as many
   */
  public record ChannelStatistics(List<Double> mean, List<Double> variance) {

    public ChannelStatistics {
      mean = List.copyOf(mean);
      variance = List.copyOf(variance);
      Require.argument(
          mean.size() == variance.size(),
          "%s means and %s variances",
          mean.size(),
          variance.size());
      mean.forEach(
          value -> Require.argument(Double.isFinite(value), "mean (%s) must be finite", value));
      variance.forEach(value -> Require.notNegative("variance", value));
    }

    /** What running statistics start from: mean 0, variance 1. */
    public static ChannelStatistics initial(int channels) {
      return new ChannelStatistics(
          Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
    }

    /** The statistics with these numbers, one a channel. */
    public static ChannelStatistics of(double[] mean, double[] variance) {
      return new ChannelStatistics(
          Arrays.stream(mean).boxed().toList(), Arrays.stream(variance).boxed().toList());
    }

    /** The means as a fresh array. */
    public double[] means() {
      return mean.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The variances as a fresh array. */
    public double[] variances() {
      return variance.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
