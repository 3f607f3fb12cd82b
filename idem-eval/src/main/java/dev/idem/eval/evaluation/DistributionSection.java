package dev.idem.eval.evaluation;

import dev.idem.eval.Progress;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.distribution.Coverage;
import dev.idem.eval.distribution.Density;
import dev.idem.eval.distribution.DistributionEvaluation;
import dev.idem.eval.distribution.DistributionEvaluationBuilder;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.eval.distribution.DistributionReport;
import dev.idem.eval.distribution.FrechetDistance;
import dev.idem.eval.distribution.Goal;
import dev.idem.eval.distribution.KernelDistance;
import dev.idem.eval.distribution.MetricResult;
import dev.idem.eval.distribution.Precision;
import dev.idem.eval.distribution.Recall;
import dev.idem.eval.distribution.TwoSampleClassifier;
import dev.idem.eval.distribution.TwoSampleTest;
import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    DistributionEvaluationBuilder builder =
        DistributionEvaluation.in(plan.space()).onlyAdded().seed(plan.seed());
    Map<Measure, DistributionMetric> metrics =
        Map.of(
            Measure.FRECHET, new FrechetDistance(),
            Measure.KERNEL, new KernelDistance(),
            Measure.PRECISION, new Precision(NEIGHBOURS),
            Measure.RECALL, new Recall(NEIGHBOURS),
            Measure.DENSITY, new Density(NEIGHBOURS),
            Measure.COVERAGE, new Coverage(NEIGHBOURS),
            Measure.LOGISTIC_ACCURACY,
                TwoSampleTest.of(TwoSampleClassifier.LOGISTIC_REGRESSION, plan.seed()),
            Measure.TREES_ACCURACY,
                TwoSampleTest.of(TwoSampleClassifier.RANDOM_FOREST, plan.seed()));
    for (Measure measure : Measure.values()) {
      DistributionMetric metric = metrics.get(measure);
      if (metric != null && plan.measures().contains(measure)) {
        builder.metric(metric);
      }
    }
    plan.added().forEach(builder::metric);
    if (plan.measures().contains(Measure.MEMORISATION)) {
      plan.training().ifPresent(builder::training);
    }
    if (plan.measures().contains(Measure.CLASSES)) {
      plan.classifier().ifPresent(builder::classifier);
    }
    return builder.build();
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
        entries.add(result.isPresent() ? entry(input, k, result.get()) : withheld(input, k, first));
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

  private static Entry entry(String input, int k, MetricResult result) {
    Optional<Interval> interval = result.interval();
    return new Entry(
        Section.DISTRIBUTION,
        result.name(),
        input,
        k,
        boxed(result.value()),
        interval.map(Interval::low).orElse(null),
        interval.map(Interval::high).orElse(null),
        boxed(result.floor()),
        boxed(result.valueAtFloorSize()),
        null,
        word(result.goal()),
        result.bias(),
        result.notes(),
        List.of());
  }

  private static Entry withheld(String input, int k, MetricResult like) {
    return new Entry(
        Section.DISTRIBUTION,
        like.name(),
        input,
        k,
        null,
        null,
        null,
        boxed(like.floor()),
        null,
        null,
        word(like.goal()),
        like.bias(),
        List.of(notFinite(input, k)),
        List.of());
  }

  static String notFinite(String input, int k) {
    return "no value: %s holds numbers that are not finite, f has diverged"
        .formatted(Entry.of(input, k));
  }

  private static String word(Goal goal) {
    return goal.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
