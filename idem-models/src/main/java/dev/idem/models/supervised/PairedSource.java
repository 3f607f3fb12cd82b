package dev.idem.models.supervised;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.data.LowRankGaussian;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Pairs [x, t] of an input and its target, each flat: rows of 2 n values, made from another
 * source's samples of n. Randomness in a pair is drawn from a stream of its own, a function of seed
 * and step.
 */
public final class PairedSource implements DataSource {

  /** Makes an input-target pair from a sample; implement it to add a task. */
  @FunctionalInterface
  public interface Pairing {
    /**
     * The pair [x, t] of a sample, see {@link PairedSource#pair}.
     *
     * @param sample of n numbers, not to be changed
     * @param random the only source of randomness
     * @return 2 n numbers
     */
    float[] of(float[] sample, RandomGenerator random);
  }

  private final DataSource samples;
  private final Pairing pairing;
  private final String description;

  /**
   * Pairs made by a custom function.
   *
   * @param samples the samples that pairs are made from
   * @param description of a pair, in words
   */
  public PairedSource(DataSource samples, Pairing pairing, String description) {
    this.samples = samples;
    this.pairing = pairing;
    this.description = Require.notBlank("description", description);
  }

  /** t = x: reconstruction of the sample. */
  public static PairedSource reconstruction(DataSource samples) {
    return new PairedSource(
        samples, (sample, random) -> pair(sample, sample), samples.description());
  }

  /**
   * x = t + deviation N(0, I), t a sample: denoising. Inputs are not clipped.
   *
   * @param clean the targets
   * @param deviation the standard deviation of the noise, positive
   */
  public static PairedSource denoising(DataSource clean, double deviation) {
    Require.positive("deviation", deviation);
    return new PairedSource(
        clean,
        (sample, random) -> {
          float[] noisy = sample.clone();
          for (int j = 0; j < noisy.length; j++) {
            noisy[j] += (float) (deviation * random.nextGaussian());
          }
          return pair(noisy, sample);
        },
        "%s, noise of standard deviation %s added".formatted(clean.description(), deviation));
  }

  /**
   * t = P x, P = B'B the orthogonal projection on the subspace of {@code subspace}: an idempotent
   * map that is known.
   *
   * @throws IllegalArgumentException if samples are not of the subspace's width
   */
  public static PairedSource projection(DataSource samples, LowRankGaussian subspace) {
    Require.argument(
        samples.shape().size() == subspace.shape().size(),
        "samples of %s numbers cannot be projected in a space of %s; take equal widths",
        samples.shape().size(),
        subspace.shape().size());
    double[][] basis = subspace.basis();
    return new PairedSource(
        samples,
        (sample, random) -> pair(sample, projected(sample, basis)),
        "%s, and its projection on a subspace of dimension %s"
            .formatted(samples.description(), basis.length));
  }

  private static float[] projected(float[] sample, double[][] basis) {
    double[] sum = new double[sample.length];
    for (double[] row : basis) {
      double coordinate = 0;
      for (int j = 0; j < sample.length; j++) {
        coordinate += row[j] * sample[j];
      }
      for (int j = 0; j < sample.length; j++) {
        sum[j] += coordinate * row[j];
      }
    }
    float[] projected = new float[sample.length];
    for (int j = 0; j < sample.length; j++) {
      projected[j] = (float) sum[j];
    }
    return projected;
  }

  /** [x, t], x and t of one length. */
  public static float[] pair(float[] input, float[] target) {
    Require.argument(
        input.length == target.length,
        "input of %s numbers needs a target of as many, not of %s",
        input.length,
        target.length);
    float[] pair = Arrays.copyOf(input, 2 * input.length);
    System.arraycopy(target, 0, pair, input.length, target.length);
    return pair;
  }

  /** The first halves of pairs: x, or f(x) of what a network made of pairs. */
  public static float[][] inputs(float[][] pairs) {
    return Arrays.stream(pairs)
        .map(pair -> Arrays.copyOf(pair, pair.length / 2))
        .toArray(float[][]::new);
  }

  /** The second halves of pairs: t. */
  public static float[][] targets(float[][] pairs) {
    return Arrays.stream(pairs)
        .map(pair -> Arrays.copyOfRange(pair, pair.length / 2, pair.length))
        .toArray(float[][]::new);
  }

  @Override
  public Shape shape() {
    return Shape.of(2 * samples.shape().size());
  }

  @Override
  public float[][] batch(long seed, long step, int size) {
    return paired(samples.batch(seed, step, size), RandomStreams.stream(seed, "pairing", step));
  }

  @Override
  public float[][] heldOut(long seed, int size) {
    return paired(samples.heldOut(seed, size), RandomStreams.stream(seed, "held-out pairing", 0));
  }

  private float[][] paired(float[][] rows, RandomGenerator random) {
    float[][] pairs = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      pairs[i] = pairing.of(rows[i], random);
      Require.argument(
          pairs[i].length == shape().size(),
          "pairing (%s) gave %s numbers instead of %s",
          description,
          pairs[i].length,
          shape().size());
    }
    return pairs;
  }

  @Override
  public String description() {
    return description;
  }
}
