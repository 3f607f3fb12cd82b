package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.Maps;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DiversityTest {

  private static final float[][] REAL = Maps.normal(1, 80, 30);

  private static Diversity measure(float[][] samples) {
    return Diversity.measure(samples, REAL, 40);
  }

  @Property(tries = 10, seed = "1")
  void realSamplesAreAsDiverseAsOtherRealOnes(@ForAll long seed) {
    Diversity report = measure(Maps.normal(seed, 80, 30));

    assertThat(report.diverse()).isTrue();
    assertThat(report.rankShare()).isCloseTo(1, within(0.1));
    assertThat(report.pairShare()).isCloseTo(1, within(0.4));
  }

  @Test
  void setBesideItselfHasAShareOfOne() {
    assertThat(measure(REAL).rankShare()).isEqualTo(1);
    assertThat(measure(REAL).pairShare()).isEqualTo(1);
  }

  @Test
  void oneOutputForAllIsNotDiverse() {
    float[][] constant = new float[80][];
    Arrays.fill(constant, REAL[0]);

    Diversity report = measure(constant);

    assertThat(report.effectiveRank()).isZero();
    assertThat(report.closestPair()).isZero();
    assertThat(report.diverse()).isFalse();
  }

  @Test
  void twoPatternsAreNotDiverse() {
    float[][] two = new float[80][];
    Arrays.setAll(two, i -> REAL[i % 2]);

    Diversity report = measure(two);

    assertThat(report.effectiveRank()).isCloseTo(1, within(1e-9));
    assertThat(report.diverse()).isFalse();
  }

  @Test
  void neitherNumberSufficesAlone() {
    float[][] jitter = Maps.each(v -> 5 + 1e-3 * v).apply(REAL);
    float[][] line = new float[80][30];
    Arrays.setAll(line, i -> Maps.each(v -> 100 * (i + 1) * v).apply(new float[][] {REAL[0]})[0]);

    assertThat(measure(jitter).rankShare()).isGreaterThan(0.9);
    assertThat(measure(jitter).diverse()).isFalse();
    assertThat(measure(line).pairShare()).isGreaterThan(0.9);
    assertThat(measure(line).diverse()).isFalse();
  }

  @Test
  void thresholdsDecide() {
    Diversity half = new Diversity(5, 10, 2, 4);

    assertThat(half.diverse()).isTrue();
    assertThat(new Diversity(4.99, 10, 2, 4).diverse()).isFalse();
    assertThat(new Diversity(5, 10, 1.99, 4).diverse()).isFalse();
    assertThat(half.diverse(0.51, 0.5)).isFalse();
    assertThat(half.diverse(0.5, 0.51)).isFalse();
  }

  @Test
  void closestPairIsTheLeastDistance() {
    float[][] rows = {{0, 0}, {10, 0}, {13, 4}, {-7, 0}};

    assertThat(Diversity.closestPair(rows)).isEqualTo(5);
    assertThat(Diversity.closestPair(new float[][] {{1}, {2}, {1}})).isZero();
  }

  @Test
  void onlyTheFirstRowsAreSearchedForTheClosestPair() {
    float[][] samples = Arrays.copyOf(REAL, 80);
    samples[79] = samples[78];

    assertThat(Diversity.measure(samples, REAL, 79).closestPair()).isPositive();
    assertThat(Diversity.measure(samples, REAL, 80).closestPair()).isZero();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    requireRefused(
        Maps.normal(2, 79, 30), REAL, 40, "samples [79][30] and real samples [80][30] must have");
    requireRefused(REAL, REAL, 1, "pairSamples (1) must be from 2 to 80");
    requireRefused(REAL, REAL, 81, "pairSamples (81) must be from 2 to 80");
    float[][] twins = Arrays.copyOf(REAL, 80);
    twins[1] = twins[0];
    requireRefused(REAL, twins, 40, "two real samples are equal");
    requireRefused(REAL, new float[80][30], 40, "the real samples do not vary");
    float[][] broken = Arrays.stream(REAL).map(float[]::clone).toArray(float[][]::new);
    broken[3][2] = Float.NaN;
    requireRefused(broken, REAL, 40, "samples, row 3, number 2 (NaN) must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Diversity.closestPair(new float[][] {{1}}))
        .withMessage("samples (1) must be at least two rows");
  }

  private static void requireRefused(float[][] samples, float[][] real, int pairs, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Diversity.measure(samples, real, pairs))
        .withMessageContaining(message);
  }
}
