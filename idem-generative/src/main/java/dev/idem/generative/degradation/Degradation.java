package dev.idem.generative.degradation;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A way to degrade images, to show what projection makes of them. The four of Shocher et al.,
 * Idempotent Generative Network, ICLR 2024, are {@link #all}; others are for tasks of restoration.
 */
public interface Degradation {

  /**
   * Returns a degraded copy of one image.
   *
   * @param image [h w c], in [-1, 1]; not changed
   * @param shape [h, w, c]
   * @param seed of the random part, with {@code index}: always degraded in the same way
   * @return [h w c]
   * @throws IllegalArgumentException if the shape does not suit
   */
  float[] apply(float[] image, Shape shape, long seed, int index);

  /** Returns degraded copies of images [n][h w c], image i with the index i. */
  default float[][] apply(float[][] images, Shape shape, long seed) {
    float[][] degraded = new float[images.length][];
    Arrays.setAll(degraded, i -> apply(images[i], shape, seed, i));
    return degraded;
  }

  /** A description, such as {@code noise of standard deviation 0.15}. */
  String description();

  /**
   * The four by name, with default settings: {@code noise}, {@code grey}, {@code sketch}, {@code
   * mask}.
   */
  static Map<String, Degradation> all() {
    Map<String, Degradation> all = new LinkedHashMap<>();
    all.put("noise", new AdditiveNoise(0.15));
    all.put("grey", new GreyScale());
    all.put("sketch", new Sketch(21));
    all.put("mask", new Mask(0.4));
    return Collections.unmodifiableMap(all);
  }

  /** The names, in order. */
  static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The degradation of that name.
   *
   * @throws IllegalArgumentException with the names, if there is none
   */
  static Degradation named(String name) {
    return Require.known(all().get(name), "degradation", name, all().keySet());
  }

  /**
   * Gaussian noise: x + deviation N(0, I), not clipped.
   *
   * @param deviation standard deviation, positive; images span [-1, 1]
   */
  record AdditiveNoise(double deviation) implements Degradation {

    public AdditiveNoise {
      Require.positive("deviation", deviation);
    }

    @Override
    public float[] apply(float[] image, Shape shape, long seed, int index) {
      RandomGenerator random = RandomStreams.stream(seed, "additive noise", index);
      float[] degraded = image.clone();
      for (int j = 0; j < degraded.length; j++) {
        degraded[j] += (float) (deviation * random.nextGaussian());
      }
      return degraded;
    }

    @Override
    public String description() {
      return "noise of standard deviation " + deviation;
    }
  }

  /** Every channel becomes the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B. */
  record GreyScale() implements Degradation {

    @Override
    public float[] apply(float[] image, Shape shape, long seed, int index) {
      Require.argument(
          shape.rank() == 3 && shape.last() == 3,
          "degradation 'grey' is for coloured images; these are %s, and it would change nothing",
          shape);
      float[] luma = luma(image, 3);
      float[] degraded = new float[image.length];
      for (int j = 0; j < degraded.length; j++) {
        degraded[j] = luma[j / 3];
      }
      return degraded;
    }

    /** One value per pixel. */
    static float[] luma(float[] image, int channels) {
      float[] luma = new float[image.length / channels];
      for (int p = 0; p < luma.length; p++) {
        luma[p] =
            channels == 1
                ? image[p]
                : 0.299f * image[3 * p] + 0.587f * image[3 * p + 1] + 0.114f * image[3 * p + 2];
      }
      return luma;
    }

    @Override
    public String description() {
      return "grey scale";
    }
  }

  /**
   * Edges alone: with g the luma of x + 1, g / (blur(g) + 1e-10) - 1, clipped to [-1, 1], on every
   * channel. The blur is a Gaussian of {@code kernel} pixels along each axis and standard deviation
   * 0.3 ((kernel - 1) / 2 - 1) + 0.8; at the border the image is mirrored. Where a neighbourhood is
   * all black, 0 / 0 counts as 0, and the sketch is -1.
   *
   * @param kernel odd, positive
   */
  record Sketch(int kernel) implements Degradation {

    private static final double TINY = 1e-10;

    public Sketch {
      Require.argument(kernel > 0 && kernel % 2 == 1, "kernel (%s) must be odd, positive", kernel);
    }

    @Override
    public float[] apply(float[] image, Shape shape, long seed, int index) {
      Require.argument(
          shape.rank() == 3 && (shape.last() == 1 || shape.last() == 3),
          "shape %s must be [height, width, 1] or [height, width, 3]",
          shape);
      int height = shape.dimension(0);
      int width = shape.dimension(1);
      int channels = shape.last();
      float[] luma = GreyScale.luma(image, channels);
      double[] g = new double[luma.length];
      for (int p = 0; p < g.length; p++) {
        g[p] = Math.max(0, luma[p] + 1.0);
      }
      double[] blurred = new GaussianBlur(kernel, deviation()).of(g, height, width);
      float[] degraded = new float[image.length];
      for (int j = 0; j < degraded.length; j++) {
        double value = g[j / channels] / (blurred[j / channels] + TINY) - 1;
        degraded[j] = (float) Math.max(-1, Math.min(1, value));
      }
      return degraded;
    }

    private double deviation() {
      return 0.3 * ((kernel - 1) * 0.5 - 1) + 0.8;
    }

    @Override
    public String description() {
      return "sketch, Gaussian of %s pixels".formatted(kernel);
    }
  }

  /**
   * Salt and pepper: each pixel, with all its channels, becomes -1 or 1, with equal chances, with
   * the probability {@code share}.
   *
   * @param share in (0, 1]
   */
  record SaltAndPepper(double share) implements Degradation {

    public SaltAndPepper {
      Require.argument(share > 0 && share <= 1, "share (%s) must be in (0, 1]", share);
    }

    @Override
    public float[] apply(float[] image, Shape shape, long seed, int index) {
      Require.argument(shape.rank() == 3, "shape %s must be [height, width, channels]", shape);
      RandomGenerator random = RandomStreams.stream(seed, "salt and pepper", index);
      float[] degraded = image.clone();
      for (int from = 0; from < degraded.length; from += shape.last()) {
        if (random.nextDouble() < share) {
          Arrays.fill(degraded, from, from + shape.last(), random.nextBoolean() ? 1 : -1);
        }
      }
      return degraded;
    }

    @Override
    public String description() {
      return String.format(Locale.ROOT, "salt and pepper on %.0f %% of the pixels", 100 * share);
    }
  }

  /**
   * A Gaussian blur of each channel, over pixels within three standard deviations along each axis;
   * at the border the image is mirrored.
   *
   * @param deviation standard deviation in pixels, in (0, 1000]
   */
  record Blur(double deviation) implements Degradation {

    public Blur {
      Require.argument(
          deviation > 0 && deviation <= 1_000, "deviation (%s) must be in (0, 1000]", deviation);
    }

    @Override
    public float[] apply(float[] image, Shape shape, long seed, int index) {
      Require.argument(shape.rank() == 3, "shape %s must be [height, width, channels]", shape);
      GaussianBlur blur = new GaussianBlur(2 * (int) Math.ceil(3 * deviation) + 1, deviation);
      int channels = shape.last();
      float[] degraded = new float[image.length];
      for (int channel = 0; channel < channels; channel++) {
        double[] plane = new double[image.length / channels];
        for (int p = 0; p < plane.length; p++) {
          plane[p] = image[p * channels + channel];
        }
        double[] blurred = blur.of(plane, shape.dimension(0), shape.dimension(1));
        for (int p = 0; p < plane.length; p++) {
          degraded[p * channels + channel] = (float) blurred[p];
        }
      }
      return degraded;
    }

    @Override
    public String description() {
      return "Gaussian blur of standard deviation %s pixels".formatted(deviation);
    }
  }

  /**
   * A square at a random place is mid-grey, 0.
   *
   * @param share side of the square over the image's shorter side, in (0, 1]
   */
  record Mask(double share) implements Degradation {

    public Mask {
      Require.argument(share > 0 && share <= 1, "share (%s) must be in (0, 1]", share);
    }

    @Override
    public float[] apply(float[] image, Shape shape, long seed, int index) {
      Require.argument(shape.rank() == 3, "shape %s must be [height, width, channels]", shape);
      int height = shape.dimension(0);
      int width = shape.dimension(1);
      int side = Math.max(1, (int) Math.round(share * Math.min(height, width)));
      RandomGenerator random = RandomStreams.stream(seed, "mask", index);
      int top = random.nextInt(height - side + 1);
      int left = random.nextInt(width - side + 1);
      float[] degraded = image.clone();
      for (int y = top; y < top + side; y++) {
        int from = (y * width + left) * shape.last();
        Arrays.fill(degraded, from, from + side * shape.last(), 0);
      }
      return degraded;
    }

    @Override
    public String description() {
      return String.format(
          Locale.ROOT, "a square of %.0f %% of the shorter side masked", 100 * share);
    }
  }
}
