package dev.idem.models.storage;

import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays as a file: single precision, little-endian, one after the other. A network's state is its
 * parameters in the network's order, then mean and variance of each place for each kind of input.
 * Names and lengths are not in the file: the network, or the card beside the file, has them.
 */
public final class StateFile {

  private StateFile() {}

  /**
   * The number of values in the file of a state.
   *
   * @param kinds the number of kinds of input with statistics of their own
   */
  public static long count(Network network, int kinds) {
    long channels = network.statistics().stream().mapToLong(StatisticsSpec::channels).sum();
    return network.parameterCount() + 2 * channels * kinds;
  }

  /** The file of a state of {@code network}; values are narrowed. */
  public static byte[] content(Network network, NetworkState state) {
    byte[] content = content(count(network, state.kinds().size()));
    FloatBuffer values = values(content);
    for (ParameterSpec parameter : network.parameters()) {
      for (double value : state.parameter(parameter.name())) {
        values.put((float) value);
      }
    }
    for (String kind : state.kinds()) {
      for (StatisticsSpec place : network.statistics()) {
        ChannelStatistics statistics = state.statistics(kind, place.name());
        statistics.mean().forEach(value -> values.put(value.floatValue()));
        statistics.variance().forEach(value -> values.put(value.floatValue()));
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
    FloatBuffer values = values(content);
    Map<String, double[]> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      double[] parameterValues = new double[parameter.shape().size()];
      for (int i = 0; i < parameterValues.length; i++) {
        parameterValues[i] = values.get();
      }
      parameters.put(parameter.name(), parameterValues);
    }
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    for (String kind : kinds) {
      Map<String, ChannelStatistics> places = new LinkedHashMap<>();
      for (StatisticsSpec place : network.statistics()) {
        List<Double> mean = list(values, place.channels());
        places.put(place.name(), new ChannelStatistics(mean, list(values, place.channels())));
      }
      statistics.put(kind, places);
    }
    return new NetworkState(parameters, statistics);
  }

  private static List<Double> list(FloatBuffer values, int count) {
    List<Double> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add((double) values.get());
    }
    return list;
  }

  /** The file of some arrays. */
  public static byte[] content(Collection<float[]> arrays) {
    byte[] content = content(arrays.stream().mapToLong(array -> array.length).sum());
    FloatBuffer values = values(content);
    arrays.forEach(values::put);
    return content;
  }

  /**
   * The arrays in a file, by name.
   *
   * @param lengths of the arrays, in the file's order; their sum is the number of its values
   */
  public static Map<String, float[]> arrays(Map<String, Integer> lengths, byte[] content) {
    FloatBuffer values = values(content);
    Map<String, float[]> arrays = new LinkedHashMap<>();
    lengths.forEach(
        (name, length) -> {
          float[] array = new float[length];
          values.get(array);
          arrays.put(name, array);
        });
    return arrays;
  }

  private static byte[] content(long count) {
    return new byte[Math.toIntExact(Math.multiplyExact(count, Float.BYTES))];
  }

  private static FloatBuffer values(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
