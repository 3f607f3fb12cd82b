package dev.idem.figures.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.eval.metrics.IdempotencyReport.Drift;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.Methods;
import dev.idem.figures.front.FrontRun.Case;
import dev.idem.figures.front.FrontRun.Measured;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.LinearMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TaskFrontsTest {

  private static final FrontTask TASK =
      new FrontTask(
          "task",
          "a task",
          new LinearMap(4),
          Map.of(
              Methods.EXACT,
              Idempotent.projection(4, 2),
              Methods.BYPASS,
              new LinearMap(4).withBias()),
          SupervisedSource.reconstruction(new Gaussian(4)),
          1e-3,
          1,
          1);
  private static final double DECADES_OF_TWO = Math.log10(2);

  private static FrontRun run(
      String method, double weight, long seed, double loss, double error, CollapseVerdict verdict) {
    IdempotencyReport report =
        new IdempotencyReport(
            new ErrorMeasurement(8, 4, error, 1, 1, 1, 1),
            List.of(new Drift(2, error, error)),
            3,
            3,
            1,
            0,
            OptionalInt.empty());
    return new FrontRun(
        work(method, weight, seed), Optional.of(new Measured(loss, report, verdict, 2 * loss)), 1);
  }

  private static FrontRun healthy(
      String method, double weight, long seed, double loss, double error) {
    return run(method, weight, seed, loss, error, CollapseVerdict.HEALTHY);
  }

  private static FrontRun diverged(String method, double weight, long seed) {
    return new FrontRun(work(method, weight, seed), Optional.empty(), 1);
  }

  private static Case work(String method, double weight, long seed) {
    return new Case(TASK, method, weight, FrontMethod.control(), seed);
  }

  private static TaskFronts fronts(FrontRun... runs) {
    return new TaskFronts(TASK, List.of(runs));
  }

  @Test
  void theReferenceIsTwiceTheLossOfTheTaskAloneAndItsError() {
    TaskFronts fronts =
        fronts(
            healthy(FrontMethod.CONTROL, 0, 1, 0.1, 0.01),
            healthy(FrontMethod.CONTROL, 0, 2, 0.4, 0.001),
            healthy(FrontMethod.CONTROL, 0, 3, 0.2, 0.1));
    assertThat(fronts.reference().first()).isCloseTo(Math.log10(0.4), within(1e-12));
    assertThat(fronts.reference().second()).isCloseTo(-2, within(1e-12));
  }

  @Test
  void theHypervolumeIsInSquareDecadesAndBySeed() {
    TaskFronts fronts =
        fronts(
            healthy(FrontMethod.CONTROL, 0, 1, 0.1, 0.01),
            healthy(FrontMethod.CONTROL, 0, 2, 0.1, 0.01),
            healthy("a", 0.1, 1, 0.1, 0.001),
            healthy("a", 0.1, 2, 0.1, 0.0001),
            // Half a decade of loss more than the control's: beyond the reference.
            healthy("a", 1, 1, 0.1 * Math.sqrt(10), 1e-9));
    assertThat(fronts.hypervolumes("a"))
        .containsExactly(new double[] {DECADES_OF_TWO, 2 * DECADES_OF_TWO}, within(1e-12));
    assertThat(fronts.hypervolumes(FrontMethod.CONTROL)).containsExactly(0, 0);
  }

  @Test
  void everyMethodHasTheTaskAloneForItsWeightZero() {
    TaskFronts fronts =
        fronts(
            healthy(FrontMethod.CONTROL, 0, 1, 0.1, 0.001),
            healthy(FrontMethod.CONTROL, 0, 2, 0.1, 0.01),
            healthy(FrontMethod.CONTROL, 0, 3, 0.1, 0.1),
            healthy("worse", 1, 1, 0.15, 0.5));
    assertThat(fronts.hypervolumes("worse"))
        .containsExactly(fronts.hypervolumes(FrontMethod.CONTROL));
    assertThat(fronts.hypervolumes("worse")[0]).isCloseTo(DECADES_OF_TWO, within(1e-12));
  }

  @Test
  void collapsedInflatedAndDivergedRunsGainNothingUnlikeTheIdentityAndUninformativeMaps() {
    List<FrontRun> runs = new ArrayList<>();
    runs.add(healthy(FrontMethod.CONTROL, 0, 1, 0.1, 0.01));
    runs.add(run("zero", 1, 1, 0.1, 1e-6, CollapseVerdict.ZERO));
    runs.add(run("constant", 1, 1, 0.1, 1e-6, CollapseVerdict.CONSTANT));
    runs.add(run("inflated", 1, 1, 0.1, 1e-6, CollapseVerdict.INFLATED));
    runs.add(diverged("diverged", 1, 1));
    runs.add(run("identity", 1, 1, 0.1, 1e-6, CollapseVerdict.IDENTITY));
    runs.add(run("uninformative", 1, 1, 0.1, 1e-6, CollapseVerdict.UNINFORMATIVE));
    TaskFronts fronts = new TaskFronts(TASK, runs);
    for (String failed : List.of("zero", "constant", "inflated", "diverged")) {
      assertThat(fronts.hypervolumes(failed)).as(failed).containsExactly(0);
      assertThat(fronts.errorsAtEqualQuality(failed)[0]).isCloseTo(0.01, within(1e-12));
    }
    assertThat(fronts.hypervolumes("identity")[0]).isPositive();
    assertThat(fronts.hypervolumes("uninformative")[0]).isPositive();
    assertThat(fronts.runs("uninformative").get(0).state()).isEqualTo("UNINFORMATIVE");
    assertThat(fronts.runs("zero").get(0).collapsed()).isTrue();
    assertThat(fronts.runs("diverged").get(0).collapsed()).isFalse();
    assertThat(fronts.runs("diverged").get(0).state()).isEqualTo("DIVERGED");
  }

  @Test
  void equalQualityIsThatOfTheSameSeedsTaskAlone() {
    TaskFronts fronts =
        fronts(
            healthy(FrontMethod.CONTROL, 0, 1, 0.1, 0.01),
            healthy(FrontMethod.CONTROL, 0, 2, 0.2, 0.01),
            healthy("a", 0.1, 1, 0.109, 0.002),
            healthy("a", 1, 1, 0.111, 0.0001),
            healthy("a", 0.1, 2, 0.111, 0.003));
    assertThat(fronts.errorsAtEqualQuality("a"))
        .containsExactly(new double[] {0.002, 0.003}, within(1e-12));
  }

  @Test
  void withoutAControlThereIsNoNumberRatherThanAGoodOne() {
    TaskFronts fronts = fronts(diverged(FrontMethod.CONTROL, 0, 1), healthy("a", 1, 1, 0.1, 0.001));
    assertThat(Arrays.stream(fronts.hypervolumes("a"))).allMatch(volume -> Double.isNaN(volume));
    FrontTables tables = new FrontTables(List.of(fronts), List.of("a"), 1);
    assertThat(tables.sentences()).singleElement().asString().contains("no reference point");
  }

  @Test
  void aMethodDominatesIfItsPairedDifferencesAreClearOfZeroAndOtherwiseNoneDoes() {
    List<FrontRun> runs = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      runs.add(healthy(FrontMethod.CONTROL, 0, seed, 0.1, 0.01));
      runs.add(healthy("best", 1, seed, 0.1, 0.0001));
      runs.add(healthy(FrontMethod.PAPER, 1, seed, 0.1, 0.001));
      runs.add(healthy("erratic", 1, seed, 0.1, seed <= 2 ? 1e-5 : 0.005));
    }
    TaskFronts fronts = new TaskFronts(TASK, runs);
    assertThat(new FrontTables(List.of(fronts), List.of(FrontMethod.PAPER, "best"), 1).sentences())
        .singleElement()
        .asString()
        .contains("that of best, 0.602 square decades", "above that of every other strategy")
        .doesNotContain("none dominates");
    assertThat(
            new FrontTables(List.of(fronts), List.of("erratic", FrontMethod.PAPER, "best"), 1)
                .sentences())
        .singleElement()
        .asString()
        .contains("that of best", "none dominates", "against erratic (-0.301 to 0.511)")
        .doesNotContain("against substituted");
  }

  /** On three seeds: the control, the paper's gradient to equal effect and an exact network. */
  private static TaskFronts withExact(double exactLoss) {
    List<FrontRun> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      runs.add(healthy(FrontMethod.CONTROL, 0, seed, 0.1, 0.01));
      runs.add(healthy(FrontMethod.PAPER, 0.1, seed, 0.105, 0.002));
      runs.add(healthy(FrontMethod.PAPER, 1, seed, 0.12, 0.001));
      runs.add(healthy(Methods.EXACT, 0, seed, exactLoss, 1e-13));
      runs.add(healthy(Methods.BYPASS, 0, seed, 0.08, 0.01));
    }
    return new TaskFronts(TASK, runs);
  }

  @Test
  void aNetworkSpeaksForItselfAndAStrategyByItsBestRunAtEqualQuality() {
    TaskFronts fronts = withExact(0.15);
    assertThat(fronts.lossRatios(Methods.EXACT))
        .containsExactly(new double[] {1.5, 1.5, 1.5}, within(1e-12));
    assertThat(fronts.lossRatios(FrontMethod.PAPER))
        .containsExactly(new double[] {1.05, 1.05, 1.05}, within(1e-12));
    assertThat(fronts.chosen(FrontMethod.PAPER)).extracting(Measured::gain).containsOnly(0.21);
    assertThat(fronts.errorsAtEqualQuality(Methods.EXACT)[0]).isCloseTo(0.01, within(1e-12));
    // A front of the control and one point, as for every method.
    assertThat(fronts.hypervolumes(Methods.EXACT)[0])
        .isCloseTo((DECADES_OF_TWO - Math.log10(1.5)) * 11, within(1e-9));
  }

  @Test
  void anExactNetworkLeadsOnlyAtEqualTaskLoss() {
    List<String> strategies = List.of(FrontMethod.PAPER);
    TaskFronts leading = withExact(0.109);
    TaskFronts dear = withExact(0.111);
    ExactClaim claim = new ExactClaim(List.of(leading, leading, leading, dear), strategies);
    assertThat(claim.finding("here").verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(claim.sentences().get(0))
        .contains("on 3 of 4 tasks", "against 0.262 (substituted), task loss 1.09 times");
    assertThat(claim.sentences().get(1)).contains("a task 0.80, exact 1.09");
    assertThat(new ExactClaim(List.of(leading, dear), strategies).finding("here").verdict())
        .isEqualTo(Verdict.IN_PART);
    assertThat(new ExactClaim(List.of(dear), strategies).finding("here").verdict())
        .isEqualTo(Verdict.NOT_REPRODUCED);
    TaskFronts failed = fronts(diverged(FrontMethod.CONTROL, 0, 1), diverged(Methods.EXACT, 0, 1));
    assertThat(new ExactClaim(List.of(failed), strategies).finding("here").verdict())
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }
}
