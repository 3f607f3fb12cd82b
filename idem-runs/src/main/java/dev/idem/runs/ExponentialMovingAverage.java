package dev.idem.runs;

import dev.idem.api.check.Require;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The exponential moving average of a run's parameters: a := decay^every a + (1 - decay^every) w
 * after every {@code every} steps, starting from the first such w. Running statistics are the
 * latest ones. Reading the parameters costs as much as copying them; a larger {@code every} reduces
 * that cost.
 */
final class ExponentialMovingAverage implements StatefulListener {

  private static final String PARAMETER = "parameter ";
  private static final String MEAN = "mean ";
  private static final String VARIANCE = "variance ";
  private static final char SEPARATOR = '\n';

  private final double keep;
  private final long every;
  private final Map<String, double[]> average = new LinkedHashMap<>();
  private Map<String, Map<String, ChannelStatistics>> statistics = Map.of();

  /** With a decay per step in [0, 1), updated after every so many steps. */
  ExponentialMovingAverage(double decay, long every) {
    this.keep = Math.pow(decay, (double) every);
    this.every = every;
  }

  @Override
  public String name() {
    return "average";
  }

  @Override
  public void saveable(long stepsDone, Supplier<TrainingState> state) {
    if (stepsDone % every != 0) {
      return;
    }
    NetworkState network = state.get().network();
    statistics = network.statistics();
    for (String name : network.parameterNames()) {
      double[] w = network.parameter(name);
      double[] a = average.putIfAbsent(name, w);
      if (a != null) {
        for (int i = 0; i < a.length; i++) {
          a[i] = keep * a[i] + (1 - keep) * w[i];
        }
      }
    }
  }

  /** The average; empty before the first update. */
  Optional<NetworkState> average() {
    return average.isEmpty()
        ? Optional.empty()
        : Optional.of(new NetworkState(average, statistics));
  }

  @Override
  public Map<String, double[]> save() {
    Map<String, double[]> saved = new LinkedHashMap<>();
    average.forEach((name, values) -> saved.put(PARAMETER + name, values.clone()));
    statistics.forEach(
        (kind, places) ->
            places.forEach(
                (place, of) -> {
                  saved.put(MEAN + kind + SEPARATOR + place, Checkpoint.array(of.mean()));
                  saved.put(VARIANCE + kind + SEPARATOR + place, Checkpoint.array(of.variance()));
                }));
    return saved;
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    average.clear();
    statistics = new LinkedHashMap<>();
    saved.forEach(
        (name, values) -> {
          if (name.startsWith(PARAMETER)) {
            average.put(name.substring(PARAMETER.length()), values.clone());
          } else if (name.startsWith(MEAN)) {
            String place = name.substring(MEAN.length());
            int split = place.indexOf(SEPARATOR);
            double[] variance =
                Require.known(saved.get(VARIANCE + place), "value", VARIANCE, saved.keySet());
            statistics
                .computeIfAbsent(place.substring(0, split), first -> new LinkedHashMap<>())
                .put(place.substring(split + 1), Checkpoint.statistics(values, variance));
          }
        });
  }
}
