package dev.idem.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EffectiveRankTest {

  /** Rows s_i e_i and -s_i e_i: centred, with singular values sqrt(2) s_i. */
  private static float[][] withSpectrum(int width, float... s) {
    float[][] rows = new float[2 * s.length][width];
    for (int i = 0; i < s.length; i++) {
      rows[2 * i][i] = s[i];
      rows[2 * i + 1][i] = -s[i];
    }
    return rows;
  }

  @Property(tries = 20, seed = "1")
  void equalSingularValuesCountOneEach(
      @ForAll @IntRange(min = 1, max = 10) int rank,
      @ForAll @FloatRange(min = 0.01f, max = 1e6f) float s) {
    float[] spectrum = new float[rank];
    Arrays.fill(spectrum, s);

    // Narrower than the samples, and wider: both Gram matrices.
    assertThat(EffectiveRank.of(withSpectrum(rank, spectrum))).isCloseTo(rank, within(1e-9));
    assertThat(EffectiveRank.of(withSpectrum(50, spectrum))).isCloseTo(rank, within(1e-9));
  }

  @Test
  void unequalSingularValuesGiveTheExponentialOfTheirEntropy() {
    double expected = Math.exp(-(0.5 * Math.log(0.5) + 0.3 * Math.log(0.3) + 0.2 * Math.log(0.2)));

    assertThat(EffectiveRank.of(withSpectrum(3, 5, 3, 2))).isCloseTo(expected, within(1e-9));
    assertThat(EffectiveRank.of(withSpectrum(40, 5, 3, 2))).isCloseTo(expected, within(1e-9));
  }

  @Test
  void offsetIsTakenOut() {
    float[][] rows = withSpectrum(4, 2, 2);
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] += 64;
      }
    }

    assertThat(EffectiveRank.of(rows)).isCloseTo(2, within(1e-9));
  }

  @Test
  void rowsThatDifferByLittleMoreThanRoundingHaveARankOfNextToOne() {
    float[][] rows = new float[256][784];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (float) (-0.0592 + (j % 16) * 1e-4 + (i < 3 ? 1e-5 * (1 + i) : 0));
      }
    }

    // EJML's iteration does not converge on their Gram matrix as it is.
    assertThat(EffectiveRank.of(rows)).isBetween(1.0, 1.01);
  }

  @Test
  void equalRowsHaveRankZero() {
    assertThat(EffectiveRank.of(new float[][] {{0.1f, 0.7f}, {0.1f, 0.7f}, {0.1f, 0.7f}})).isZero();
    assertThat(EffectiveRank.of(new float[][] {{3, 4, 5}})).isZero();
  }

  @Test
  void roundingOfManyZeroEigenvaluesAddsNothing() {
    // 200 eigenvalues, 3 of them not zero: noise of 1e-16 each would be 1e-8 as a singular value.
    float[][] rows = new float[200][300];
    float[][] few = withSpectrum(300, 1, 1, 1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = few[i % 6].clone();
    }
    for (int i = 198; i < 200; i++) {
      rows[i] = new float[300];
    }

    assertThat(EffectiveRank.of(rows)).isCloseTo(3, within(1e-9));
  }

  @Property(tries = 20, seed = "1")
  void scaleDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = -40, max = 40) int exponent) {
    float[][] rows = Maps.normal(seed, 6, 9);
    float[][] scaled = Maps.each(v -> Math.scalb(v, exponent)).apply(rows);

    assertThat(EffectiveRank.of(scaled)).isCloseTo(EffectiveRank.of(rows), within(1e-9));
  }

  @Test
  void badRowsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EffectiveRank.of(new float[][] {}))
        .withMessage("samples (0) must be at least one row");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EffectiveRank.of(new float[][] {{1, 2}, {3, Float.NaN}}))
        .withMessage("samples, row 1, number 1 (NaN) must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EffectiveRank.of(new float[][] {{1, 2}, {3}}))
        .withMessageContaining("row 0 has 2, row 1 has 1");
  }
}
