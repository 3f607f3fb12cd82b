package dev.idem.uses.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.eval.Progress;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.models.data.SupervisedSource;
import dev.idem.tf.engine.TensorFlowEngine;
import dev.idem.uses.MadeUpResults;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Contender;
import dev.idem.uses.UseFigure;
import dev.idem.uses.UseMethod;
import dev.idem.uses.UseResults;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SortingTest {

  private static final Use USE = new SortingUse(8);
  private static final String STRATEGY = SortingUse.SOFT + UseMethod.BESIDE + "canonical";

  @Test
  void targetsAreTheInputsInAscendingOrder() {
    SupervisedSource data = new SortingUse(5).data();
    float[][] x = data.batch(3, 7, 4);
    float[][] t = data.targets().orElseThrow().batch(3, 7, 4);
    for (int m = 0; m < 4; m++) {
      float[] sorted = x[m].clone();
      Arrays.sort(sorted);
      assertThat(t[m]).containsExactly(sorted);
      assertThat(sorted[0]).isBetween(-1f, 1f);
    }
    assertThat(data.batch(3, 7, 4)).isDeepEqualTo(x);
    assertThat(data.batch(3, 8, 4)[0]).isNotEqualTo(x[0]);
  }

  @Test
  void exactAndSoftNetworksHaveAboutTheParametersOfTheMlp() {
    for (Use use : new Sorting().uses()) {
      List<Contender> networks = use.networks();
      double plain = networks.get(0).network().parameterCount();
      for (Contender other : networks) {
        assertThat(other.network().parameterCount() / plain)
            .as("%s, %s", use.setting(), other.name())
            .isBetween(0.95, 1.05);
      }
    }
  }

  @Test
  void baselinesAreTheMeansOfOrderStatisticsAndTheInput() {
    float[][] x = {{0.5f, -0.5f, 0.25f}};
    assertThat(new SortingUse(3).baselines(1).get(SortingUse.CONSTANT).apply(x)[0])
        .containsExactly(new float[] {-0.5f, 0, 0.5f}, within(1e-6f));
    assertThat(new SortingUse(3).baselines(1).get(SortingUse.UNSORTED).apply(x)).isSameAs(x);
  }

  @Test
  void metricsFindOutAConstantAndTheIdentity() {
    Use.Held held = USE.held(1, 400);
    for (String baseline : List.of(SortingUse.CONSTANT, SortingUse.UNSORTED)) {
      assertThat(
              SortingMetrics.exactOrderRate(
                  USE.baselines(1).get(baseline).apply(held.inputs()),
                  SortingMetrics.sorted(held.inputs())))
          .as(baseline)
          .isLessThan(0.05);
      assertThat(held.quality(USE.baselines(1).get(baseline).apply(held.inputs())))
          .as(baseline)
          .isGreaterThan(0.95);
    }
  }

  private static MadeUpResults alone(double rate) {
    return new MadeUpResults(new Sorting())
        .with(USE, SortingUse.PLAIN, 0.1, 10, 0.3)
        .with(USE, SortingUse.SOFT, 0.01, 0.4, rate)
        .withBaseline(USE, SortingUse.CONSTANT, 1, 1);
  }

  private static Verdict verdict(MadeUpResults results) {
    return new Sorting().judge(results.results()).verdict();
  }

  @Test
  void theRuleGivesEachVerdict() {
    assertThat(verdict(alone(0.96).with(USE, STRATEGY, 0.01, 0.1, 0.9)))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(alone(0.96).with(USE, STRATEGY, 0.01, 0.3, 0.9)))
        .as("not half")
        .isEqualTo(Verdict.IN_PART);
    assertThat(verdict(alone(0.96).with(USE, STRATEGY, 0.02, 0.1, 0.9)))
        .as("f is worse")
        .isEqualTo(Verdict.IN_PART);
    assertThat(verdict(alone(0.9).with(USE, SortingUse.EXACT, 0.1, 0.1, 0.9)))
        .as("not in order")
        .isEqualTo(Verdict.IN_PART);
    assertThat(verdict(alone(0.9).with(USE, SortingUse.EXACT, 0.5, 0.5, 0.9)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(alone(0.9).withDiverged(USE, STRATEGY))).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void resultsAtOtherWidthsAloneCannotBeJudged() {
    UseResults other =
        new MadeUpResults(new Sorting())
            .with(new SortingUse(4), SortingUse.PLAIN, 1, 1, 1)
            .results();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sorting().judge(other))
        .withMessage("no runs at n = 8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SortingUse(1))
        .withMessage("width (1) must be at least 2 numbers to sort");
  }

  @Test
  void sentencesSayTheNumbers() {
    UseResults results =
        new MadeUpResults(new Sorting())
            .with(USE, SortingUse.PLAIN, 0.1, 10, 0.3)
            .with(USE, SortingUse.SOFT, 0.01, 0.4, 0.96)
            .with(USE, STRATEGY, 0.01, 0.1, 0.9)
            .with(USE, SortingUse.EXACT, 2, 2, 0.1)
            .withBaseline(USE, SortingUse.CONSTANT, 1, 0.02)
            .withBaseline(USE, SortingUse.UNSORTED, 8, 0)
            .results();
    assertThat(new Sorting().sentences(results))
        .hasSize(4)
        .anyMatch(s -> s.contains("n = 8: 96.0 % by soft permutation (30.0 %; 2.0 %; 0.0 %)."))
        .anyMatch(s -> s.contains("soft permutation + canonical 0.25 to 0.25."))
        .anyMatch(s -> s.contains("2.0 (0.10) at n = 8."));
  }

  /** Without strategies, which take long and are drawn alike. */
  @Test
  void aSmokeDrawGivesChartsAndTables() throws InterruptedException {
    FigureResult result =
        new UseFigure(new Sorting())
            .with(new UseFigure.Choice(Map.of(), List.of(), Map.of()))
            .draw(
                new FigureContext(
                    Preset.SMOKE,
                    1,
                    2,
                    new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)),
                    Progress.NONE,
                    List.of()));
    assertThat(result.drawings()).extracting(drawing -> drawing.name()).containsExactly("sorting");
    assertThat(result.tables()).hasSize(2);
  }
}
