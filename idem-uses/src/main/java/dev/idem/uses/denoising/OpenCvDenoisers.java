package dev.idem.uses.denoising;

import dev.idem.api.algebra.Shape;
import dev.idem.eval.metrics.RestorationMetrics;
import dev.idem.uses.EightBits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * OpenCV's denoisers as maps of images in [-1, 1], channel by channel on eight bits a value:
 * non-local means (Buades, Coll and Morel, IPOL 2011) and total variation (the primal-dual
 * algorithm of Chambolle and Pock, 2011, for the L1 distance). OpenCV runs on one thread, so that
 * results repeat.
 */
final class OpenCvDenoisers {

  private static final double[] NLM_STRENGTHS = {30, 50, 70, 90, 110, 130, 160, 200};
  private static final int PATCH = 3;
  private static final int[] SEARCH = {11, 21};
  private static final double[] TV_WEIGHTS = {0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.3};
  private static final int[] TV_ITERATIONS = {30, 100};
  private static final double RANGE = 2;

  private final Shape shape;

  /** A denoiser of one plane of eight bits. */
  private interface Plane {
    void denoise(Mat from, Mat to);
  }

  /**
   * The denoisers of images of a shape.
   *
   * @param shape [h, w, c]
   * @throws IllegalStateException if OpenCV's native library cannot be loaded
   */
  OpenCvDenoisers(Shape shape) {
    this.shape = shape;
    try {
      opencv_core.setNumThreads(1);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "OpenCV's native library cannot be loaded (%s); put org.bytedeco:opencv and org.bytedeco:openblas with the classifier of this platform on the class path"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Non-local means, of the strength and search window that restore {@code noisy} best. */
  UnaryOperator<float[][]> nonLocalMeans(float[][] noisy, float[][] clean) {
    List<UnaryOperator<float[][]>> grid = new ArrayList<>();
    for (double strength : NLM_STRENGTHS) {
      for (int search : SEARCH) {
        grid.add(nonLocalMeans(strength, search));
      }
    }
    return best(grid, noisy, clean);
  }

  /**
   * Non-local means.
   *
   * @param strength h, in levels of 256
   * @param search side of the search window, odd
   */
  UnaryOperator<float[][]> nonLocalMeans(double strength, int search) {
    return images ->
        mapped(
            images,
            (from, to) ->
                opencv_photo.fastNlMeansDenoising(from, to, (float) strength, PATCH, search));
  }

  /** Total variation, of the weight and the number of iterations that restore best. */
  UnaryOperator<float[][]> totalVariation(float[][] noisy, float[][] clean) {
    List<UnaryOperator<float[][]>> grid = new ArrayList<>();
    for (double weight : TV_WEIGHTS) {
      for (int iterations : TV_ITERATIONS) {
        grid.add(totalVariation(weight, iterations));
      }
    }
    return best(grid, noisy, clean);
  }

  /**
   * Total variation.
   *
   * @param weight lambda, of the distance to the image: less smooths more
   * @param iterations positive
   */
  UnaryOperator<float[][]> totalVariation(double weight, int iterations) {
    return images ->
        mapped(
            images,
            (from, to) -> {
              try (MatVector one = new MatVector(from)) {
                opencv_photo.denoise_TVL1(one, to, weight, iterations);
              }
            });
  }

  private static UnaryOperator<float[][]> best(
      List<UnaryOperator<float[][]>> grid, float[][] noisy, float[][] clean) {
    UnaryOperator<float[][]> best = grid.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (UnaryOperator<float[][]> denoiser : grid) {
      double ratio = RestorationMetrics.peakSignalToNoise(denoiser.apply(noisy), clean, RANGE);
      if (ratio > highest) {
        highest = ratio;
        best = denoiser;
      }
    }
    return best;
  }

  private float[][] mapped(float[][] images, Plane plane) {
    int height = shape.dimension(0);
    int width = shape.dimension(1);
    int channels = shape.last();
    float[][] denoised = new float[images.length][shape.size()];
    byte[] levels = new byte[height * width];
    try (Mat from = new Mat(height, width, opencv_core.CV_8UC1)) {
      for (int i = 0; i < images.length; i++) {
        for (int channel = 0; channel < channels; channel++) {
          for (int p = 0; p < levels.length; p++) {
            levels[p] = (byte) EightBits.level(images[i][p * channels + channel]);
          }
          put(from, levels);
          try (Mat to = new Mat()) {
            plane.denoise(from, to);
            get(to, levels);
          }
          for (int p = 0; p < levels.length; p++) {
            denoised[i][p * channels + channel] = EightBits.value(Byte.toUnsignedInt(levels[p]));
          }
        }
      }
    }
    return denoised;
  }

  /** Both matrices are of one piece, without gaps between rows. */
  private static void put(Mat matrix, byte[] levels) {
    try (BytePointer data = matrix.data()) {
      data.put(levels);
    }
  }

  private static void get(Mat matrix, byte[] levels) {
    try (BytePointer data = matrix.data()) {
      data.get(levels);
    }
  }
}
