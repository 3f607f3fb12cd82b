package dev.idem.uses.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.eval.metrics.RestorationMetrics;
import dev.idem.models.data.Mnist;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JpegTest {

  private static final Shape SHAPE = Shape.of(28, 28, 1);

  private final float[][] digits = Mnist.embedded().heldOut(1, 20);

  @Test
  void theBestQualityKeepsImagesInTheirPlaces() {
    float[][] read = new Jpeg(SHAPE, 1).apply(digits);
    assertThat(RestorationMetrics.peakSignalToNoise(read, digits, 2)).isGreaterThan(45);
  }

  @Test
  void lessQualityIsFewerBitsAndMoreError() {
    Jpeg coarse = new Jpeg(SHAPE, 0.05f);
    Jpeg fine = new Jpeg(SHAPE, 0.5f);
    assertThat(coarse.bits(digits)).isBetween(50.0, fine.bits(digits) / 2);
    assertThat(RestorationMetrics.peakSignalToNoise(coarse.apply(digits), digits, 2))
        .isLessThan(RestorationMetrics.peakSignalToNoise(fine.apply(digits), digits, 2) - 5);
  }

  @Test
  void blackImagesCostNextToNothing() {
    float[][] black = new float[32][SHAPE.size()];
    for (float[] image : black) {
      Arrays.fill(image, -1);
    }
    // 32 images are 392 blocks, each of at least a bit or two.
    assertThat(new Jpeg(SHAPE, 0.5f).bits(black)).isBetween(10.0, 40.0);
    assertThat(new Jpeg(SHAPE, 0.5f).apply(black)[5][100]).isCloseTo(-1, within(0.02f));
  }

  @Test
  void itRepeats() {
    assertThat(new Jpeg(SHAPE, 0.1f).apply(digits))
        .isDeepEqualTo(new Jpeg(SHAPE, 0.1f).apply(digits));
  }
}
