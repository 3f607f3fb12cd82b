package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClassMetricsTest {

  /** One row a label. */
  private static float[][] of(int classes, int... labels) {
    float[][] rows = new float[labels.length][classes];
    for (int i = 0; i < labels.length; i++) {
      rows[i][labels[i]] = 1;
    }
    return rows;
  }

  @Test
  void coverageIsTheShareOfRealClassesThatAreGenerated() {
    float[][] real = of(4, 0, 1, 2, 2);

    assertThat(ClassMetrics.Coverage.defaults().measure(real, of(4, 0, 0, 2, 3)))
        .isEqualTo(2 / 3.0);
    assertThat(ClassMetrics.Coverage.defaults().measure(real, real)).isEqualTo(1);
    assertThat(ClassMetrics.Coverage.defaults().measure(real, of(4, 3, 3, 3, 3))).isZero();
  }

  @Test
  void aStraySampleCoversNoClass() {
    int[] labels = new int[100];
    labels[0] = 1;
    float[][] generated = of(2, labels);

    assertThat(ClassMetrics.Coverage.defaults().measure(of(2, 0, 1), generated)).isEqualTo(0.5);
    assertThat(new ClassMetrics.Coverage(0.01).measure(of(2, 0, 1), generated)).isEqualTo(1);
  }

  @Test
  void entropyIsThatOfTheClassesFrequencies() {
    float[][] real = of(4, 0, 1, 2, 3);

    assertThat(new ClassMetrics.Entropy().measure(real, real))
        .isCloseTo(Math.log(4), within(1e-12));
    assertThat(new ClassMetrics.Entropy().measure(real, of(4, 1, 1, 1))).isZero();
    assertThat(new ClassMetrics.Entropy().measure(real, of(4, 0, 0, 0, 1)))
        .isCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), within(1e-12));
  }

  @Test
  void samplesThatLookLikeAllClassesAtOnceHaveNoVariety() {
    float[][] blurred = new float[20][4];
    Arrays.stream(blurred).forEach(row -> Arrays.fill(row, 0.25f));

    assertThat(new ClassMetrics.Entropy().measure(of(4, 0, 1, 2, 3), blurred)).isZero();
    assertThat(ClassMetrics.Coverage.defaults().measure(of(4, 0, 1, 2, 3), blurred))
        .isEqualTo(0.25);
  }

  @Test
  void realSamplesOfOneClassAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClassMetrics.Entropy().measure(of(3, 2, 2), of(3, 0, 1)))
        .withMessageContaining(
            "all 2 real samples are of class 2; take real samples of at least two classes");
    assertThatIllegalArgumentException().isThrownBy(() -> new ClassMetrics.Coverage(0));
  }

  @Test
  void aClassOfExactlyTheLeastShareIsCovered() {
    for (int tenths = 10; tenths <= 90; tenths += 10) {
      float[][] real = of(2, labels(tenths, 100 - tenths));
      float[][] generated = of(2, labels(tenths, 1_000 - tenths));

      assertThat(ClassMetrics.Coverage.defaults().measure(real, generated))
          .as("%s of 100, %s of 1000", tenths, tenths)
          .isEqualTo(1);
    }
    assertThat(new ClassMetrics.Coverage(1).measure(of(2, labels(6, 14)), of(2, labels(3, 7))))
        .isEqualTo(1);
  }

  @Test
  void samplesOfOneClassHaveNoEntropyHoweverMany() {
    for (int samples = 1; samples < 50; samples++) {
      assertThat(new ClassMetrics.Entropy().measure(of(2, 0, 1), of(2, labels(samples, 0))))
          .isEqualTo(0.0);
    }
  }

  /** So many 0, then so many 1. */
  private static int[] labels(int zeros, int ones) {
    int[] labels = new int[zeros + ones];
    Arrays.fill(labels, zeros, labels.length, 1);
    return labels;
  }
}
