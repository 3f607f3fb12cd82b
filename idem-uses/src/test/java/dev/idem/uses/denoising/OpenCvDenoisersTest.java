package dev.idem.uses.denoising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.eval.metrics.RestorationMetrics;
import dev.idem.models.data.Mnist;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OpenCvDenoisersTest {

  private final NoisyImages use = new NoisyImages(Mnist.embedded(), Integer.MAX_VALUE);
  private final OpenCvDenoisers denoisers = new OpenCvDenoisers(use.data().shape());
  private final float[][] clean = use.images().heldOut(1, 6);
  private final float[][] noisy = use.data().heldOut(1, 6);

  private static double decibels(float[][] images, float[][] clean) {
    return RestorationMetrics.peakSignalToNoise(images, clean, NoisyImages.RANGE);
  }

  @Test
  void aConstantImageStaysAsItIs() {
    float[][] flat = new float[1][use.data().shape().size()];
    Arrays.fill(flat[0], 0.2f);
    float[] expected = new float[flat[0].length];
    Arrays.fill(expected, 0.2f);
    assertThat(denoisers.nonLocalMeans(50, 11).apply(flat)[0])
        .containsExactly(expected, within(0.01f));
    assertThat(denoisers.totalVariation(1, 30).apply(flat)[0])
        .containsExactly(expected, within(0.01f));
  }

  @Test
  void chosenStrengthsTakeNoiseAway() {
    double before = decibels(noisy, clean);
    assertThat(decibels(denoisers.nonLocalMeans(noisy, clean).apply(noisy), clean))
        .isGreaterThan(before + 3);
    assertThat(decibels(denoisers.totalVariation(noisy, clean).apply(noisy), clean))
        .isGreaterThan(before + 3);
  }

  @Test
  void theyRepeat() {
    assertThat(denoisers.nonLocalMeans(90, 21).apply(noisy))
        .isDeepEqualTo(denoisers.nonLocalMeans(90, 21).apply(noisy));
    assertThat(denoisers.totalVariation(0.7, 30).apply(noisy))
        .isDeepEqualTo(denoisers.totalVariation(0.7, 30).apply(noisy));
  }

  @Test
  void channelsAreDenoisedOneByOne() {
    Shape shape = use.data().shape();
    Shape colour = Shape.of(shape.dimension(0), shape.dimension(1), 2);
    float[][] both = new float[1][colour.size()];
    for (int p = 0; p < shape.size(); p++) {
      both[0][2 * p] = noisy[0][p];
      both[0][2 * p + 1] = noisy[1][p];
    }
    float[] together = new OpenCvDenoisers(colour).nonLocalMeans(90, 11).apply(both)[0];
    float[][] alone = denoisers.nonLocalMeans(90, 11).apply(noisy);
    for (int p = 0; p < shape.size(); p++) {
      assertThat(together[2 * p]).isEqualTo(alone[0][p]);
      assertThat(together[2 * p + 1]).isEqualTo(alone[1][p]);
    }
  }
}
