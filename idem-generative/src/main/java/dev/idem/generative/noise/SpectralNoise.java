package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Noise with the spectrum of images [h, w, c]: for each frequency k of each channel's discrete
 * Fourier transform F, Re F(k) and Im F(k) are drawn independently from normal distributions with
 * their mean and standard deviation over the images; z is the real part of the inverse transform
 * (Shocher et al., Idempotent Generative Network, ICLR 2024).
 *
 * <p>The expectation of z is the mean image. The deviations at k and at -k are drawn independently,
 * although those of an image are conjugate, so that one half of their energy goes to the imaginary
 * part, which is dropped: the variance of F(k) under z is half that under the images, and all of it
 * where k = -k (the mean; for an even size also the highest frequency). Correlations between
 * frequencies and between channels are lost. Forward transforms are sums, without a factor.
 */
public final class SpectralNoise implements NoiseSource {

  private static final String REAL_MEAN = "realMean";
  private static final String REAL_DEVIATION = "realDeviation";
  private static final String IMAGINARY_MEAN = "imaginaryMean";
  private static final String IMAGINARY_DEVIATION = "imaginaryDeviation";

  private final Shape shape;
  private final int images;
  private final float[] realMean;
  private final float[] realDeviation;
  private final float[] imaginaryMean;
  private final float[] imaginaryDeviation;
  private final PlaneTransform transform;

  private SpectralNoise(Shape shape, Map<String, float[]> statistics) {
    requireImage(shape);
    StoredStatistics.requireNames(
        NoiseKind.SPECTRAL,
        statistics,
        REAL_MEAN,
        REAL_DEVIATION,
        IMAGINARY_MEAN,
        IMAGINARY_DEVIATION,
        StoredStatistics.IMAGES);
    int size = shape.size();
    this.shape = shape;
    this.images = StoredStatistics.images(statistics);
    this.realMean = StoredStatistics.finite(statistics, REAL_MEAN, size);
    this.realDeviation = StoredStatistics.notNegative(statistics, REAL_DEVIATION, size);
    this.imaginaryMean = StoredStatistics.finite(statistics, IMAGINARY_MEAN, size);
    this.imaginaryDeviation = StoredStatistics.notNegative(statistics, IMAGINARY_DEVIATION, size);
    this.transform = new PlaneTransform(shape.dimension(0), shape.dimension(1));
  }

  /**
   * The spectrum of images, read once; standard deviations with the divisor count - 1.
   *
   * @param shape [h, w, c] of one image
   * @param count the number of images, at least 2
   * @param images the image at each index in [0, count), row-major
   * @throws IllegalArgumentException if there are fewer than two images, one has another size than
   *     {@code shape} or a number that is not finite, or all are the same
   */
  public static SpectralNoise estimate(Shape shape, int count, IntFunction<float[]> images) {
    requireImage(shape);
    CheckedImages checked = CheckedImages.all(shape, count, images);
    PlaneTransform transform = new PlaneTransform(shape.dimension(0), shape.dimension(1));
    int size = shape.size();
    RunningMoments real = new RunningMoments(size);
    RunningMoments imaginary = new RunningMoments(size);
    double[] realPart = new double[size];
    double[] imaginaryPart = new double[size];
    for (int i = 0; i < count; i++) {
      transform(checked.image(i), shape, transform, realPart, imaginaryPart);
      real.add(realPart);
      imaginary.add(imaginaryPart);
    }
    Require.argument(
        real.vary() || imaginary.vary(),
        "all %s images are the same; noise needs some that differ",
        count);
    return new SpectralNoise(
        shape,
        named(real.mean(), real.deviation(), imaginary.mean(), imaginary.deviation(), count));
  }

  static SpectralNoise restore(Shape shape, Map<String, float[]> statistics) {
    return new SpectralNoise(shape, statistics);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public NoiseKind kind() {
    return NoiseKind.SPECTRAL;
  }

  /**
   * {@code realMean}, {@code realDeviation}, {@code imaginaryMean}, {@code imaginaryDeviation},
   * each [h, w, c] over frequencies, and {@code images}, their number.
   */
  @Override
  public Map<String, float[]> statistics() {
    return named(
        realMean.clone(),
        realDeviation.clone(),
        imaginaryMean.clone(),
        imaginaryDeviation.clone(),
        images);
  }

  @Override
  public float[] mean() {
    return sample(() -> 0);
  }

  @Override
  public float[][] draw(RandomGenerator random, int size) {
    float[][] samples = new float[Require.positive("size", size)][];
    for (int i = 0; i < size; i++) {
      samples[i] = sample(random::nextGaussian);
    }
    return samples;
  }

  private float[] sample(DoubleSupplier normal) {
    float[] sample = new float[shape.size()];
    double[] plane = new double[2 * (shape.size() / shape.last())];
    for (int channel = 0; channel < shape.last(); channel++) {
      for (int p = 0, at = channel; at < sample.length; p++, at += shape.last()) {
        plane[2 * p] = realMean[at] + realDeviation[at] * normal.getAsDouble();
        plane[2 * p + 1] = imaginaryMean[at] + imaginaryDeviation[at] * normal.getAsDouble();
      }
      transform.inverse(plane);
      for (int p = 0, at = channel; at < sample.length; p++, at += shape.last()) {
        sample[at] = (float) plane[2 * p];
      }
    }
    return sample;
  }

  /** Such as {@code spectral noise, [28, 28, 1], from 9000 images}. */
  @Override
  public String description() {
    return "spectral noise, " + shape + ", from " + images + " images";
  }

  @Override
  public String toString() {
    return description();
  }

  private static void transform(
      float[] image,
      Shape shape,
      PlaneTransform transform,
      double[] realPart,
      double[] imaginaryPart) {
    double[] plane = new double[2 * (image.length / shape.last())];
    for (int channel = 0; channel < shape.last(); channel++) {
      for (int p = 0, at = channel; at < image.length; p++, at += shape.last()) {
        plane[2 * p] = image[at];
        plane[2 * p + 1] = 0;
      }
      transform.forward(plane);
      for (int p = 0, at = channel; at < image.length; p++, at += shape.last()) {
        realPart[at] = plane[2 * p];
        imaginaryPart[at] = plane[2 * p + 1];
      }
    }
  }

  private static Map<String, float[]> named(
      float[] realMean,
      float[] realDeviation,
      float[] imaginaryMean,
      float[] imaginaryDeviation,
      int images) {
    Map<String, float[]> statistics = new LinkedHashMap<>();
    statistics.put(REAL_MEAN, realMean);
    statistics.put(REAL_DEVIATION, realDeviation);
    statistics.put(IMAGINARY_MEAN, imaginaryMean);
    statistics.put(IMAGINARY_DEVIATION, imaginaryDeviation);
    statistics.put(StoredStatistics.IMAGES, new float[] {images});
    return statistics;
  }

  private static void requireImage(Shape shape) {
    Require.argument(shape.rank() == 3, "shape %s must be [height, width, channels]", shape);
  }
}
