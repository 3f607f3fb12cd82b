package dev.idem.explore;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.generative.data.ImageFile;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.image.Pixels;
import dev.idem.generative.model.Generator;
import dev.idem.models.data.Mnist;
import dev.idem.models.storage.SafeFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleFunction;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the page asks of one model. Images travel as bytes, one for each value, row by row, value =
 * byte / 127.5 - 1, in Base64; answers hold images as PNG in data URIs. Calls of several threads
 * are computed one after the other.
 */
final class Exploration {

  /** Applications of f that are shown. */
  static final int ITERATIONS = 3;

  private static final float HALF_RANGE = 127.5f;
  private static final Shape DIGITS = Shape.of(28, 28, 1);
  private static final long EXAMPLES_SEED = 7;
  private static final int EXAMPLES = 512;

  /** What a page may tune: the degradations that take an amount, by name. */
  private static final Map<String, Tunable> TUNABLE = tunable();

  /**
   * A degradation of adjustable strength.
   *
   * @param label of the amount
   */
  private record Tunable(
      String label, double least, double most, double usual, DoubleFunction<Degradation> of) {}

  /** A degradation as the page lists it. */
  record Adjustable(String name, String label, double least, double most, double usual) {}

  /**
   * A model as the page lists it.
   *
   * @param shape [h, w, c]
   * @param examples the number of example images, 0 if there are none
   */
  record Description(
      String name,
      String network,
      List<Integer> shape,
      String noise,
      List<Adjustable> degradations,
      int examples) {}

  /**
   * An image to project.
   *
   * @param pixels Base64
   * @param degradation a name of {@link Adjustable}; absent for the image as it is
   * @param amount of the degradation
   * @param seed of its random part
   */
  record Projection(
      @Nullable String pixels, @Nullable String degradation, double amount, long seed) {}

  /**
   * A point between two noise samples.
   *
   * @param from the seed of the sample at t = 0
   * @param to the seed of the sample at t = 1
   * @param t in [0, 1]
   */
  record Interpolation(long from, long to, double t) {}

  /**
   * x, f(x), f(f(x)), ...
   *
   * @param images x first
   * @param moved root mean square difference of each image from the one before, where pixels span
   *     [-1, 1]; one fewer than images
   */
  record Iterates(List<String> images, List<Double> moved) {}

  /** An image in the model's size. */
  record Image(String pixels) {}

  private final String name;
  private final String network;
  private final String noise;
  private final Generator generator;
  private final Shape shape;
  private final Map<String, Tunable> degradations;
  private final float[][] examples;
  private final ReentrantLock computing = new ReentrantLock();

  Exploration(String name, String network, String noise, Generator generator) {
    this.name = name;
    this.network = network;
    this.noise = noise;
    this.generator = generator;
    this.shape = generator.imageShape();
    Map<String, Tunable> suitable = new LinkedHashMap<>(TUNABLE);
    if (shape.last() == 1) {
      suitable.remove("grey");
    }
    this.degradations = suitable;
    this.examples =
        shape.equals(DIGITS) ? Mnist.embedded().heldOut(EXAMPLES_SEED, EXAMPLES) : new float[0][];
    // TensorFlow's first calls are slow.
    iterates(generator.noise(1, 1), true);
    iterates(generator.noise(1, 1), false);
  }

  private static Map<String, Tunable> tunable() {
    Map<String, Tunable> all = new LinkedHashMap<>();
    all.put(
        "noise", new Tunable("standard deviation", 0.05, 2, 0.5, Degradation.AdditiveNoise::new));
    all.put("mask", new Tunable("side of the square", 0.1, 1, 0.4, Degradation.Mask::new));
    all.put(
        "salt-and-pepper",
        new Tunable("share of pixels", 0.01, 1, 0.1, Degradation.SaltAndPepper::new));
    all.put(
        "blur", new Tunable("standard deviation in pixels", 0.3, 5, 1.5, Degradation.Blur::new));
    all.put(
        "sketch",
        new Tunable(
            "width of the Gaussian in pixels",
            3,
            41,
            21,
            width -> new Degradation.Sketch(2 * (int) (width / 2) + 1)));
    all.put("grey", new Tunable("", 0, 0, 0, amount -> new Degradation.GreyScale()));
    return all;
  }

  Description description() {
    List<Adjustable> adjustable = new ArrayList<>();
    degradations.forEach(
        (name, one) ->
            adjustable.add(new Adjustable(name, one.label, one.least, one.most, one.usual)));
    return new Description(name, network, shape.dimensions(), noise, adjustable, examples.length);
  }

  /** Degrades an image and projects it. */
  Iterates project(Projection request) {
    float[] x = values(request.pixels());
    String name = request.degradation();
    if (name != null) {
      Tunable chosen =
          Require.known(degradations.get(name), "degradation", name, degradations.keySet());
      double amount = request.amount();
      Require.argument(
          amount >= chosen.least && amount <= chosen.most,
          "amount (%s) of %s must be from %s to %s",
          amount,
          name,
          chosen.least,
          chosen.most);
      x = chosen.of.apply(amount).apply(x, shape, request.seed(), 0);
    }
    return iterates(new float[][] {x}, false);
  }

  /** Maps a point between two noise samples. */
  Iterates interpolate(Interpolation request) {
    double t = request.t();
    Require.argument(t >= 0 && t <= 1, "t (%s) must be from 0 to 1", t);
    float[] from = generator.noise(request.from(), 1)[0];
    float[] to = generator.noise(request.to(), 1)[0];
    return iterates(new float[][] {generator.between(from, to, t)}, true);
  }

  /** One of the example images. */
  Image example(int index) {
    Require.argument(
        index >= 0 && index < examples.length,
        "example (%s) must be less than %s, the number of model '%s'",
        index,
        examples.length,
        name);
    return new Image(pixels(examples[index]));
  }

  /**
   * An image file, cropped and scaled to the model's size.
   *
   * @throws IOException if it is not an image, or not a usable one; the message says why
   */
  Image fit(byte[] file) throws IOException {
    Path temporary = SafeFiles.newTemporaryFile("idem-explore", ".image");
    try {
      Files.write(temporary, file);
      return new Image(pixels(ImageFile.read(temporary, shape, true)));
    } catch (IOException e) {
      String name = "image (%s) ".formatted(temporary);
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(name)
          ? new IOException("the file " + message.substring(name.length()), e)
          : e;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Iterates iterates(float[][] start, boolean noise) {
    List<float[][]> all;
    computing.lock();
    try {
      all = noise ? generator.generate(start, ITERATIONS) : generator.project(start, ITERATIONS);
    } finally {
      computing.unlock();
    }
    List<String> images = new ArrayList<>();
    List<Double> moved = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      images.add(png(all.get(i)[0]));
      if (i > 0) {
        moved.add(distance(all.get(i - 1)[0], all.get(i)[0]));
      }
    }
    return new Iterates(images, moved);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum / a.length);
  }

  private float[] values(@Nullable String pixels) {
    Require.argument(pixels != null, "pixels are missing");
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(pixels);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("pixels are not Base64: " + e.getMessage(), e);
    }
    Require.argument(
        bytes.length == shape.size(),
        "pixels are %s bytes; an image of shape %s has %s",
        bytes.length,
        shape,
        shape.size());
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(bytes[i]) / HALF_RANGE - 1;
    }
    return values;
  }

  private static String pixels(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.round((values[i] + 1) * HALF_RANGE)));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  private String png(float[] image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(Pixels.picture(image, shape), "png", out);
    } catch (IOException e) {
      throw new IllegalStateException("a PNG could not be written in memory", e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
