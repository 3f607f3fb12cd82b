package dev.idem.generative.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.noise.StoredStatistics.CheckedImages;
import dev.idem.models.data.LabeledImages;
import dev.idem.models.data.Mnist;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CovarianceNoiseTest {

  private static final Shape SHAPE = Shape.of(4, 3, 2);

  @Property(tries = 30)
  void theFactorsReproduceTheCovarianceOfTheImages(
      @ForAll @IntRange(min = 1, max = 30) int rank,
      @ForAll @IntRange(min = 2, max = 50) int count,
      @ForAll @IntRange(min = 0, max = 1_000) int seed) {
    SyntheticImages images = new SyntheticImages(SHAPE, rank, count, seed);
    PrincipalFactors principal =
        PrincipalFactors.ofCovariance(CheckedImages.all(SHAPE, count, images::image));
    double[][] covariance = SyntheticImages.covariance(images.all());
    assertThat(principal.factors().length).isLessThanOrEqualTo(Math.min(rank, count - 1));
    double[] mean = SyntheticImages.mean(images.all());
    for (int i = 0; i < mean.length; i++) {
      assertThat(principal.mean()[i]).isCloseTo((float) mean[i], within(1e-6f));
      for (int j = 0; j < mean.length; j++) {
        double sum = 0;
        for (float[] factor : principal.factors()) {
          sum += factor[i] * factor[j];
        }
        assertThat(sum).isCloseTo(covariance[i][j], within(1e-5 * largest(covariance)));
      }
    }
  }

  @Property(tries = 30)
  void innerProductsGiveTheSameFactorsAsTheCovariance(
      @ForAll @IntRange(min = 1, max = 30) int rank,
      @ForAll @IntRange(min = 2, max = 50) int count,
      @ForAll @IntRange(min = 0, max = 1_000) int seed) {
    SyntheticImages synthetic = new SyntheticImages(SHAPE, rank, count, seed);
    CheckedImages images = CheckedImages.all(SHAPE, count, synthetic::image);
    double[][] first = products(PrincipalFactors.ofCovariance(images).factors());
    double[][] second = products(PrincipalFactors.ofInnerProducts(images).factors());
    for (int i = 0; i < first.length; i++) {
      assertThat(second[i]).containsExactly(first[i], within(1e-5 * largest(first)));
    }
  }

  @Test
  void factorsAreOrthogonalLargestFirstAndOfFixedSign() {
    SyntheticImages images = new SyntheticImages(SHAPE, 30, 300, 5);
    float[][] factors =
        PrincipalFactors.ofCovariance(CheckedImages.all(SHAPE, 300, images::image)).factors();
    assertThat(factors).hasDimensions(24, 24);
    for (int i = 0; i < factors.length; i++) {
      assertThat(largestMagnitude(factors[i])).isPositive();
      for (int k = 0; k < i; k++) {
        assertThat(dot(factors[i], factors[k])).isCloseTo(0, within(1e-5));
        assertThat(dot(factors[i], factors[i])).isLessThanOrEqualTo(dot(factors[k], factors[k]));
      }
    }
  }

  /**
   * Standard errors over n draws: sqrt(c_ii / n) of a mean, sqrt((c_ii c_jj + c_ij^2) / n) of a
   * covariance; within six of them.
   */
  @Test
  void drawsHaveTheMeanAndCovarianceOfTheImages() {
    SyntheticImages images = new SyntheticImages(SHAPE, 30, 200, 5);
    float[][] draws = images.noise(NoiseKind.COVARIANCE).batch(1, 0, 5_000);
    double[] mean = SyntheticImages.mean(images.all());
    double[][] c = SyntheticImages.covariance(images.all());
    double[] drawnMean = SyntheticImages.mean(draws);
    double[][] drawn = SyntheticImages.covariance(draws);
    for (int i = 0; i < mean.length; i++) {
      assertThat(drawnMean[i]).isCloseTo(mean[i], within(6 * Math.sqrt(c[i][i] / draws.length)));
      for (int j = 0; j < mean.length; j++) {
        double error = Math.sqrt((c[i][i] * c[j][j] + c[i][j] * c[i][j]) / draws.length);
        assertThat(drawn[i][j]).isCloseTo(c[i][j], within(6 * error));
      }
    }
  }

  @Property(tries = 20)
  void drawsStayInThePlaneOfTheImages(
      @ForAll @IntRange(min = 1, max = 6) int rank,
      @ForAll @IntRange(min = 8, max = 60) int count) {
    SyntheticImages images = new SyntheticImages(SHAPE, rank, count, 11);
    CovarianceNoise noise = CovarianceNoise.estimate(SHAPE, count, images::image);
    assertThat(noise.rank()).isEqualTo(rank);
    List<double[]> basis = orthonormal(images);
    for (float[] draw : noise.heldOut(1, 20)) {
      double[] rest = difference(draw, images.image(0));
      basis.forEach(direction -> removeFrom(rest, direction));
      assertThat(rest).containsExactly(new double[rest.length], within(1e-4));
    }
  }

  @Test
  void ofLargeImagesThatAreManyOnlyAThousandAreReadEvenlySpaced() {
    Shape large = Shape.of(2_049);
    List<Integer> read = new ArrayList<>();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CovarianceNoise.estimate(
                    large,
                    4_096,
                    i -> {
                      read.add(i);
                      return new float[i < 4_092 ? 2_049 : 1];
                    }))
        .withMessage("image 4092 has 1 numbers; shape [2049] needs 2049");
    assertThat(read).isEqualTo(IntStream.range(0, 1_024).mapToObj(i -> 4 * i).toList());
  }

  @Test
  void aLargeImageNeedsNoMatrixOfItsSize() {
    Shape large = Shape.of(64, 64, 3);
    SyntheticImages images = new SyntheticImages(large, 3, 12, 2);
    NoiseSource noise = images.noise(NoiseKind.COVARIANCE);
    assertThat(noise.description())
        .isEqualTo("covariance noise, [64, 64, 3], rank 3, from 12 images");
    assertThat(noise.batch(1, 0, 2)).hasDimensions(2, 12_288);
  }

  /** The sum of the variances over 784 pixels is known to a few percent from 500 draws. */
  @Test
  void noiseOfDigitsHasTheirMeanAndTheirVariance() {
    LabeledImages digits = Mnist.embedded().trainingImages();
    float[][] images = new float[400][];
    Arrays.setAll(images, digits::image);
    CovarianceNoise noise = CovarianceNoise.estimate(digits.shape(), 400, digits::image);
    assertThat(noise.rank()).isBetween(300, 399);
    float[][] draws = noise.batch(1, 0, 500);
    double[] mean = SyntheticImages.mean(images);
    double[] drawnMean = SyntheticImages.mean(draws);
    double[] variance = variance(images, mean);
    double[] drawnVariance = variance(draws, drawnMean);
    for (int j = 0; j < mean.length; j++) {
      assertThat(drawnMean[j])
          .isCloseTo(mean[j], within(6 * Math.sqrt(variance[j] / draws.length) + 1e-6));
    }
    assertThat(Arrays.stream(drawnVariance).sum() / Arrays.stream(variance).sum())
        .isCloseTo(1, within(0.06));
  }

  private static double[] variance(float[][] samples, double[] mean) {
    double[] variance = new double[mean.length];
    for (float[] sample : samples) {
      for (int j = 0; j < mean.length; j++) {
        variance[j] += (sample[j] - mean[j]) * (sample[j] - mean[j]) / (samples.length - 1);
      }
    }
    return variance;
  }

  /** The sum of f f' over factors f. */
  private static double[][] products(float[][] factors) {
    double[][] products = new double[SHAPE.size()][SHAPE.size()];
    for (float[] factor : factors) {
      for (int i = 0; i < factor.length; i++) {
        for (int j = 0; j < factor.length; j++) {
          products[i][j] += factor[i] * factor[j];
        }
      }
    }
    return products;
  }

  /** An orthonormal basis of the differences of images (Gram and Schmidt). */
  private static List<double[]> orthonormal(SyntheticImages images) {
    List<double[]> basis = new ArrayList<>();
    for (int i = 1; i <= images.rank(); i++) {
      double[] direction = difference(images.image(i), images.image(0));
      basis.forEach(earlier -> removeFrom(direction, earlier));
      basis.forEach(earlier -> removeFrom(direction, earlier));
      double norm = Math.sqrt(Arrays.stream(direction).map(v -> v * v).sum());
      Arrays.setAll(direction, j -> direction[j] / norm);
      basis.add(direction);
    }
    return basis;
  }

  private static double[] difference(float[] a, float[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, j -> a[j] - b[j]);
    return difference;
  }

  private static void removeFrom(double[] vector, double[] direction) {
    double along = 0;
    for (int j = 0; j < vector.length; j++) {
      along += vector[j] * direction[j];
    }
    for (int j = 0; j < vector.length; j++) {
      vector[j] -= along * direction[j];
    }
  }

  private static double largest(double[][] covariance) {
    return IntStream.range(0, covariance.length).mapToDouble(i -> covariance[i][i]).max().orElse(0);
  }

  private static float largestMagnitude(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    return largest;
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }

  @Property(tries = 40)
  void imagesOfNextToNoRankHaveTheirCovariance(@ForAll @IntRange(min = 2, max = 130) int count) {
    Shape shape = Shape.of(28, 28, 1);
    float[] black = new float[shape.size()];
    float[] white = new float[shape.size()];
    Arrays.fill(black, -1);
    Arrays.fill(white, 1);

    NoiseSource noise =
        NoiseKind.COVARIANCE.estimate(shape, count, i -> i % 2 == 0 ? black : white);

    for (float[] sample : noise.batch(1, 0, 3)) {
      for (float value : sample) {
        assertThat(value).isCloseTo(sample[0], within(1e-4f));
      }
    }
  }
}
