package dev.idem.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.metrics.RestorationMetrics.Restoration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorationMetricsTest {

  private static final RestorationMetrics METRICS = RestorationMetrics.of(12, 13, 1, 1);

  private static float[][] constant(int images, float value) {
    float[][] rows = new float[images][12 * 13];
    Arrays.stream(rows).forEach(row -> Arrays.fill(row, value));
    return rows;
  }

  @Test
  void constantImagesHaveTheirErrorRatioAndLuminanceTerm() {
    Restoration result = METRICS.measure(x -> x, constant(2, 0.5f), constant(2, 0.25f)).get(0);

    double c1 = 0.0001;
    assertThat(result.averageMeanSquaredError()).isCloseTo(0.0625, within(1e-12));
    assertThat(result.averagePeakSignalToNoise()).isCloseTo(10 * Math.log10(16), within(1e-9));
    assertThat(result.averageStructuralSimilarity())
        .isCloseTo((2 * 0.125 + c1) / (0.25 + 0.0625 + c1), within(1e-9));
    assertThat(result.labelKeptShare()).isEmpty();
  }

  @Test
  void eachApplicationIsMeasuredAfterTheDegradedImages() {
    // f halves the distance to zero.
    List<Restoration> results =
        METRICS.measure(Maps.each(v -> v / 2), constant(1, 0.8f), constant(1, 0));

    assertThat(results.stream().map(Restoration::applications)).containsExactly(0, 1, 2, 3);
    assertThat(results.get(0).averageMeanSquaredError()).isCloseTo(0.64, within(1e-6));
    assertThat(results.get(1).averageMeanSquaredError()).isCloseTo(0.16, within(1e-6));
    assertThat(results.get(3).averageMeanSquaredError()).isCloseTo(0.01, within(1e-6));
    assertThat(results.get(3).averagePeakSignalToNoise()).isCloseTo(20, within(1e-4));
  }

  @Test
  void exactRestorationHasNoErrorAndSimilarityOne() {
    float[][] clean = Maps.normal(1, 3, 12 * 13);
    Restoration result = METRICS.measure(x -> clean, Maps.normal(2, 3, 12 * 13), clean).get(1);

    assertThat(result.averageMeanSquaredError()).isZero();
    assertThat(result.averagePeakSignalToNoise()).isInfinite();
    assertThat(result.averageStructuralSimilarity()).isEqualTo(1);
  }

  @Test
  void similarityIsExactlyOneForEqualImagesAndNeverLarger() {
    StructuralSimilarity similarity = new StructuralSimilarity(16, 17, 3, 2);
    for (float size : new float[] {1e-6f, 0.3f, 1, 300, 1e6f}) {
      for (float[] x : Maps.normal(3, 20, 16 * 17 * 3)) {
        for (int i = 0; i < x.length; i++) {
          x[i] = size * (1 + x[i]);
        }
        assertThat(similarity.of(x, x.clone())).as("size %s", size).isEqualTo(1);
        float[] near = x.clone();
        near[100] = Math.nextUp(near[100]);
        assertThat(similarity.of(x, near)).as("size %s", size).isBetween(-1.0, 1.0);
      }
    }
  }

  @Test
  void labelsKeptAreCounted() {
    LabelClassifier bright =
        LabelClassifier.of(
            2,
            x ->
                Arrays.stream(x)
                    .map(row -> row[0] > 0.5 ? new float[] {0, 1} : new float[] {1, 0})
                    .toArray(float[][]::new));
    float[][] clean = {constant(1, 0.9f)[0], constant(1, 0.1f)[0]};
    List<Restoration> results =
        METRICS.withClassifier(bright).measure(Maps.each(v -> v / 2), clean, clean);

    assertThat(results.get(0).labelKeptShare()).hasValue(1);
    assertThat(results.get(1).labelKeptShare()).hasValue(0.5);
    assertThat(results.get(1).labelKept()).containsExactly(false, true);
  }

  @Test
  void similarityIsThatOfTheFormulaTakenWindowByWindow() {
    StructuralSimilarity similarity = new StructuralSimilarity(13, 12, 2, 2);
    float[] x = Maps.normal(1, 1, 13 * 12 * 2)[0];
    float[] y = Maps.normal(2, 1, 13 * 12 * 2)[0];
    for (int i = 0; i < y.length; i++) {
      y[i] = 0.7f * x[i] + 0.3f * y[i] + 0.1f;
    }

    double expected = (direct(x, y, 13, 12, 2, 0) + direct(x, y, 13, 12, 2, 1)) / 2;
    assertThat(similarity.of(x, y)).isCloseTo(expected, within(1e-9));
    assertThat(similarity.of(y, x)).isCloseTo(expected, within(1e-9));
  }

  /** By two-dimensional windows and central moments, range 2. */
  private static double direct(float[] x, float[] y, int h, int w, int channels, int channel) {
    double total = 0;
    int windows = 0;
    for (int top = 0; top + 11 <= h; top++) {
      for (int left = 0; left + 11 <= w; left++) {
        double norm = 0;
        double mx = 0;
        double my = 0;
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (int pass = 0; pass < 2; pass++) {
          for (int i = 0; i < 11; i++) {
            for (int j = 0; j < 11; j++) {
              double weight = Math.exp(-((i - 5) * (i - 5) + (j - 5) * (j - 5)) / 4.5);
              int at = ((top + i) * w + left + j) * channels + channel;
              if (pass == 0) {
                norm += weight;
                mx += weight * x[at];
                my += weight * y[at];
              } else {
                sxx += weight / norm * (x[at] - mx) * (x[at] - mx);
                syy += weight / norm * (y[at] - my) * (y[at] - my);
                sxy += weight / norm * (x[at] - mx) * (y[at] - my);
              }
            }
          }
          if (pass == 0) {
            mx /= norm;
            my /= norm;
          }
        }
        double c1 = 0.0004;
        double c2 = 0.0036;
        total +=
            (2 * mx * my + c1) * (2 * sxy + c2) / ((mx * mx + my * my + c1) * (sxx + syy + c2));
        windows++;
      }
    }
    return total / windows;
  }

  @Test
  void badImagesAreNamed() {
    float[][] good = constant(2, 0.5f);
    requireRefused(x -> x, good, constant(3, 0), "degraded images [2][156] and clean images [3]");
    requireRefused(x -> x, new float[0][], good, "degraded images (0)");
    requireRefused(
        Maps.each(v -> Double.NaN),
        good,
        good,
        "f^1 of the degraded images, row 0, number 0 (NaN)");
    requireRefused(x -> x, new float[2][7], new float[2][7], "image x has 7 numbers; 12 x 13 x 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestorationMetrics.of(8, 28, 1, 1))
        .withMessageContaining("images of 8 x 28 are smaller than the window of 11 x 11");
  }

  private static void requireRefused(
      java.util.function.UnaryOperator<float[][]> f,
      float[][] degraded,
      float[][] clean,
      String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> METRICS.measure(f, degraded, clean))
        .withMessageContaining(message);
  }

  @Test
  void equalImagesAreWhollySimilarConstantOnesToo() {
    StructuralSimilarity similarity = new StructuralSimilarity(16, 16, 1, 2);
    for (int level = -100; level <= 100; level++) {
      float[] image = new float[256];
      Arrays.fill(image, level / 100f);
      assertThat(similarity.of(image, image.clone())).as("level %s", level).isEqualTo(1);
    }
  }
}
