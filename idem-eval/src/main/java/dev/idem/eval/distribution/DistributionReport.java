package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.distribution.DistributionMetric.Goal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of a {@link DistributionEvaluation}.
 *
 * @param notes on the samples as a whole; empty if there is nothing to say
 */
public record DistributionReport(
    String space,
    int width,
    int real,
    int generated,
    List<MetricResult> results,
    List<String> notes) {

  /**
   * A metric with its interval, floor and bias. A number that would be meaningless is absent, and a
   * note says why.
   *
   * @param value on {@code real} and {@code generated} samples
   * @param interval 95 %, about the metric's expectation at these numbers of samples: the bias
   *     stays
   * @param floor the mean of the metric over divisions of the real samples into two disjoint
   *     halves, one in the place of the generated samples: what a perfect generator has, at half
   *     the number of samples
   * @param valueAtFloorSize the mean of the metric over halves of the real and halves of the
   *     generated samples: what the floor compares with where the bias falls with the number of
   *     samples
   * @param notes what makes a number absent or unreliable; empty if nothing does
   */
  public record MetricResult(
      String name,
      Goal goal,
      OptionalDouble value,
      Optional<Interval> interval,
      OptionalDouble floor,
      OptionalDouble valueAtFloorSize,
      int real,
      int generated,
      String bias,
      List<String> notes) {

    public MetricResult {
      notes = List.copyOf(notes);
    }

    /** Whether there is a value and nothing to say against it. */
    public boolean reliable() {
      return value.isPresent() && notes.isEmpty();
    }
  }

  public DistributionReport {
    results = List.copyOf(results);
    notes = List.copyOf(notes);
  }

  /**
   * The result of the metric of that name.
   *
   * @throws IllegalArgumentException if there is none, with the names that there are
   */
  public MetricResult result(String name) {
    return Require.known(
        results.stream().filter(r -> r.name().equals(name)).findFirst().orElse(null),
        "metric",
        name,
        results.stream().map(MetricResult::name).toList());
  }
}
