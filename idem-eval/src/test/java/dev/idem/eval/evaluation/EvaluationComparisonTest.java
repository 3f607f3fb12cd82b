package dev.idem.eval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.eval.evaluation.EvaluationComparison.Judgement;
import dev.idem.eval.evaluation.EvaluationComparison.Row;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.evaluation.EvaluationResult.SampleValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Differences between evaluations whose samples are known. */
class EvaluationComparisonTest {

  private static final int SAMPLES = 300;

  private static double[] hard() {
    Random random = new Random(5);
    return random.doubles(SAMPLES, 1, 100).toArray();
  }

  /** Every sample's error less {@code gain}, so small that only pairs can tell. */
  private static EvaluationResult run(double gain, String goal) {
    double[] errors = hard();
    Random random = new Random(6);
    for (int i = 0; i < errors.length; i++) {
      errors[i] -= gain * random.nextDouble();
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("error of x", errors);
    double mean = SampleStatistic.mean(errors).value();
    return new EvaluationResult(
        List.of(entry("error", goal, mean, null, null, List.of("error of x"))),
        new SampleValues(columns),
        List.of());
  }

  private static Entry entry(
      String metric,
      String goal,
      @Nullable Double value,
      @Nullable Double low,
      @Nullable Double high,
      List<String> perSample) {
    return new Entry(
        Section.IDEMPOTENCY,
        metric,
        "x",
        1,
        value,
        low,
        high,
        null,
        null,
        null,
        goal,
        "",
        List.of(),
        perSample);
  }

  private static Row second(EvaluationResult a, EvaluationResult b, boolean paired) {
    return EvaluationComparison.of(List.of(a, b), (run, input) -> paired, 1).rows().get(1);
  }

  @Test
  void anErrorOfACollapsedMapIsNoMerit() {
    EvaluationResult better = run(2, "lower");
    List<Entry> entries = new ArrayList<>(better.entries());
    entries.add(
        new Entry(
            Section.IDEMPOTENCY,
            "verdict",
            "x",
            1,
            null,
            null,
            null,
            null,
            null,
            "constant",
            "",
            "",
            List.of(),
            List.of()));
    EvaluationResult collapsed = new EvaluationResult(entries, better.perSample(), better.notes());
    List<Row> rows =
        EvaluationComparison.of(List.of(run(0, "lower"), collapsed), (run, input) -> true, 1)
            .rows();

    assertThat(rows).extracting(Row::judgement).contains(Judgement.NOT_HEALTHY);
  }

  @Test
  void pairsSeeADifferenceThatSamplesDrawnApartDoNot() {
    Row paired = second(run(0, "lower"), run(2, "lower"), true);
    assertThat(paired.difference()).isBetween(-1.3, -0.7);
    assertThat(paired.judgement()).isEqualTo(Judgement.BETTER);
    assertThat(paired.interval()).isNotNull();
    assertThat(paired.interval().high()).isNegative();
    Row apart = second(run(0, "lower"), run(2, "lower"), false);
    assertThat(apart.judgement()).isEqualTo(Judgement.NO_DIFFERENCE);
    assertThat(apart.paired()).isFalse();
  }

  @Test
  void theGoalDecidesWhichSideIsBetter() {
    assertThat(second(run(0, "higher"), run(2, "higher"), true).judgement())
        .isEqualTo(Judgement.WORSE);
    assertThat(second(run(2, "lower"), run(0, "lower"), true).judgement())
        .isEqualTo(Judgement.WORSE);
    assertThat(second(run(0, ""), run(2, ""), true).judgement()).isEqualTo(Judgement.DIFFERENT);
  }

  @Test
  void aRunAgainstItselfHasNoDifference() {
    Row row = second(run(1, "lower"), run(1, "lower"), true);
    assertThat(row.difference()).isZero();
    assertThat(row.judgement()).isEqualTo(Judgement.NO_DIFFERENCE);
  }

  @Test
  void metricsOfDistributionsHaveTheirIntervalsSideBySide() {
    EvaluationResult a = alone(entry("recall", "higher", 0.5, 0.4, 0.6, List.of()));
    EvaluationResult near = alone(entry("recall", "higher", 0.62, 0.55, 0.7, List.of()));
    EvaluationResult far = alone(entry("recall", "higher", 0.8, 0.7, 0.9, List.of()));
    EvaluationResult bare = alone(entry("recall", "higher", null, null, null, List.of()));
    assertThat(second(a, near, true).judgement()).isEqualTo(Judgement.OVERLAP);
    assertThat(second(a, far, true).judgement()).isEqualTo(Judgement.APART);
    assertThat(second(a, far, true).interval()).isNull();
    assertThat(second(a, bare, true).judgement()).isEqualTo(Judgement.UNJUDGED);
  }

  private static EvaluationResult alone(Entry entry) {
    return new EvaluationResult(List.of(entry), new SampleValues(Map.of()), List.of());
  }

  @Test
  void whatOnlyOneRunHasIsNamedAndLeftOut() {
    EvaluationResult a = alone(entry("recall", "higher", 0.5, 0.4, 0.6, List.of()));
    EvaluationResult b = alone(entry("density", "higher", 0.5, 0.4, 0.6, List.of()));
    EvaluationComparison comparison =
        EvaluationComparison.of(List.of(a, b), (run, input) -> true, 1);
    assertThat(comparison.rows()).isEmpty();
    assertThat(comparison.left()).containsExactly("recall of f(x)", "density of f(x)");
  }

  @Test
  void oneRunAloneIsRefused() {
    assertThatThrownBy(
            () -> EvaluationComparison.of(List.of(run(0, "lower")), (run, input) -> true, 1))
        .hasMessageContaining("must be at least two");
  }
}
