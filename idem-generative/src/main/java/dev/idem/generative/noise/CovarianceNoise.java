package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.generative.noise.NoiseSource.WhiteNoise;
import dev.idem.generative.noise.PrincipalFactors.LinearCombinations;
import dev.idem.generative.noise.StoredStatistics.CheckedImages;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Normal noise with the mean and covariance of images: z = mean + sum over i of g_i factor_i, g ~
 * N(0, I), where factor_i is the i-th eigenvector of the covariance times the square root of its
 * eigenvalue, largest first. Eigenvalues of at most 1e-7 times the largest count as zero.
 *
 * <p>Images of up to 2,048 numbers: the sample covariance of all of them, with the divisor count -
 * 1. Of larger ones at most 1,024, evenly spaced over all, so that the rank is at most 1,023 and no
 * [n, n] matrix is needed: z then stays in the plane that those images span.
 */
@SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
record CovarianceNoise(Shape shape, int images, float[] mean, float[][] factors)
    implements NoiseSource {

  private static final String MEAN = "mean";
  private static final String FACTORS = "factors";
  private static final int LARGEST_MATRIX = 2_048;
  private static final int MOST_LARGE_IMAGES = 1_024;

  /**
   * From images, read twice. 9,000 images of 784 values take about two seconds, 1,024 of 12,288
   * about five; work grows with count n^2 + n^3 for small images, with 1,024^2 n for large ones.
   */
  static CovarianceNoise estimate(Shape shape, int count, IntFunction<float[]> images) {
    int size = shape.size();
    CheckedImages all = CheckedImages.all(shape, count, images);
    CheckedImages used = size <= LARGEST_MATRIX ? all : all.atMost(MOST_LARGE_IMAGES);
    PrincipalFactors principal =
        used.count() < size
            ? PrincipalFactors.ofInnerProducts(used)
            : PrincipalFactors.ofCovariance(used);
    float[] mean = StoredStatistics.requireFinite(MEAN, principal.mean());
    for (float[] factor : principal.factors()) {
      StoredStatistics.requireFinite(FACTORS, factor);
    }
    return new CovarianceNoise(shape, used.count(), mean, principal.factors());
  }

  static CovarianceNoise restore(Shape shape, Map<String, float[]> statistics) {
    StoredStatistics.requireNames(
        NoiseKind.COVARIANCE, statistics, MEAN, FACTORS, StoredStatistics.IMAGES);
    int size = shape.size();
    float[] mean = StoredStatistics.finite(statistics, MEAN, size);
    float[] flat = StoredStatistics.finite(statistics, FACTORS);
    Require.argument(
        flat.length > 0 && flat.length % size == 0,
        "statistic '%s' has %s numbers; it must have some, in rows of %s",
        FACTORS,
        flat.length,
        size);
    float[][] factors = new float[flat.length / size][];
    Arrays.setAll(factors, i -> Arrays.copyOfRange(flat, i * size, (i + 1) * size));
    return new CovarianceNoise(shape, StoredStatistics.images(statistics), mean, factors);
  }

  /** The number of factors. */
  int rank() {
    return factors.length;
  }

  @Override
  public NoiseKind kind() {
    return NoiseKind.COVARIANCE;
  }

  /** {@code mean} [n], {@code factors} [rank, n] and {@code images}, the number they are from. */
  @Override
  public Map<String, float[]> statistics() {
    float[] flat = new float[Math.multiplyExact(rank(), mean.length)];
    for (int i = 0; i < factors.length; i++) {
      System.arraycopy(factors[i], 0, flat, i * mean.length, mean.length);
    }
    Map<String, float[]> statistics = new LinkedHashMap<>();
    statistics.put(MEAN, mean.clone());
    statistics.put(FACTORS, flat);
    statistics.put(StoredStatistics.IMAGES, new float[] {images});
    return statistics;
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[][] draw(RandomGenerator random, int size) {
    Require.positive("size", size);
    float[][] coefficients = WhiteNoise.normal(random, size, rank());
    float[][] samples = new float[size][];
    Arrays.setAll(samples, i -> mean.clone());
    LinearCombinations.add(samples, coefficients, factors);
    return samples;
  }

  /** Such as {@code covariance noise, [28, 28, 1], rank 712, from 9000 images}. */
  @Override
  public String description() {
    return "covariance noise, %s, rank %s, from %s images".formatted(shape, rank(), images);
  }

  @Override
  public String toString() {
    return description();
  }
}
