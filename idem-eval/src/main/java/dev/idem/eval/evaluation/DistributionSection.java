package dev.idem.eval.evaluation;

import dev.idem.eval.Progress;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.distribution.DistributionEvaluation;
import dev.idem.eval.distribution.DistributionEvaluation.DistributionReport;
import dev.idem.eval.distribution.DistributionEvaluation.DistributionReport.MetricResult;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.distribution.DistributionMetric.Goal;
import dev.idem.eval.distribution.FrechetDistance;
import dev.idem.eval.distribution.KernelDistance;
import dev.idem.eval.distribution.NeighbourMetric;
import dev.idem.eval.distribution.NeighbourMetric.Kind;
import dev.idem.eval.distribution.TwoSampleTest;
import dev.idem.eval.distribution.TwoSampleTest.Classifier;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Entries of {@link DistributionEvaluation}. */
final class DistributionSection {

  private static final int NEIGHBOURS = 5;

  private final EvaluationPlan plan;
  private final DistributionEvaluation evaluation;

  DistributionSection(EvaluationPlan plan) {
    this.plan = plan;
    this.evaluation = evaluation(plan);
  }

  private static DistributionEvaluation evaluation(EvaluationPlan plan) {
    DistributionEvaluation.Builder builder =
        DistributionEvaluation.in(plan.space()).onlyAdded().seed(plan.seed());
    plan.measures().stream()
        .sorted()
        .flatMap(measure -> metric(measure, plan.seed()).stream())
        .forEach(builder::metric);
    plan.added().forEach(builder::metric);
    if (plan.measures().contains(Measure.MEMORISATION)) {
      plan.training().ifPresent(builder::training);
    }
    if (plan.measures().contains(Measure.CLASSES)) {
      plan.classifier().ifPresent(builder::classifier);
    }
    return builder.build();
  }

  /** The metric of features that a measure is; empty if it is none. */
  private static Optional<DistributionMetric> metric(Measure measure, long seed) {
    return Optional.ofNullable(
        switch (measure) {
          case FRECHET -> new FrechetDistance();
          case KERNEL -> new KernelDistance();
          case PRECISION -> new NeighbourMetric(Kind.PRECISION, NEIGHBOURS);
          case RECALL -> new NeighbourMetric(Kind.RECALL, NEIGHBOURS);
          case DENSITY -> new NeighbourMetric(Kind.DENSITY, NEIGHBOURS);
          case COVERAGE -> new NeighbourMetric(Kind.COVERAGE, NEIGHBOURS);
          case LOGISTIC_ACCURACY -> TwoSampleTest.of(Classifier.LOGISTIC_REGRESSION, seed);
          case TREES_ACCURACY -> TwoSampleTest.of(Classifier.RANDOM_FOREST, seed);
          case IDEMPOTENCY, MEMORISATION, CLASSES, RESTORATION -> null;
        });
  }

  /**
   * Measures f^k for k from 0.
   *
   * @param iterates at least {@code applications} + 1
   */
  void measure(
      String input,
      List<float[][]> iterates,
      int applications,
      Progress progress,
      List<Entry> entries,
      Collection<String> notes) {
    DistributionReport control = evaluation.evaluate(plan.real(), iterates.get(0));
    note(control, Entry.of(input, 0), notes);
    List<Optional<DistributionReport>> reports = new ArrayList<>(List.of(Optional.of(control)));
    progress.advance(1);
    for (int k = 1; k <= applications; k++) {
      reports.add(report(iterates.get(k)));
      String of = Entry.of(input, k);
      reports.get(k).ifPresent(report -> note(report, of, notes));
      progress.advance(1);
    }
    for (MetricResult first : control.results()) {
      for (int k = 0; k <= applications; k++) {
        Optional<MetricResult> result = reports.get(k).map(report -> report.result(first.name()));
        entries.add(entry(input, k, first, result.orElse(null)));
      }
    }
  }

  /** Of samples that are not all finite there is none. */
  private Optional<DistributionReport> report(float[][] generated) {
    return Rows.finite(generated)
        ? Optional.of(evaluation.evaluate(plan.real(), generated))
        : Optional.empty();
  }

  /** What is said of the held-out samples is said once, what is said of outputs with their name. */
  private static void note(DistributionReport report, String of, Collection<String> notes) {
    for (String note : report.notes()) {
      notes.add(note.startsWith("all generated") ? of + ": " + note : note);
    }
  }

  /** The entry of a result, or of none; the floor is that of the control. */
  private static Entry entry(
      String input, int k, MetricResult control, @Nullable MetricResult result) {
    Interval interval = result == null ? null : result.interval().orElse(null);
    return new Entry(
        Section.DISTRIBUTION,
        control.name(),
        input,
        k,
        result == null ? null : boxed(result.value()),
        interval == null ? null : (Double) interval.low(),
        interval == null ? null : (Double) interval.high(),
        boxed(result == null ? control.floor() : result.floor()),
        result == null ? null : boxed(result.valueAtFloorSize()),
        null,
        word(control.goal()),
        control.bias(),
        result == null ? List.of(EntryMaker.notFinite(input, k)) : result.notes(),
        List.of());
  }

  private static String word(Goal goal) {
    return goal.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
