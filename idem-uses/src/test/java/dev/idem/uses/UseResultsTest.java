package dev.idem.uses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.uses.UseRun.Measured;
import dev.idem.uses.tabular.TabularRows;
import java.util.List;
import org.junit.jupiter.api.Test;

class UseResultsTest {

  private static final UseFamily FAMILY = new TabularRows();
  private static final Use FIRST = FAMILY.uses().get(0);
  private static final Use SECOND = FAMILY.uses().get(1);

  private static UseResults results(UseRun... runs) {
    return new UseResults(FAMILY, List.of(runs), 1);
  }

  private static UseRun run(String method, long seed, double quality) {
    return MadeUp.run(FIRST, method, seed, quality, 0, 10 * quality);
  }

  @Test
  void methodsKeepTheirOrderAndBelongToTheirUse() {
    UseResults results =
        results(
            run("plain", 1, 1),
            run("exact", 1, 1),
            MadeUp.run(SECOND, "other", 1, 1, 0),
            run("plain", 2, 1),
            MadeUp.baseline(FIRST, "base", 1));
    assertThat(results.uses()).containsExactly(FIRST, SECOND);
    assertThat(results.methods(FIRST)).containsExactly("plain", "exact", "base");
    assertThat(results.plain(FIRST)).isEqualTo("plain");
    assertThat(results.plain(SECOND)).isEqualTo("other");
    assertThat(results.runs(FIRST, "plain")).extracting(UseRun::seed).containsExactly(1L, 2L);
  }

  @Test
  void theMedianIsOverTheSeedsThatDidNotDiverge() {
    UseResults results =
        results(run("a", 1, 3), run("a", 2, 1), MadeUp.diverged(FIRST, "a", 3), run("a", 4, 2));
    assertThat(results.median(FIRST, "a", Measured::first)).isEqualTo(2);
    assertThat(results.median(FIRST, "a", found -> found.metrics().get(0))).isEqualTo(20);
  }

  @Test
  void thereIsNoMedianOfAMethodThatDivergedInHalfItsRunsOrGaveNoNumber() {
    UseResults results =
        results(
            run("half", 1, 3),
            MadeUp.diverged(FIRST, "half", 2),
            run("nan", 1, 3),
            run("nan", 2, Double.NaN),
            run("nan", 3, 3));
    assertThat(results.median(FIRST, "half", Measured::first)).isNaN();
    assertThat(results.median(FIRST, "nan", Measured::first)).isNaN();
    assertThat(results.median(FIRST, "never run", Measured::first)).isNaN();
  }

  @Test
  void differencesArePairedBySeedWithoutThoseThatDiverged() {
    UseResults results =
        results(
            run("plain", 1, 1),
            run("a", 1, 1.5),
            run("plain", 2, 2),
            MadeUp.diverged(FIRST, "a", 2),
            run("plain", 3, 4),
            run("a", 3, 3.5));
    assertThat(results.differences(FIRST, "a", "plain", Measured::first))
        .containsExactly(0.5, -0.5);
    assertThat(results.differences(FIRST, "plain", "a", Measured::first))
        .containsExactly(-0.5, 0.5);
  }

  @Test
  void aBaselineIsPairedWithEverySeed() {
    UseResults results =
        results(
            run("plain", 1, 1),
            run("plain", 2, 2),
            MadeUp.diverged(FIRST, "plain", 3),
            run("plain", 4, 4),
            MadeUp.baseline(FIRST, "base", 3));
    assertThat(results.differences(FIRST, "base", "plain", Measured::first))
        .containsExactly(2, 1, -1);
    assertThat(results.differences(FIRST, "plain", "base", Measured::first))
        .containsExactly(-2, -1, 1);
  }

  @Test
  void anIntervalNeedsThreeNumbersAndContainsTheirMedian() {
    UseResults results = results(run("plain", 1, 1));
    assertThat(results.interval(new double[] {1, 2})).isEmpty();
    assertThat(results.interval(new double[] {1, 2, Double.NaN})).isEmpty();
    assertThat(results.interval(new double[] {1, 2, 4}))
        .hasValueSatisfying(
            found -> {
              assertThat(found.low()).isCloseTo(1, within(1e-12));
              assertThat(found.high()).isCloseTo(4, within(1e-12));
            });
  }
}
