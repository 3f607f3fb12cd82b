package dev.idem.generative.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.noise.SpectralNoise.PlaneTransform;
import dev.idem.generative.noise.SpectralNoise.RunningMoments;
import dev.idem.models.data.LabeledImages;
import dev.idem.models.data.Mnist;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpectralNoiseTest {

  private static final int HEIGHT = 4;
  private static final int WIDTH = 5;
  private static final SyntheticImages IMAGES =
      new SyntheticImages(Shape.of(HEIGHT, WIDTH, 2), 30, 100, 3);

  private final NoiseSource noise = IMAGES.noise(NoiseKind.SPECTRAL);

  @Test
  void withoutDeviationEverySampleIsTheMeanImage() {
    Map<String, float[]> statistics = new LinkedHashMap<>(noise.statistics());
    statistics.put("realDeviation", new float[IMAGES.shape().size()]);
    statistics.put("imaginaryDeviation", new float[IMAGES.shape().size()]);
    float[] sample = NoiseKind.SPECTRAL.restore(IMAGES.shape(), statistics).batch(1, 0, 2)[1];
    double[] mean = SyntheticImages.mean(IMAGES.all());
    assertThat(doubles(sample)).containsExactly(mean, within(1e-5));
  }

  /** Within six standard errors of each pixel. */
  @Test
  void theMeanOfTheDrawsIsTheMeanImage() {
    float[][] draws = noise.batch(1, 0, 5_000);
    double[] expected = SyntheticImages.mean(IMAGES.all());
    double[] mean = SyntheticImages.mean(draws);
    double[][] covariance = SyntheticImages.covariance(draws);
    for (int j = 0; j < mean.length; j++) {
      assertThat(mean[j])
          .isCloseTo(expected[j], within(6 * Math.sqrt(covariance[j][j] / draws.length)));
    }
  }

  /**
   * |F(k) - mean|^2 of a draw is exponentially distributed, with a relative standard error of 1 /
   * sqrt(n) of its mean (of sqrt(2 / n) where F(k) is real); within six of the larger.
   */
  @Test
  void theVarianceOfAFrequencyIsHalfThatOfTheImagesAndAllOfItWhereTheSpectrumIsReal() {
    double[] ofImages = variances(IMAGES.all(), IMAGES.shape());
    float[][] draws = noise.batch(1, 0, 5_000);
    double[] ofDraws = variances(draws, IMAGES.shape());
    for (int at = 0; at < IMAGES.shape().size(); at++) {
      double expected = (isReal(at) ? 1 : 0.5) * ofImages[at];
      assertThat(ofDraws[at] / expected).isCloseTo(1, within(6 * Math.sqrt(2.0 / draws.length)));
    }
  }

  @Property(tries = 20)
  void imagesShiftedAroundHaveTheSamePowerSpectrum(
      @ForAll @IntRange(min = 0, max = HEIGHT - 1) int down,
      @ForAll @IntRange(min = 0, max = WIDTH - 1) int right) {
    SpectralNoise shifted =
        SpectralNoise.estimate(
            IMAGES.shape(), IMAGES.count(), i -> shifted(IMAGES.image(i), down, right));
    for (String part : new String[] {"Mean", "Deviation"}) {
      assertThat(power(shifted, part)).containsExactly(power(noise, part), within(1e-3));
    }
  }

  /**
   * Parseval: the energy of an image is that of its spectrum divided by h w. Within six standard
   * errors.
   */
  @Test
  void theEnergyOfTheDrawsIsThatOfTheStoredDeviations() {
    double[] power = power(noise, "Deviation");
    double expected = 0;
    for (int at = 0; at < power.length; at++) {
      expected += (isReal(at) ? 1 : 0.5) * power[at] / (HEIGHT * WIDTH);
    }
    double[] mean = SyntheticImages.mean(IMAGES.all());
    RunningMoments energy = new RunningMoments(1);
    for (float[] draw : noise.batch(2, 0, 5_000)) {
      double sum = 0;
      for (int j = 0; j < mean.length; j++) {
        sum += (draw[j] - mean[j]) * (draw[j] - mean[j]);
      }
      energy.add(new double[] {sum});
    }
    assertThat((double) energy.mean()[0])
        .isCloseTo(expected, within(6 * energy.deviation()[0] / Math.sqrt(5_000)));
  }

  @Test
  void deviationsHaveTheDivisorOfASample() {
    SpectralNoise two = SpectralNoise.estimate(Shape.of(1, 1, 1), 2, i -> new float[] {3 + 4 * i});
    assertThat(statistic(two, "realMean")).containsExactly(5);
    assertThat(statistic(two, "realDeviation")).containsExactly((float) Math.sqrt(8));
    assertThat(statistic(two, "imaginaryDeviation")).containsExactly(0);
  }

  /** Within six standard errors; the margin of a digit stays dark. */
  @Test
  void digitsAreBrightInTheMiddleOfTheirNoise() {
    LabeledImages digits = Mnist.embedded().trainingImages();
    NoiseSource source = SpectralNoise.estimate(digits.shape(), 500, digits::image);
    float[][] draws = source.batch(1, 0, 500);
    float[][] images = new float[500][];
    Arrays.setAll(images, digits::image);
    double[] expected = SyntheticImages.mean(images);
    double[] mean = SyntheticImages.mean(draws);
    for (int j = 0; j < mean.length; j++) {
      double square = 0;
      for (float[] draw : draws) {
        square += (draw[j] - mean[j]) * (draw[j] - mean[j]) / draws.length;
      }
      assertThat(mean[j]).isCloseTo(expected[j], within(6 * Math.sqrt(square / draws.length)));
    }
    assertThat(mean[14 * 28 + 14] - mean[0]).isGreaterThan(0.5);
  }

  /** Whether the frequency at this index of [h, w, 2] is its own negative. */
  private static boolean isReal(int at) {
    int row = at / 2 / WIDTH;
    int column = at / 2 % WIDTH;
    return 2 * row % HEIGHT == 0 && 2 * column % WIDTH == 0;
  }

  /** The variance of each frequency [h, w, c], with the divisor count - 1. */
  private static double[] variances(float[][] images, Shape shape) {
    int channels = shape.last();
    PlaneTransform transform = new PlaneTransform(shape.dimension(0), shape.dimension(1));
    RunningMoments real = new RunningMoments(shape.size());
    RunningMoments imaginary = new RunningMoments(shape.size());
    for (float[] image : images) {
      double[] re = new double[image.length];
      double[] im = new double[image.length];
      for (int channel = 0; channel < channels; channel++) {
        double[] plane = new double[2 * image.length / channels];
        for (int p = 0; p < plane.length / 2; p++) {
          plane[2 * p] = image[p * channels + channel];
        }
        transform.forward(plane);
        for (int p = 0; p < plane.length / 2; p++) {
          re[p * channels + channel] = plane[2 * p];
          im[p * channels + channel] = plane[2 * p + 1];
        }
      }
      real.add(re);
      imaginary.add(im);
    }
    return squares(doubles(real.deviation()), doubles(imaginary.deviation()));
  }

  private static double[] power(NoiseSource source, String part) {
    return squares(
        doubles(statistic(source, "real" + part)), doubles(statistic(source, "imaginary" + part)));
  }

  private static double[] squares(double[] a, double[] b) {
    double[] squares = new double[a.length];
    Arrays.setAll(squares, i -> a[i] * a[i] + b[i] * b[i]);
    return squares;
  }

  private static float[] shifted(float[] image, int down, int right) {
    float[] shifted = new float[image.length];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int to = ((y + down) % HEIGHT) * WIDTH + (x + right) % WIDTH;
        System.arraycopy(image, 2 * (y * WIDTH + x), shifted, 2 * to, 2);
      }
    }
    return shifted;
  }

  private static float[] statistic(NoiseSource source, String name) {
    Map<String, float[]> statistics = source.statistics();
    return Require.known(statistics.get(name), "statistic", name, statistics.keySet());
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }
}
