package dev.idem.eval.comparison;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.api.training.TrainingPlan;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.ComparisonResult.ComparisonDesign;
import dev.idem.eval.comparison.ComparisonResult.ComparisonDesign.Competitor;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import dev.idem.eval.comparison.ComparisonRun.CurvePoint;
import dev.idem.eval.comparison.ComparisonRun.Divergence;
import dev.idem.eval.comparison.ComparisonRun.Timing;
import dev.idem.eval.comparison.StrategyOutcome.CurveQuartiles;
import dev.idem.eval.comparison.StrategyOutcome.Summary;
import dev.idem.eval.comparison.StrategyOutcome.TimedQuartiles;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ComparisonResultTest {

  private static final double INF = POSITIVE_INFINITY;

  private static ComparisonDesign design(double... rates) {
    return new ComparisonDesign(
        "made up",
        List.of(new Competitor("a", "formula of a"), new Competitor("b", "formula of b")),
        Arrays.stream(rates).boxed().toList(),
        List.of(1L, 2L, 3L),
        TrainingPlan.quick().toBuilder().steps(20).evaluateEvery(10).build(),
        16,
        IdempotencyMetrics.defaults(),
        CollapseThresholds.defaults(),
        "network",
        "source",
        "engine");
  }

  private static ComparisonResult result(
      ComparisonDesign design, Function<Cell, ComparisonRun> runs) {
    return new ComparisonResult(
        design,
        design.cells().stream().map(runs).toList(),
        design.cells().stream()
            .map(
                cell ->
                    new Timing(
                        cell,
                        runs.apply(cell).curve().stream()
                            .map(
                                at -> new Timing.Point(at.step(), (double) at.step() * cell.seed()))
                            .toList()))
            .toList());
  }

  /** Power 2 and variance 1 out of 1, error / variance falling to {@code last} over the steps. */
  private static ComparisonRun finished(
      Cell cell, double last, CollapseVerdict verdict, long... steps) {
    List<CurvePoint> curve =
        Arrays.stream(steps)
            .mapToObj(
                step -> new CurvePoint(step, measured(last * (1 + steps[steps.length - 1] - step))))
            .toList();
    IdempotencyReport report =
        new IdempotencyReport(
            measured(last),
            List.of(new IdempotencyReport.Drift(2, last, last / 2)),
            3,
            5,
            0.5,
            1,
            OptionalInt.empty());
    return ComparisonRun.finished(
        cell, curve, steps[steps.length - 1], "completed", report, verdict);
  }

  private static ComparisonRun healthy(Cell cell, double errorOverVariance) {
    return finished(cell, errorOverVariance, CollapseVerdict.HEALTHY, 0, 10, 20);
  }

  private static ComparisonRun diverged(Cell cell, long step) {
    return ComparisonRun.diverged(
        cell,
        List.of(new CurvePoint(0, measured(0.5)), new CurvePoint(10, measured(0.25))),
        new Divergence(step, "gain"));
  }

  private static ErrorMeasurement measured(double errorOverVariance) {
    return new ErrorMeasurement(16, 4, errorOverVariance, 1, 1, 2, 1);
  }

  @Test
  void scoreIsErrorOverVarianceOfAHealthyRun() {
    Cell cell = new Cell("a", 1, 1);

    assertThat(healthy(cell, 0.4).score()).isEqualTo(0.4);
    assertThat(healthy(cell, 0.4).finalRelativeError()).isEqualTo(0.2);
    ComparisonRun uninformative = finished(cell, 0.6, CollapseVerdict.UNINFORMATIVE, 0, 20);
    assertThat(uninformative.score()).isInfinite();
    assertThat(uninformative.finalErrorOverVariance()).isEqualTo(0.6);
    assertThat(diverged(cell, 15).finalErrorOverVariance()).isInfinite();
  }

  @Test
  void bestRateHasTheLowestMedianScoreOfEachStrategy() {
    ComparisonResult.View view =
        result(
                design(0.1, 1),
                cell ->
                    healthy(
                        cell,
                        (cell.strategy().equals("a") == (cell.learningRate() == 1)) ? 0.1 : 0.2))
            .bestRate();

    assertThat(view.outcome("a").learningRate()).isEqualTo(1);
    assertThat(view.outcome("b").learningRate()).isEqualTo(0.1);
  }

  @Test
  void bestRateCannotBeWonByRunsThatAreNotHealthy() {
    // At rate 1 the error is a millionth, of maps that are not healthy for two seeds of three.
    ComparisonResult.View view =
        result(
                design(0.1, 1),
                cell ->
                    cell.learningRate() == 0.1
                        ? healthy(cell, 0.3)
                        : finished(
                            cell,
                            1e-6,
                            switch ((int) cell.seed()) {
                              case 1 -> CollapseVerdict.HEALTHY;
                              case 2 -> CollapseVerdict.ZERO;
                              default -> CollapseVerdict.UNINFORMATIVE;
                            },
                            0,
                            20))
            .bestRate();

    assertThat(view.outcome("a").learningRate()).isEqualTo(0.1);
    assertThat(view.outcome("a").summary().score()).isEqualTo(new Quartiles(0.3, 0.3, 0.3));
  }

  @Test
  void ofEqualMediansMoreHealthyRunsWinAndThenTheSmallerRate() {
    Function<Cell, ComparisonRun> runs =
        cell -> {
          if (cell.strategy().equals("a")) {
            boolean oneHealthy = cell.learningRate() == 1 && cell.seed() == 2;
            return oneHealthy ? healthy(cell, 0.1) : diverged(cell, 15);
          }
          return diverged(cell, 15);
        };
    ComparisonResult.View view = result(design(2, 1, 0.5), runs).bestRate();

    assertThat(view.outcome("a").learningRate()).isEqualTo(1);
    assertThat(view.outcome("b").learningRate()).isEqualTo(0.5);
  }

  @Test
  void summaryCountsEveryRun() {
    ComparisonResult.View view =
        result(
                design(1),
                cell ->
                    cell.seed() == 1
                        ? healthy(cell, 0.1)
                        : cell.seed() == 2
                            ? finished(cell, 0.2, CollapseVerdict.INFLATED, 0, 20)
                            : cell.strategy().equals("b")
                                ? finished(cell, 0.6, CollapseVerdict.UNINFORMATIVE, 0, 20)
                                : diverged(cell, 15))
            .equalRate(1);
    Summary summary = view.outcome("a").summary();

    assertThat(summary.runs()).isEqualTo(3);
    assertThat(summary.healthy()).isEqualTo(1);
    assertThat(summary.collapsed()).isEqualTo(1);
    assertThat(summary.diverged()).isEqualTo(1);
    assertThat(summary.verdicts())
        .isEqualTo(
            Map.of(
                CollapseVerdict.HEALTHY, 1,
                CollapseVerdict.INFLATED, 1,
                CollapseVerdict.DIVERGED, 1));
    assertThat(summary.score().median()).isInfinite();
    assertThat(summary.relativeError().median()).isEqualTo(0.1);
    assertThat(summary.errorOverVariance()).isEqualTo(summary.error());
    assertThat(summary.error()).isEqualTo(new Quartiles(0.15000000000000002, 0.2, INF));
    assertThat(summary.powerRatio()).hasValue(new Quartiles(2, 2, 2));
    assertThat(summary.effectiveRank()).hasValue(new Quartiles(3, 3, 3));
    Summary other = view.outcome("b").summary();
    assertThat(other.count(CollapseVerdict.UNINFORMATIVE)).isEqualTo(1);
    assertThat(other.collapsed()).isEqualTo(1);
    assertThat(other.diverged()).isZero();
    assertThat(other.score().median()).isInfinite();
  }

  @Test
  void divergedRunCountsAsInfinityFromItsDivergenceOn() {
    List<CurveQuartiles> curve =
        result(design(1), cell -> cell.seed() == 1 ? healthy(cell, 0.1) : diverged(cell, 15))
            .equalRate(1)
            .outcome("a")
            .curve();

    assertThat(curve).extracting(CurveQuartiles::step).containsExactly(0L, 10L, 20L);
    assertThat(curve.get(1).errorOverVariance().median()).isEqualTo(0.25);
    assertThat(curve.get(1).relativeError().median()).isEqualTo(0.125);
    assertThat(curve.get(2).errorOverVariance().median()).isInfinite();
    assertThat(curve.get(2).relativeError().median()).isInfinite();
    assertThat(curve.get(2).error().median()).isInfinite();
  }

  @Test
  void runEndedByAStopRuleKeepsItsLastValue() {
    ComparisonResult result =
        result(design(1), cell -> finished(cell, 0.5, CollapseVerdict.HEALTHY, 0, 7));
    StrategyOutcome outcome = result.equalRate(1).outcome("b");

    assertThat(outcome.curve().get(0).errorOverVariance().median()).isEqualTo(4);
    assertThat(outcome.curve().get(1).errorOverVariance().median()).isEqualTo(0.5);
    assertThat(outcome.curve().get(2).errorOverVariance().median()).isEqualTo(0.5);
    assertThat(result.againstSeconds(outcome))
        .extracting(TimedQuartiles::seconds)
        .containsExactly(0.0, 14.0, 14.0);
  }

  @Test
  void curveAgainstSecondsTakesTheMedianTimeOfTheRunsThatFinished() {
    ComparisonResult result =
        result(design(1), cell -> cell.seed() == 1 ? diverged(cell, 15) : healthy(cell, 0.1));
    StrategyOutcome outcome = result.equalRate(1).outcome("a");

    // Seeds 2 and 3 take 2 and 3 seconds a step.
    assertThat(result.againstSeconds(outcome))
        .containsExactly(
            new TimedQuartiles(0, outcome.curve().get(0)),
            new TimedQuartiles(25, outcome.curve().get(1)),
            new TimedQuartiles(50, outcome.curve().get(2)));
  }

  @Test
  void curveAgainstSecondsEndsWhereEveryRunDiverged() {
    ComparisonResult result = result(design(1), cell -> diverged(cell, 15));
    StrategyOutcome outcome = result.equalRate(1).outcome("a");

    assertThat(result.againstSeconds(outcome))
        .extracting(TimedQuartiles::seconds)
        .containsExactly(0.0, 20.0);
    assertThat(outcome.summary().powerRatio()).isEmpty();
  }

  @Test
  void pairedScoresGoBySeed() {
    ComparisonResult result =
        result(
            design(1),
            cell -> healthy(cell, cell.strategy().equals("a") ? cell.seed() : 10.0 * cell.seed()));

    PairedDifference difference = result.paired(result.equalRate(1), "a", "b", Bootstrap.seeded(1));

    assertThat(difference.wins()).isEqualTo(3);
    assertThat(difference.median().orElseThrow()).isBetween(-1.0000001, -0.9999999);
    assertThat(difference.interval()).isPresent();
  }

  @Test
  void whatIsNotInTheComparisonIsRefused() {
    ComparisonResult result = result(design(1), cell -> healthy(cell, 0.1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> result.equalRate(0.3))
        .withMessage("learning rate (0.3) must be one of [1.0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> result.equalRate(1).outcome("c"))
        .withMessage("strategy ('c') must be one of [a, b]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ComparisonResult(
                    result.design(), result.runs().subList(1, 6), result.timings()))
        .withMessageContaining("runs of 'made up' must be those of its cells");
  }
}
