package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.Maps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {

  /**
   * Rows mean + s_i e_i and mean - s_i e_i: their covariance is diagonal with 2 s_i^2 / (2 n - 1).
   */
  private static float[][] diagonal(float mean, float... s) {
    float[][] rows = new float[2 * s.length][s.length];
    for (int i = 0; i < s.length; i++) {
      Arrays.fill(rows[2 * i], mean);
      Arrays.fill(rows[2 * i + 1], mean);
      rows[2 * i][i] += s[i];
      rows[2 * i + 1][i] -= s[i];
    }
    return rows;
  }

  @Test
  void inOneDimensionItIsTheDifferenceOfMeansAndDeviations() {
    float[][] a = {{0}, {2}}; // mean 1, variance 2
    float[][] b = {{3}, {7}}; // mean 5, variance 8

    assertThat(FrechetDistance.between(a, b)).isCloseTo(16 + 2, within(1e-12));
  }

  @Test
  void alignedGaussiansHaveTheClosedForm() {
    float[][] a = diagonal(1, 1, 2, 3);
    float[][] b = diagonal(3, 4, 2, 1);

    double deviations = (9 + 0 + 4) * 2 / 5.0;
    assertThat(FrechetDistance.between(a, b)).isCloseTo(3 * 4 + deviations, within(1e-12));
  }

  @Test
  void covariancesThatDoNotCommuteHaveTheClosedFormOfTheirRoot() {
    double angle = Math.PI / 6;
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    float[][] a = diagonal(0, 3, 1);
    float[][] b = Maps.linear(new double[][] {{c, s}, {-s, c}}).apply(diagonal(0, 1, 2));

    // C_a = 2/3 diag(9, 1), C_b = 2/3 R^T diag(1, 4) R; for 2 x 2 the root's trace is
    // sqrt(tr(C_a C_b) + 2 sqrt(det C_a det C_b)).
    double product = 9 * (c * c + 4 * s * s) + s * s + 4 * c * c;
    double root = Math.sqrt(product + 2 * Math.sqrt(9.0 * 4));
    double expected = 2 / 3.0 * (10 + 5 - 2 * root);
    assertThat(FrechetDistance.between(a, b)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void singularCovariancesAreNoObstacle() {
    float[][] a = diagonal(0, 2, 0, 0);
    float[][] b = diagonal(0, 0, 3, 0);
    float[][] point = new float[6][3];

    assertThat(FrechetDistance.between(a, b)).isCloseTo((4 + 9) * 2 / 5.0, within(1e-12));
    assertThat(FrechetDistance.between(a, point)).isCloseTo(4 * 2 / 5.0, within(1e-12));
    assertThat(FrechetDistance.between(point, point)).isZero();
  }

  @Property(tries = 20, seed = "1")
  void setHasNoDistanceFromItself(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 30) int m,
      @ForAll @IntRange(min = 1, max = 30) int n) {
    float[][] a = Maps.normal(seed, m, n);

    assertThat(FrechetDistance.between(a, a)).isCloseTo(0, within(1e-6));
  }

  @Property(tries = 20, seed = "1")
  void distanceIsSymmetricAndNeitherOrderNorRotationMatters(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int n) {
    float[][] a = Maps.normal(seed, 20, n);
    float[][] b = Maps.each(v -> 0.5 + Math.tanh(2 * v)).apply(Maps.normal(seed + 1, 25, n));
    List<float[]> shuffled = new ArrayList<>(Arrays.asList(a));
    Collections.shuffle(shuffled, new Random(seed));
    double[][] q = Maps.orthogonal(seed, n);
    double distance = FrechetDistance.between(a, b);

    assertThat(distance).isPositive();
    assertThat(FrechetDistance.between(b, a)).isCloseTo(distance, within(1e-9));
    assertThat(FrechetDistance.between(shuffled.toArray(float[][]::new), b))
        .isCloseTo(distance, within(1e-9));
    assertThat(FrechetDistance.between(Maps.linear(q).apply(a), Maps.linear(q).apply(b)))
        .isCloseTo(distance, within(1e-5));
  }

  @Test
  void biasOfFiniteSamplesFallsAsTheirNumber() {
    double few = FrechetDistance.between(Maps.normal(1, 60, 10), Maps.normal(2, 60, 10));
    double many = FrechetDistance.between(Maps.normal(3, 960, 10), Maps.normal(4, 960, 10));

    // 16 times as many rows.
    assertThat(few / many).isBetween(8.0, 32.0);
  }

  @Test
  void badSetsAreNamed() {
    float[][] good = {{1, 2}, {3, 4}};
    requireRefused(new float[][] {{1, 2}}, good, "a (1) must be at least two rows");
    requireRefused(good, new float[][] {{1, 2}}, "b (1) must be at least two rows");
    requireRefused(good, new float[][] {{1}, {2}}, "a has rows of width 2 and b of 1");
    requireRefused(
        good, new float[][] {{1, 2}, {Float.NaN, 1}}, "b, row 1, number 0 (NaN) must be finite");
    requireRefused(new float[][] {}, good, "a (0) must be at least one row");
  }

  private static void requireRefused(float[][] a, float[][] b, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrechetDistance.between(a, b))
        .withMessageContaining(message);
  }

  @Test
  void covarianceIsUnbiasedAndSumsGiveTheSame() {
    float[][] rows = {{2, 5}, {0, 1}};
    FrechetDistance.Sums sums = new FrechetDistance.Sums(new double[] {1, 3});
    for (float[] row : rows) {
      sums.add(row);
    }

    for (FrechetDistance.Gaussian gaussian :
        List.of(FrechetDistance.Gaussian.fit(rows), sums.gaussian())) {
      assertThat(gaussian.mean()).containsExactly(1, 3);
      assertThat(gaussian.covariance().data).containsExactly(2, 4, 4, 8);
    }
  }
}
