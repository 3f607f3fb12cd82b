package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.Maps;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TwoSampleTestTest {

  private static final TwoSampleTest LINEAR =
      TwoSampleTest.of(TwoSampleTest.Classifier.LOGISTIC_REGRESSION, 1);
  private static final TwoSampleTest TREES =
      TwoSampleTest.of(TwoSampleTest.Classifier.RANDOM_FOREST, 1);

  @Test
  void setsThatLieApartAreDistinguishedEveryTime() {
    float[][] real = Maps.normal(1, 60, 2);
    float[][] generated = Maps.each(v -> v + 20).apply(Maps.normal(2, 60, 2));

    assertThat(LINEAR.measure(real, generated)).isEqualTo(1);
    assertThat(TREES.measure(real, generated)).isEqualTo(1);
  }

  @Test
  void equalDistributionsAreDistinguishedHalfOfTheTime() {
    double[] values =
        IntStream.range(0, 60)
            .mapToDouble(
                seed ->
                    LINEAR.measure(
                        Maps.normal(2L * seed, 40, 2), Maps.normal(2L * seed + 1, 40, 2)))
            .toArray();
    double mean = IntStream.range(0, 60).mapToDouble(i -> values[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, 60).mapToDouble(i -> Math.pow(values[i] - mean, 2)).sum() / 60;

    assertThat(mean).isCloseTo(0.5, within(3 * Math.sqrt(variance / 60)));
  }

  @Test
  void treesSeeAShapeThatALineDoesNot() {
    float[][] real = Maps.normal(1, 200, 2);
    float[][] generated = Maps.each(v -> 3 * v).apply(Maps.normal(2, 200, 2));

    assertThat(LINEAR.measure(real, generated)).isBetween(0.3, 0.65);
    assertThat(TREES.measure(real, generated)).isGreaterThan(0.75);
  }

  @Test
  void theSameSeedGivesTheSameNumberAndSurplusSamplesAreLeftOut() {
    float[][] real = Maps.normal(1, 70, 3);
    float[][] generated = Maps.each(v -> v + 0.5).apply(Maps.normal(2, 50, 3));

    double value = LINEAR.measure(real, generated);
    assertThat(LINEAR.measure(real, generated)).isEqualTo(value);
    // 50 of each are judged: their share is a whole number of hundredths.
    assertThat(value * 100).isCloseTo(Math.rint(value * 100), within(1e-9));
    assertThat(TREES.measure(real, generated)).isEqualTo(TREES.measure(real, generated));
  }

  @Test
  void constantFeaturesAreNoObstacle() {
    float[][] real = Maps.projection(3, 1).apply(Maps.normal(1, 40, 3));
    float[][] generated =
        Maps.projection(3, 1).apply(Maps.each(v -> v + 20).apply(Maps.normal(2, 40, 3)));

    assertThat(LINEAR.measure(real, generated)).isEqualTo(1);
  }

  @Test
  void tooFewSamplesAndASetOfNoneAreRefused() {
    float[][] few = Maps.normal(1, 9, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LINEAR.measure(few, Maps.normal(2, 40, 2)))
        .withMessageContaining(
            "9 real and 40 generated samples are too few for 5 folds; take at least 10 of each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LINEAR.measure(few, new float[0][]))
        .withMessageContaining("generated samples (0) must be at least one row");
  }
}
