package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NearestRealTest {

  private static final float[][] REAL = {{0, 0}, {10, 0}, {0, 10}};

  @Test
  void copiesOfRealSamplesAreAtDistanceZero() {
    assertThat(NearestReal.of(new float[][] {{10, 0}, {10, 0}}, REAL).medianDistance()).isZero();
  }

  @Test
  void theMedianOverSamplesOfTheDistanceToTheNearest() {
    assertThat(NearestReal.of(new float[][] {{1, 0}, {13, 4}, {0, 12}}, REAL).medianDistance())
        .isCloseTo(2, within(1e-12));
    assertThat(NearestReal.of(new float[][] {{1, 0}, {13, 4}}, REAL).medianDistance())
        .isCloseTo(3, within(1e-12));
  }

  @Test
  void rowsThatDoNotGoTogetherAreNamed() {
    assertThatThrownBy(() -> NearestReal.of(new float[][] {{1}}, REAL).medianDistance())
        .hasMessage("samples have width 1 and real samples 2; they must be equal");
    assertThatThrownBy(() -> NearestReal.of(new float[][] {{Float.NaN, 0}}, REAL).medianDistance())
        .hasMessageContaining("samples");
  }
}
