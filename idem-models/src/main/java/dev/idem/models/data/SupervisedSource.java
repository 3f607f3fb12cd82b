package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Samples x with a target t each, for supervised training: the samples of one source, and what
 * another gives for the same arguments.
 *
 * @param targets gives for each seed, step and size the targets of what {@code inputs} gives
 * @param description of both, in words
 */
public record SupervisedSource(DataSource inputs, Optional<DataSource> targets, String description)
    implements DataSource {

  /** A function of a sample that keeps its size, possibly a random one. */
  @FunctionalInterface
  public interface Mapping {
    /**
     * The mapped sample.
     *
     * @param sample row-major, not to be changed
     * @param random the only source of randomness
     * @return as many values
     */
    float[] of(float[] sample, RandomGenerator random);
  }

  public SupervisedSource {
    Require.notBlank("description", description);
  }

  /** Inputs with the targets that another source gives. */
  public SupervisedSource(DataSource inputs, DataSource targets, String description) {
    this(inputs, Optional.of(targets), description);
  }

  /** t = x: reconstruction of the sample. */
  public static SupervisedSource reconstruction(DataSource samples) {
    return new SupervisedSource(samples, samples, samples.description());
  }

  /**
   * x = t + deviation N(0, I), t a sample: denoising. Inputs are not clipped.
   *
   * @param clean the targets
   * @param deviation the standard deviation of the noise, positive
   */
  public static SupervisedSource denoising(DataSource clean, double deviation) {
    Require.positive("deviation", deviation);
    Mapping noise =
        (sample, random) -> {
          float[] noisy = sample.clone();
          for (int j = 0; j < noisy.length; j++) {
            noisy[j] += (float) (deviation * random.nextGaussian());
          }
          return noisy;
        };
    String description =
        "%s, noise of standard deviation %s added".formatted(clean.description(), deviation);
    return new SupervisedSource(mapped(clean, noise, description), clean, description);
  }

  /**
   * t = P x, P = B'B the orthogonal projection on the subspace of {@code subspace}: an idempotent
   * map that is known.
   *
   * @throws IllegalArgumentException if samples are not of the subspace's width
   */
  public static SupervisedSource projection(DataSource samples, LowRankGaussian subspace) {
    Require.argument(
        samples.shape().size() == subspace.shape().size(),
        "samples of %s numbers cannot be projected in a space of %s; take equal widths",
        samples.shape().size(),
        subspace.shape().size());
    double[][] basis = subspace.basis();
    String description =
        "%s, and its projection on a subspace of dimension %s"
            .formatted(samples.description(), basis.length);
    Mapping projection = (sample, random) -> projected(sample, basis);
    return new SupervisedSource(samples, mapped(samples, projection, description), description);
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

  /**
   * Each sample of a source mapped, for inputs or targets of a task of one's own. Randomness is a
   * function of seed, step and how many mappings there are within {@code samples}.
   *
   * @param description of the mapped samples, in words
   */
  public static DataSource mapped(DataSource samples, Mapping mapping, String description) {
    return new Mapped(samples, mapping, Require.notBlank("description", description));
  }

  private record Mapped(DataSource samples, Mapping mapping, String description)
      implements DataSource {
    @Override
    public Shape shape() {
      return samples.shape();
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return mapped(
          samples.batch(seed, step, size), RandomStreams.stream(seed, "pairing" + nested(), step));
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return mapped(
          samples.heldOut(seed, size),
          RandomStreams.stream(seed, "held-out pairing" + nested(), 0));
    }

    /** Keeps the draws of a mapping of mapped samples apart from theirs. */
    private String nested() {
      int depth = depth(samples);
      return depth == 0 ? "" : " " + depth;
    }

    private static int depth(DataSource source) {
      return source instanceof Mapped mapped
          ? 1 + depth(mapped.samples)
          : source instanceof SupervisedSource pairs ? depth(pairs.inputs()) : 0;
    }

    private float[][] mapped(float[][] rows, RandomGenerator random) {
      float[][] mapped = new float[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        mapped[i] = mapping.of(rows[i], random);
        Require.argument(
            mapped[i].length == rows[i].length,
            "mapping (%s) gave %s values instead of %s",
            description,
            mapped[i].length,
            rows[i].length);
      }
      return mapped;
    }
  }

  @Override
  public Shape shape() {
    return inputs.shape();
  }

  @Override
  public float[][] batch(long seed, long step, int size) {
    return inputs.batch(seed, step, size);
  }

  @Override
  public float[][] heldOut(long seed, int size) {
    return inputs.heldOut(seed, size);
  }
}
