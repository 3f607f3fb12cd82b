package dev.idem.generative.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelsTest {

  private static final float HALF_RANGE = 127.5f;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyByteSurvivesTheWayThroughAPicture(int channels) {
    Shape shape = Shape.of(16, 16, channels);
    float[] sample = new float[shape.size()];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = ((i / channels + 85 * (i % channels)) % 256) / HALF_RANGE - 1;
    }
    assertThat(Pixels.sample(Pixels.picture(sample, shape), shape))
        .containsExactly(sample, within(1e-6f));
  }

  @Test
  void channelsAreRedGreenBlueAndRowsComeFirst() {
    Shape shape = Shape.of(2, 3, 3);
    float[] sample = new float[shape.size()];
    Arrays.fill(sample, -1);
    sample[3 * 5] = 1; // row 1, column 2, red
    BufferedImage picture = Pixels.picture(sample, shape);
    assertThat(picture.getWidth()).isEqualTo(3);
    assertThat(picture.getHeight()).isEqualTo(2);
    assertThat(picture.getRGB(2, 1) & 0xffffff).isEqualTo(0xff0000);
    assertThat(picture.getRGB(1, 1) & 0xffffff).isZero();
  }

  @Test
  void greyOfAColourIsItsLuma() {
    BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, 0xff0000);
    picture.setRGB(1, 0, 0x00ff00);
    picture.setRGB(2, 0, 0x0000ff);
    assertThat(Pixels.sample(picture, Shape.of(1, 3, 1)))
        .containsExactly(
            new float[] {2 * 0.299f - 1, 2 * 0.587f - 1, 2 * 0.114f - 1}, within(1e-6f));
  }

  @Test
  void whatLiesOutsideIsDrawnAsTheNearerEnd() {
    BufferedImage picture = Pixels.picture(new float[] {-7, 1.2f, 0}, Shape.of(1, 3, 1));
    assertThat(picture.getRGB(0, 0) & 0xff).isZero();
    assertThat(picture.getRGB(1, 0) & 0xff).isEqualTo(255);
    assertThat(picture.getRGB(2, 0) & 0xff).isEqualTo(128);
  }

  @Test
  void aSampleThatIsNotFiniteIsNotDrawnAsBlack() {
    assertThatThrownBy(() -> Pixels.picture(new float[] {0, Float.NaN}, Shape.of(1, 2, 1)))
        .hasMessage("a sample that holds NaN cannot be drawn: f has diverged");
  }

  @Test
  void otherSizesAreNamed() {
    assertThatThrownBy(() -> Pixels.picture(new float[5], Shape.of(2, 2, 1)))
        .hasMessage("sample of 5 values is not an image of shape [2, 2, 1]");
    assertThatThrownBy(() -> Pixels.picture(new float[8], Shape.of(2, 2, 2)))
        .hasMessage("shape [2, 2, 2] must be [height, width, 1] or [height, width, 3]");
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> Pixels.sample(picture, Shape.of(3, 2, 1)))
        .hasMessage("an image of 3 x 2 pixels is not of shape [3, 2, 1]");
  }
}
