package dev.idem.generative.degradation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.generative.degradation.Degradation.AdditiveNoise;
import dev.idem.generative.degradation.Degradation.Blur;
import dev.idem.generative.degradation.Degradation.GreyScale;
import dev.idem.generative.degradation.Degradation.Mask;
import dev.idem.generative.degradation.Degradation.SaltAndPepper;
import dev.idem.generative.degradation.Degradation.Sketch;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DegradationsTest {

  private static final Shape COLOUR = Shape.of(30, 26, 3);
  private static final Shape GREY = Shape.of(30, 26, 1);

  private static float[][] images(int n, Shape shape) {
    RandomGenerator random = RandomStreams.stream(5, "images", 0);
    float[][] images = new float[n][shape.size()];
    for (float[] image : images) {
      for (int i = 0; i < image.length; i++) {
        image[i] = 2 * random.nextFloat() - 1;
      }
    }
    return images;
  }

  static Stream<String> names() {
    return Degradation.names().stream();
  }

  @Test
  void theFourHaveTheSettingsOfTheirSource() {
    assertThat(Degradation.all().values())
        .containsExactly(new AdditiveNoise(0.15), new GreyScale(), new Sketch(21), new Mask(0.4));
    assertThat(Degradation.names()).containsExactly("noise", "grey", "sketch", "mask");
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSameSeedDegradesAlikeAndTheImagesAreLeftAsTheyWere(String name) {
    Degradation degradation = Degradation.named(name);
    float[][] images = images(4, COLOUR);
    float[][] before = Arrays.stream(images).map(float[]::clone).toArray(float[][]::new);
    float[][] degraded = degradation.apply(images, COLOUR, 8);
    assertThat(degraded)
        .hasDimensions(4, COLOUR.size())
        .isDeepEqualTo(degradation.apply(images, COLOUR, 8));
    assertThat(images).isDeepEqualTo(before);
    assertThat(degraded).isNotEqualTo(before);
    // An image's fate does not hang on how many follow it.
    assertThat(degradation.apply(new float[][] {images[0]}, COLOUR, 8)[0]).isEqualTo(degraded[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "mask"})
  void whatIsRandomDiffersBetweenSeedsAndImages(String name) {
    Degradation degradation = Degradation.named(name);
    float[] image = images(1, GREY)[0];
    float[][] twins = degradation.apply(new float[][] {image, image}, GREY, 1);
    assertThat(twins[0]).isNotEqualTo(twins[1]);
    assertThat(degradation.apply(new float[][] {image}, GREY, 2)[0]).isNotEqualTo(twins[0]);
  }

  @Test
  void noiseHasMeanZeroAndItsDeviation() {
    float[][] images = images(40, COLOUR);
    float[][] degraded = new AdditiveNoise(0.15).apply(images, COLOUR, 3);
    double sum = 0;
    double squares = 0;
    int count = 40 * COLOUR.size();
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < COLOUR.size(); j++) {
        double added = degraded[i][j] - images[i][j];
        sum += added;
        squares += added * added;
      }
    }
    assertThat(sum / count).isCloseTo(0, within(0.003));
    assertThat(Math.sqrt(squares / count)).isCloseTo(0.15, within(0.003));
  }

  @Test
  void greyIsTheLumaOnEveryChannel() {
    float[] degraded =
        new GreyScale()
            .apply(new float[][] {{1, -1, -1, 0.5f, 0.5f, 0.5f}}, Shape.of(1, 2, 3), 1)[0];
    float luma = 0.299f - 0.587f - 0.114f;
    assertThat(degraded)
        .containsExactly(new float[] {luma, luma, luma, 0.5f, 0.5f, 0.5f}, within(1e-6f));
    assertThatThrownBy(() -> new GreyScale().apply(images(1, GREY), GREY, 1))
        .hasMessageContaining("degradation 'grey' is for coloured images");
  }

  /** The formula as it is written, two-dimensional and without tricks. */
  @Test
  void sketchIsLightOverItsBlurLessOne() {
    int height = COLOUR.dimension(0);
    int width = COLOUR.dimension(1);
    float[] image = images(1, COLOUR)[0];
    float[] degraded = new Sketch(21).apply(new float[][] {image}, COLOUR, 1)[0];
    double[] g = new double[height * width];
    for (int p = 0; p < g.length; p++) {
      g[p] = 0.299 * image[3 * p] + 0.587 * image[3 * p + 1] + 0.114 * image[3 * p + 2] + 1;
    }
    double deviation = 3.5;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double blurred = 0;
        double weights = 0;
        for (int dy = -10; dy <= 10; dy++) {
          for (int dx = -10; dx <= 10; dx++) {
            double weight = Math.exp(-(dy * dy + dx * dx) / (2 * deviation * deviation));
            blurred += weight * g[reflected(y + dy, height) * width + reflected(x + dx, width)];
            weights += weight;
          }
        }
        double expected = g[y * width + x] / (blurred / weights + 1e-10) - 1;
        double clipped = Math.max(-1, Math.min(1, expected));
        for (int c = 0; c < 3; c++) {
          assertThat((double) degraded[3 * (y * width + x) + c]).isCloseTo(clipped, within(1e-5));
        }
      }
    }
  }

  private static int reflected(int at, int extent) {
    int from = Math.abs(at);
    return from < extent ? from : 2 * (extent - 1) - from;
  }

  @Test
  void sketchOfAnEvenImageIsZeroAndOfABlackOneFinite() {
    float[][] even = new float[2][GREY.size()];
    Arrays.fill(even[0], 0.3f);
    Arrays.fill(even[1], -1);
    float[][] degraded = new Sketch(21).apply(even, GREY, 1);
    for (int i = 0; i < GREY.size(); i++) {
      assertThat(degraded[0][i]).isCloseTo(0, within(1e-6f));
      assertThat(degraded[1][i]).isEqualTo(-1);
    }
  }

  @Test
  void sketchBringsOutLinesOfSmallImages() {
    float[] image = new float[9 * 9];
    Arrays.fill(image, -0.5f);
    image[4 * 9 + 4] = 1;
    float[] degraded = new Sketch(21).apply(new float[][] {image}, Shape.of(9, 9, 1), 1)[0];
    assertThat(degraded[4 * 9 + 4]).isEqualTo(1);
    assertThat(degraded[0]).isNegative();
  }

  @Test
  void maskIsASquareOfZerosAndNothingElse() {
    float[][] images = images(20, COLOUR);
    float[][] degraded = new Mask(0.4).apply(images, COLOUR, 2);
    int side = Math.round(0.4f * 26);
    for (int i = 0; i < 20; i++) {
      int changed = 0;
      int top = 30;
      int bottom = 0;
      int left = 26;
      int right = 0;
      for (int p = 0; p < 30 * 26; p++) {
        if (degraded[i][3 * p] != images[i][3 * p]) {
          changed++;
          top = Math.min(top, p / 26);
          bottom = Math.max(bottom, p / 26);
          left = Math.min(left, p % 26);
          right = Math.max(right, p % 26);
          assertThat(Arrays.copyOfRange(degraded[i], 3 * p, 3 * p + 3)).containsOnly(0f);
        }
      }
      assertThat(changed).isEqualTo(side * side);
      assertThat(bottom - top + 1).isEqualTo(side);
      assertThat(right - left + 1).isEqualTo(side);
    }
  }

  @Test
  void saltAndPepperSetWholePixelsToEitherEnd() {
    float[][] images = images(20, COLOUR);
    float[][] degraded = new SaltAndPepper(0.2).apply(images, COLOUR, 2);
    assertThat(degraded).isDeepEqualTo(new SaltAndPepper(0.2).apply(images, COLOUR, 2));
    int salt = 0;
    int pepper = 0;
    for (int i = 0; i < 20; i++) {
      for (int p = 0; p < 30 * 26; p++) {
        float[] pixel = Arrays.copyOfRange(degraded[i], 3 * p, 3 * p + 3);
        float[] before = Arrays.copyOfRange(images[i], 3 * p, 3 * p + 3);
        if (!Arrays.equals(pixel, before)) {
          assertThat(pixel).containsOnly(pixel[0] > 0 ? 1f : -1f);
          salt += pixel[0] > 0 ? 1 : 0;
          pepper += pixel[0] > 0 ? 0 : 1;
        }
      }
    }
    assertThat(salt / (20.0 * 30 * 26)).isBetween(0.09, 0.11);
    assertThat(pepper / (20.0 * 30 * 26)).isBetween(0.09, 0.11);
  }

  @Test
  void blurSpreadsAPointAsAGaussianAndKeepsEvenImages() {
    float[] image = new float[21 * 21];
    image[10 * 21 + 10] = 1;
    float[] degraded = new Blur(1).apply(image, Shape.of(21, 21, 1), 1, 0);
    double sum = 0;
    double variance = 0;
    for (int p = 0; p < image.length; p++) {
      sum += degraded[p];
      variance += degraded[p] * Math.pow(p % 21 - 10, 2);
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    assertThat(variance).isBetween(0.95, 1.0);
    float[] even = new float[COLOUR.size()];
    Arrays.fill(even, 0.3f);
    assertThat(new Blur(2).apply(even, COLOUR, 1, 0)).containsExactly(even, within(1e-6f));
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new SaltAndPepper(0)).hasMessage("share (0.0) must be in (0, 1]");
    assertThatThrownBy(() -> new Blur(0)).hasMessage("deviation (0.0) must be in (0, 1000]");
    assertThatThrownBy(() -> new Blur(1e9)).hasMessage("deviation (1.0E9) must be in (0, 1000]");
    assertThatThrownBy(() -> new AdditiveNoise(0)).hasMessage("deviation (0.0) must be positive");
    assertThatThrownBy(() -> new Sketch(20)).hasMessage("kernel (20) must be odd, positive");
    assertThatThrownBy(() -> new Mask(1.1)).hasMessage("share (1.1) must be in (0, 1]");
    assertThatThrownBy(() -> Degradation.named("blur"))
        .hasMessageContaining("blur")
        .hasMessageContaining("noise, grey, sketch, mask");
  }
}
