package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NearestRealTest {

  private static final float[][] REAL = {{0, 0}, {10, 0}, {0, 10}};

  @Test
  void copiesOfRealSamplesAreAtDistanceZero() {
    assertThat(NearestReal.medianDistance(new float[][] {{10, 0}, {10, 0}}, REAL)).isZero();
  }

  @Test
  void theMedianOverSamplesOfTheDistanceToTheNearest() {
    assertThat(NearestReal.medianDistance(new float[][] {{1, 0}, {13, 4}, {0, 12}}, REAL))
        .isCloseTo(2, within(1e-12));
    assertThat(NearestReal.medianDistance(new float[][] {{1, 0}, {13, 4}}, REAL))
        .isCloseTo(3, within(1e-12));
  }

  @Test
  void rowsThatDoNotGoTogetherAreNamed() {
    assertThatThrownBy(() -> NearestReal.medianDistance(new float[][] {{1}}, REAL))
        .hasMessage("samples have width 1 and real samples 2; they must be equal");
    assertThatThrownBy(() -> NearestReal.medianDistance(new float[][] {{Float.NaN, 0}}, REAL))
        .hasMessageContaining("samples");
  }
}
