package dev.idem.models.storage;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.models.storage.SafeTensors.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network's state as {@link SafeTensors}: the parameters under their names, in the network's
 * order; then for each kind of input and each place that keeps statistics {@code
 * statistics.KIND.PLACE.mean} and {@code statistics.KIND.PLACE.variance}. The metadata {@code
 * network} describes the network.
 */
public final class StateTensors {

  private static final String STATISTICS = "statistics.";
  private static final String MEAN = ".mean";
  private static final String VARIANCE = ".variance";

  private StateTensors() {}

  /** The content of the file of a state of {@code network}; values are rounded to float32. */
  public static byte[] content(Network network, NetworkState state) {
    List<Tensor> tensors = new ArrayList<>();
    for (ParameterSpec parameter : network.parameters()) {
      double[] values = state.parameter(parameter.name());
      tensors.add(new Tensor(parameter.name(), parameter.shape(), narrowed(values)));
    }
    for (String kind : state.kinds()) {
      for (StatisticsSpec place : network.statistics()) {
        ChannelStatistics statistics = state.statistics(kind, place.name());
        String name = STATISTICS + kind + "." + place.name();
        tensors.add(Tensor.of(name + MEAN, narrowed(statistics.means())));
        tensors.add(Tensor.of(name + VARIANCE, narrowed(statistics.variances())));
      }
    }
    return SafeTensors.content(Map.of("network", network.description()), tensors);
  }

  /**
   * The state in a file.
   *
   * @throws MalformedFileException if names, shapes or values are not those of a state of {@code
   *     network}
   */
  public static NetworkState state(Network network, SafeTensors file)
      throws MalformedFileException {
    Set<String> kinds = kinds(network, file);
    requireNames(network, kinds, file);
    Map<String, double[]> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      String name = parameter.name();
      parameters.put(name, widened(file.values(name, parameter.shape())));
    }
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    for (String kind : kinds) {
      Map<String, ChannelStatistics> places = new LinkedHashMap<>();
      for (StatisticsSpec place : network.statistics()) {
        String name = STATISTICS + kind + "." + place.name();
        places.put(place.name(), statistics(name + MEAN, name + VARIANCE, place.channels(), file));
      }
      statistics.put(kind, places);
    }
    return new NetworkState(parameters, statistics);
  }

  /**
   * The running statistics in two tensors of a file.
   *
   * @throws MalformedFileException if one has another shape, or a variance is negative
   */
  public static ChannelStatistics statistics(
      String mean, String variance, int channels, SafeTensors file) throws MalformedFileException {
    Shape shape = Shape.of(channels);
    double[] variances = widened(file.values(variance, shape));
    for (int i = 0; i < channels; i++) {
      if (variances[i] < 0) {
        throw new MalformedFileException(
            "%s: tensor '%s' holds %s at index %s; a variance must not be negative: these are other weights, or damaged ones"
                .formatted(file.place(), variance, variances[i], i));
      }
    }
    return ChannelStatistics.of(widened(file.values(mean, shape)), variances);
  }

  /** The kinds of input that the file has statistics for, in its order. */
  private static Set<String> kinds(Network network, SafeTensors file) {
    Set<String> kinds = new LinkedHashSet<>();
    for (String name : file.names()) {
      if (name.startsWith(STATISTICS) && name.endsWith(MEAN)) {
        String named = name.substring(STATISTICS.length(), name.length() - MEAN.length());
        Optional<String> place =
            network.statistics().stream()
                .map(spec -> "." + spec.name())
                .filter(named::endsWith)
                .max(Comparator.comparingInt(String::length));
        place.ifPresent(suffix -> kinds.add(named.substring(0, named.length() - suffix.length())));
      }
    }
    return kinds;
  }

  private static void requireNames(Network network, Set<String> kinds, SafeTensors file)
      throws MalformedFileException {
    Set<String> required = new LinkedHashSet<>();
    network.parameters().forEach(parameter -> required.add(parameter.name()));
    for (String kind : kinds) {
      for (StatisticsSpec place : network.statistics()) {
        required.add(STATISTICS + kind + "." + place.name() + MEAN);
        required.add(STATISTICS + kind + "." + place.name() + VARIANCE);
      }
    }
    List<String> mismatches = SafeTensors.mismatches(file.names(), required, Set.of());
    if (!mismatches.isEmpty()) {
      throw new MalformedFileException(
          "%s: tensors are not those of %s: %s"
              .formatted(file.place(), network.description(), String.join(", ", mismatches)));
    }
  }

  /** The values as float32. */
  public static float[] narrowed(double[] values) {
    float[] narrowed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrowed[i] = (float) values[i];
    }
    return narrowed;
  }

  /** The values as float64. */
  public static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }
}
