package dev.idem.generative.noise;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.generative.noise.StoredStatistics.CheckedImages;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jtransforms.fft.DoubleFFT_1D;

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
final class SpectralNoise implements NoiseSource {

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

  /** From the statistics of a source. */
  SpectralNoise(Shape shape, Map<String, float[]> statistics) {
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

  /** From images, read once; standard deviations with the divisor count - 1. */
  static SpectralNoise estimate(Shape shape, int count, IntFunction<float[]> images) {
    requireImage(shape);
    CheckedImages checked = CheckedImages.all(shape, count, images);
    PlaneTransform transform = new PlaneTransform(shape.dimension(0), shape.dimension(1));
    int channels = shape.last();
    RunningMoments real = new RunningMoments(shape.size());
    RunningMoments imaginary = new RunningMoments(shape.size());
    double[] realPart = new double[shape.size()];
    double[] imaginaryPart = new double[shape.size()];
    double[] plane = new double[2 * (shape.size() / channels)];
    for (int i = 0; i < count; i++) {
      float[] image = checked.image(i);
      for (int channel = 0; channel < channels; channel++) {
        for (int p = 0, at = channel; at < image.length; p++, at += channels) {
          plane[2 * p] = image[at];
          plane[2 * p + 1] = 0;
        }
        transform.forward(plane);
        for (int p = 0, at = channel; at < image.length; p++, at += channels) {
          realPart[at] = plane[2 * p];
          imaginaryPart[at] = plane[2 * p + 1];
        }
      }
      real.add(realPart);
      imaginary.add(imaginaryPart);
    }
    Require.argument(
        real.vary() || imaginary.vary(),
        "all %s images are the same; noise needs some that differ",
        count);
    return new SpectralNoise(
        shape,
        Map.of(
            REAL_MEAN,
            real.mean(),
            REAL_DEVIATION,
            real.deviation(),
            IMAGINARY_MEAN,
            imaginary.mean(),
            IMAGINARY_DEVIATION,
            imaginary.deviation(),
            StoredStatistics.IMAGES,
            new float[] {count}));
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
    Map<String, float[]> statistics = new LinkedHashMap<>();
    statistics.put(REAL_MEAN, realMean.clone());
    statistics.put(REAL_DEVIATION, realDeviation.clone());
    statistics.put(IMAGINARY_MEAN, imaginaryMean.clone());
    statistics.put(IMAGINARY_DEVIATION, imaginaryDeviation.clone());
    statistics.put(StoredStatistics.IMAGES, new float[] {images});
    return statistics;
  }

  @Override
  public float[] mean() {
    return sample(() -> 0);
  }

  @Override
  public float[][] draw(RandomGenerator random, int size) {
    float[][] samples = new float[Require.positive("size", size)][];
    Arrays.setAll(samples, i -> sample(random::nextGaussian));
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

  private static void requireImage(Shape shape) {
    Require.argument(shape.rank() == 3, "shape %s must be [height, width, channels]", shape);
  }

  /**
   * The discrete Fourier transform of a plane [h, w] of complex numbers, in place; real and
   * imaginary parts alternate. Forward F(u, v) = sum over (y, x) of f(y, x) exp(-2 pi i (u y / h +
   * v x / w)), inverse with the factor 1 / (h w).
   *
   * <p>Rows first, then columns, rather than by the library's transform of two dimensions: that one
   * changes its own fields while it works, starts threads that outlive the caller for planes of
   * 65,536 numbers, and refuses a size of 1. The transform of one dimension uses no threads below
   * 8,192.
   */
  static final class PlaneTransform {

    private final int height;
    private final int width;
    private final DoubleFFT_1D alongRow;
    private final DoubleFFT_1D alongColumn;

    PlaneTransform(int height, int width) {
      this.height = height;
      this.width = width;
      this.alongRow = new DoubleFFT_1D(width);
      this.alongColumn = new DoubleFFT_1D(height);
    }

    void forward(double[] plane) {
      for (int y = 0; y < height; y++) {
        alongRow.complexForward(plane, 2 * width * y);
      }
      columns(plane, alongColumn::complexForward);
    }

    void inverse(double[] plane) {
      for (int y = 0; y < height; y++) {
        alongRow.complexInverse(plane, 2 * width * y, true);
      }
      columns(plane, column -> alongColumn.complexInverse(column, true));
    }

    private void columns(double[] plane, Consumer<double[]> transform) {
      double[] column = new double[2 * height];
      for (int x = 0; x < width; x++) {
        for (int y = 0; y < height; y++) {
          System.arraycopy(plane, 2 * (width * y + x), column, 2 * y, 2);
        }
        transform.accept(column);
        for (int y = 0; y < height; y++) {
          System.arraycopy(column, 2 * y, plane, 2 * (width * y + x), 2);
        }
      }
    }
  }

  /**
   * Mean and standard deviation of each of {@code width} values, in one pass: Welford's recurrence,
   * which does not lose a small standard deviation beside a large mean.
   */
  static final class RunningMoments {

    private final double[] mean;
    private final double[] squares;
    private long count;

    RunningMoments(int width) {
      this.mean = new double[width];
      this.squares = new double[width];
    }

    void add(double[] values) {
      count++;
      for (int i = 0; i < mean.length; i++) {
        double before = values[i] - mean[i];
        mean[i] += before / count;
        squares[i] += before * (values[i] - mean[i]);
      }
    }

    /** Whether any number differed from one set of values to another. */
    boolean vary() {
      return Arrays.stream(squares).anyMatch(square -> square > 0);
    }

    float[] mean() {
      return StoredStatistics.rounded(mean);
    }

    /** With the divisor count - 1. */
    float[] deviation() {
      float[] deviation = new float[squares.length];
      for (int i = 0; i < deviation.length; i++) {
        deviation[i] = (float) Math.sqrt(squares[i] / (count - 1));
      }
      return deviation;
    }
  }
}
