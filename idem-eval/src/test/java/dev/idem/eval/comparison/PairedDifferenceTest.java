package dev.idem.eval.comparison;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.comparison.Bootstrap.Interval;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

  private static final double INF = POSITIVE_INFINITY;
  private static final Bootstrap BOOTSTRAP = Bootstrap.seeded(1);

  @Test
  void intervalCoversAKnownDifference() {
    Random random = new Random(7);
    double[] a = new double[40];
    double[] b = new double[40];
    for (int i = 0; i < 40; i++) {
      b[i] = Math.exp(random.nextGaussian());
      a[i] = b[i] * Math.pow(10, -0.5 + 0.2 * random.nextGaussian());
    }

    PairedDifference difference = PairedDifference.of(a, b, BOOTSTRAP);
    Interval interval = difference.interval().orElseThrow();

    assertThat(interval.low()).isLessThan(-0.5);
    assertThat(interval.high()).isGreaterThan(-0.5).isLessThan(-0.3);
    assertThat(difference.median().orElseThrow()).isBetween(interval.low(), interval.high());
    assertThat(difference.wins()).isGreaterThan(30);
  }

  @Test
  void intervalCoversTheTruthAboutAsOftenAsItSays() {
    Random random = new Random(11);
    int covered = 0;
    for (int trial = 0; trial < 200; trial++) {
      double[] a = new double[15];
      double[] b = new double[15];
      for (int i = 0; i < a.length; i++) {
        a[i] = Math.pow(10, 0.3 + random.nextGaussian());
        b[i] = 1;
      }
      Interval interval =
          PairedDifference.of(a, b, new Bootstrap(1_000, trial)).interval().orElseThrow();
      covered += interval.low() <= 0.3 && 0.3 <= interval.high() ? 1 : 0;
    }

    // 95 % of 200 is 190, give or take four standard deviations of 3.
    assertThat(covered).isBetween(178, 198);
  }

  @Test
  void sameSeedGivesTheSameInterval() {
    double[] a = {1, 2, 3, 4, 5, 6, 7};
    double[] b = {3, 1, 4, 1, 5, 9, 2};

    assertThat(PairedDifference.of(a, b, Bootstrap.seeded(5)))
        .isEqualTo(PairedDifference.of(a, b, Bootstrap.seeded(5)));
  }

  @Property(tries = 20, seed = "1")
  void swappingTheSidesSwapsTheSigns(
      @ForAll long seed, @ForAll @IntRange(min = 3, max = 12) int pairs) {
    Random random = new Random(seed);
    double[] a = random.doubles(pairs, 0.1, 10).toArray();
    double[] b = random.doubles(pairs, 0.1, 10).toArray();
    Bootstrap bootstrap = new Bootstrap(1_000, seed);

    PairedDifference forth = PairedDifference.of(a, b, bootstrap);
    PairedDifference back = PairedDifference.of(b, a, bootstrap);

    assertThat(back.wins()).isEqualTo(forth.losses());
    assertThat(back.median().orElseThrow()).isCloseTo(-forth.median().orElseThrow(), within(1e-12));
    assertThat(back.interval().orElseThrow().low())
        .isCloseTo(-forth.interval().orElseThrow().high(), within(1e-12));
  }

  @Test
  void failedRunLosesByAnInfiniteDifference() {
    PairedDifference difference =
        PairedDifference.of(new double[] {1, 1, INF}, new double[] {INF, INF, 1}, BOOTSTRAP);

    assertThat(difference.wins()).isEqualTo(2);
    assertThat(difference.losses()).isEqualTo(1);
    assertThat(difference.median()).hasValue(Double.NEGATIVE_INFINITY);
    assertThat(difference.interval()).hasValue(new Interval(Double.NEGATIVE_INFINITY, INF));
  }

  @Test
  void pairsThatBothFailedAreTiesAndCountedApart() {
    PairedDifference difference =
        PairedDifference.of(
            new double[] {INF, INF, 2, 1, 1}, new double[] {INF, INF, 2, 10, 10}, BOOTSTRAP);

    assertThat(difference.pairs()).isEqualTo(5);
    assertThat(difference.ties()).isEqualTo(3);
    assertThat(difference.bothFailed()).isEqualTo(2);
    assertThat(difference.wins()).isEqualTo(2);
    assertThat(difference.median()).hasValue(0);
    assertThat(difference.interval()).isPresent();
  }

  @Test
  void nothingIsClaimedAboutPairsThatAllFailed() {
    double[] failed = {INF, INF, INF, INF};
    PairedDifference difference = PairedDifference.of(failed, failed, BOOTSTRAP);

    assertThat(difference.ties()).isEqualTo(4);
    assertThat(difference.bothFailed()).isEqualTo(4);
    assertThat(difference.median()).isEmpty();
    assertThat(difference.interval()).isEmpty();
  }

  @Test
  void fewerThanThreePairsHaveNoInterval() {
    PairedDifference two =
        PairedDifference.of(new double[] {1, 10}, new double[] {10, 1000}, BOOTSTRAP);

    assertThat(two.median()).hasValue(-1.5);
    assertThat(two.interval()).isEmpty();
    assertThat(
            PairedDifference.of(new double[] {1, 10, INF}, new double[] {10, 100, INF}, BOOTSTRAP)
                .interval())
        .isEmpty();
  }

  @Test
  void scoreOfZeroWinsByAnInfiniteDifference() {
    PairedDifference difference =
        PairedDifference.of(new double[] {0, 0, 0}, new double[] {1, 1, 0}, BOOTSTRAP);

    assertThat(difference.wins()).isEqualTo(2);
    assertThat(difference.ties()).isEqualTo(1);
    assertThat(difference.bothFailed()).isZero();
    assertThat(difference.median()).hasValue(Double.NEGATIVE_INFINITY);
  }

  @Test
  void badScoresAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairedDifference.of(new double[] {1}, new double[] {1, 2}, BOOTSTRAP))
        .withMessage("scores must come in pairs: there are 1 and 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PairedDifference.of(new double[] {Double.NaN}, new double[] {1}, BOOTSTRAP))
        .withMessageContaining("score (NaN)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(10, 1))
        .withMessage("resamples (10) must be at least 1000");
  }
}
