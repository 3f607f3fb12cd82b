package dev.idem.models.storage;

import dev.idem.api.check.Require;
import dev.idem.api.network.ChannelStatistics;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's state as a {@link FloatFile}: the parameters in the network's order, then mean and
 * variance of each place for each kind of input. Names are not in it: the network has them.
 */
public final class StateFile {

  private StateFile() {}

  /**
   * The number of values in the file.
   *
   * @param kinds the number of kinds of input with statistics of their own
   */
  public static long count(Network network, int kinds) {
    long channels = network.statistics().stream().mapToLong(StatisticsSpec::channels).sum();
    return network.parameterCount() + 2 * channels * kinds;
  }

  /** The file of a state of {@code network}. */
  public static byte[] content(Network network, NetworkState state) {
    byte[] content = FloatFile.content(count(network, state.kinds().size()));
    ByteBuffer bytes = FloatFile.over(content);
    for (ParameterSpec parameter : network.parameters()) {
      FloatFile.put(bytes, state.parameter(parameter.name()));
    }
    for (String kind : state.kinds()) {
      for (StatisticsSpec place : network.statistics()) {
        ChannelStatistics statistics = state.statistics(kind, place.name());
        statistics.mean().forEach(value -> bytes.putFloat(value.floatValue()));
        statistics.variance().forEach(value -> bytes.putFloat(value.floatValue()));
      }
    }
    return content;
  }

  /**
   * The state in a file.
   *
   * @param kinds of input with statistics of their own, in order
   * @throws IllegalArgumentException if the file has another length than such a state's
   */
  public static NetworkState state(Network network, List<String> kinds, byte[] content) {
    long count = count(network, kinds.size());
    Require.argument(
        content.length == count * Float.BYTES,
        "%s bytes are not a state of %s, which has %s values of 4 bytes",
        content.length,
        network.description(),
        count);
    ByteBuffer bytes = FloatFile.over(content);
    Map<String, double[]> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      parameters.put(parameter.name(), FloatFile.doubles(bytes, parameter.shape().size()));
    }
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    for (String kind : kinds) {
      Map<String, ChannelStatistics> places = new LinkedHashMap<>();
      for (StatisticsSpec place : network.statistics()) {
        List<Double> mean = list(FloatFile.doubles(bytes, place.channels()));
        List<Double> variance = list(FloatFile.doubles(bytes, place.channels()));
        places.put(place.name(), new ChannelStatistics(mean, variance));
      }
      statistics.put(kind, places);
    }
    return new NetworkState(parameters, statistics);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
