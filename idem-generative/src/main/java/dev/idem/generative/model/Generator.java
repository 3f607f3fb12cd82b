package dev.idem.generative.model;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.recipe.GenerativeObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A generator in use: f(z) of noise, f(x) of images, interpolations between noise samples. The same
 * seed gives the same bytes.
 */
public final class Generator implements AutoCloseable {

  private static final int BATCH = 64;

  private final Shape shape;
  private final NoiseSource noise;
  private final NetworkView network;
  private final Runnable release;

  /** A generator on a network that the caller closes. */
  public Generator(Shape imageShape, NoiseSource noise, NetworkView network) {
    this(imageShape, noise, network, () -> {});
  }

  private Generator(Shape imageShape, NoiseSource noise, NetworkView network, Runnable release) {
    this.shape = imageShape;
    this.noise = noise;
    this.network = network;
    this.release = release;
  }

  /** The model, opened by an engine. */
  public static Generator open(GeneratorModel model, TrainingEngine engine) {
    LiveNetwork live = engine.open(model.network(), model.state());
    return new Generator(model.imageShape(), model.noise(), live, live::close);
  }

  /** The shape [h, w, c] of the images. */
  public Shape imageShape() {
    return shape;
  }

  /** The network. */
  public NetworkView network() {
    return network;
  }

  /**
   * Noise to start from.
   *
   * @param n the number of samples, positive
   * @return z, [n][h w c]
   */
  public float[][] noise(long seed, int n) {
    return noise.heldOut(seed, n);
  }

  /**
   * z, f(z), f^2(z), ..., f^k(z).
   *
   * @param z as {@link #noise} gives it
   * @param k positive
   */
  public List<float[][]> generate(float[][] z, int k) {
    return iterates(z, GenerativeObjective.NOISE, k);
  }

  /**
   * x, f(x), f^2(x), ..., f^k(x): projections of images, degraded ones or not.
   *
   * @param x [n][h w c], in [-1, 1]
   * @param k positive
   */
  public List<float[][]> project(float[][] x, int k) {
    return iterates(x, GenerativeObjective.DATA, k);
  }

  /** f^k alone, for large k. */
  public float[][] iterate(float[][] z, int k) {
    return network.iterate(z, GenerativeObjective.NOISE, k);
  }

  /**
   * An interpolation from one noise sample to another at {@code steps} points, ends included: z(t)
   * = m + cos(t pi/2) (a - m) + sin(t pi/2) (b - m), m being the noise's mean, which keeps the
   * covariance of the noise throughout.
   *
   * @param pairs the number of interpolations, positive
   * @param steps at least 2
   * @return z, [pairs * steps][h w c], one interpolation after another
   */
  public float[][] interpolate(long seed, int pairs, int steps) {
    Require.positive("pairs", pairs);
    Require.argument(steps >= 2, "steps (%s) must be at least 2", steps);
    float[][] ends = noise.heldOut(seed, 2 * pairs);
    float[][] places = new float[pairs * steps][];
    for (int pair = 0; pair < pairs; pair++) {
      for (int step = 0; step < steps; step++) {
        places[pair * steps + step] =
            between(ends[2 * pair], ends[2 * pair + 1], (double) step / (steps - 1));
      }
    }
    return places;
  }

  /**
   * The point z(t) of the interpolation from noise sample a to b: m + cos(t pi/2) (a - m) + sin(t
   * pi/2) (b - m), m being the noise's mean.
   *
   * @param t from 0, which gives a, to 1, which gives b
   */
  public float[] between(float[] a, float[] b, double t) {
    float[] mean = noise.mean();
    double cos = Math.cos(Math.PI / 2 * t);
    double sin = Math.sin(Math.PI / 2 * t);
    float[] z = new float[a.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) (mean[i] + cos * (a[i] - mean[i]) + sin * (b[i] - mean[i]));
    }
    return z;
  }

  private List<float[][]> iterates(float[][] start, String kind, int k) {
    Require.positive("iterations", k);
    List<float[][]> iterates = new ArrayList<>();
    iterates.add(start);
    for (int i = 1; i <= k; i++) {
      float[][] next = new float[start.length][];
      for (int from = 0; from < start.length; from += BATCH) {
        int to = Math.min(start.length, from + BATCH);
        float[][] batch = Arrays.copyOfRange(iterates.get(i - 1), from, to);
        float[][] y =
            i == 1 ? network.apply(batch, kind) : network.apply(batch, BatchNormalization.OUTPUTS);
        System.arraycopy(y, 0, next, from, y.length);
      }
      iterates.add(next);
    }
    return iterates;
  }

  @Override
  public void close() {
    release.run();
  }
}
