package dev.idem.eval.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.Maps;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemorisationTest {

  private static final float[][] TRAINING = Maps.normal(1, 200, 8);
  private static final float[][] HELD_OUT = Maps.normal(2, 200, 8);

  @Test
  void plantedCopiesOfTrainingSamplesAreCaughtAndNamed() {
    float[][] copies = Arrays.copyOfRange(TRAINING, 50, 150);
    Memorisation.Report report = new Memorisation(TRAINING, 0.05).report(HELD_OUT, copies);

    assertThat(report.share()).isEqualTo(1);
    assertThat(report.medianRatio()).isZero();
    assertThat(report.nearest().index()[7]).isEqualTo(57);
    assertThat(report.nearest().distance()).containsOnly(0);
  }

  @Test
  void freshSamplesOfTheDistributionAreAsNearAsHeldOutOnes() {
    float[][] fresh = Maps.normal(3, 200, 8);
    Memorisation.Report report = new Memorisation(TRAINING, 0.1).report(HELD_OUT, fresh);

    assertThat(report.share()).isCloseTo(0.1, within(0.08));
    assertThat(report.medianRatio()).isCloseTo(1, within(0.1));
  }

  @Test
  void theThresholdIsTheHeldOutSamplesQuantile() {
    float[][] training = Clouds.line(0);
    Memorisation half = new Memorisation(training, 0.5);

    // Held-out distances 1, 2, 3, 4: half do not exceed 2.
    Memorisation.Report report = half.report(Clouds.line(1, 2, 3, -4), Clouds.line(0.5, 2, 2.5));
    assertThat(report.threshold()).isEqualTo(2);
    assertThat(report.share()).isEqualTo(2 / 3.0);
    assertThat(report.medianDistance()).isEqualTo(2);
    assertThat(report.realMedianDistance()).isEqualTo(2.5);
    assertThat(half.measure(Clouds.line(1, 2, 3, -4), Clouds.line(0.5, 2, 2.5))).isEqualTo(2 / 3.0);
  }

  @Test
  void aShareOfAWholeNumberOfSamplesHasExactlyThatManyUpToItsThreshold() {
    for (int samples : new int[] {25, 50, 100, 200}) {
      double[] distances = new double[samples];
      for (int i = 0; i < samples; i++) {
        distances[i] = i + 1;
      }
      float[][] heldOut = Clouds.line(distances);
      for (int count = 1; count < samples; count++) {
        // 0.07 of 100 is 7, though the product of the two in double precision is more.
        double share = (double) count / samples;
        assertThat(new Memorisation(Clouds.line(0), share).report(heldOut, heldOut).threshold())
            .as("%s of %s", share, samples)
            .isEqualTo(count);
      }
    }
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Memorisation(TRAINING, 1))
        .withMessageContaining("quantile (1.0) must be between 0 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Memorisation(new float[0][], 0.1))
        .withMessageContaining("training samples (0) must be at least one row");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Memorisation(TRAINING, 0.1).measure(Clouds.line(1), Clouds.line(1)))
        .withMessageContaining("width");
  }
}
