package dev.idem.api.data;

import dev.idem.api.algebra.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Training samples and validation samples. Both are pure functions of their arguments, so that a
 * run repeats, resumes and compares exactly: there is no hidden position.
 */
public interface DataSource {

  /** The shape of one sample. */
  Shape shape();

  /**
   * The training batch of one step.
   *
   * @param seed of the run
   * @param step from 0
   * @param size the number of samples, positive
   * @return [size][shape.size()], row-major
   */
  float[][] batch(long seed, long step, int size);

  /**
   * Samples that no training batch holds; for a distribution, fresh draws.
   *
   * @param seed chooses and orders them
   * @param size the number of samples, positive
   * @return [size][shape.size()], row-major
   * @throws IllegalArgumentException if fewer than {@code size} are held out
   */
  float[][] heldOut(long seed, int size);

  /**
   * What the map should give for these samples: a source whose batch and held-out targets belong,
   * in order, to the samples that this source gives for the same arguments. Targets may repeat,
   * such as one-hot classes.
   *
   * @return empty unless a source is made for supervised training
   */
  default Optional<DataSource> targets() {
    return Optional.empty();
  }

  /** A line that tells a reader what the samples are, such as {@code normal(0, 1), width 16}. */
  String description();

  /**
   * Validated samples of a source: of the requested number and width, and finite. They are copies,
   * which a source that reuses one array cannot change.
   */
  static final class CheckedSamples {

    private CheckedSamples() {}

    /**
     * {@link DataSource#batch}.
     *
     * @throws IllegalArgumentException naming the source, if it gave something else
     */
    public static float[][] batch(DataSource source, long seed, long step, int size) {
      return checked(source, source.batch(seed, step, size), size);
    }

    /**
     * {@link DataSource#heldOut}.
     *
     * @throws IllegalArgumentException naming the source, if it gave something else
     */
    public static float[][] heldOut(DataSource source, long seed, int size) {
      return checked(source, source.heldOut(seed, size), size);
    }

    private static float[][] checked(DataSource source, float[] @Nullable [] samples, int size) {
      if (samples == null || samples.length != size) {
        throw refused(source, samples == null ? "null" : samples.length + " samples", size);
      }
      int width = source.shape().size();
      float[][] copies = new float[size][];
      for (int i = 0; i < size; i++) {
        float[] sample = samples[i];
        if (sample == null || sample.length != width) {
          throw refused(
              source,
              "a sample of " + (sample == null ? "null" : sample.length + " numbers"),
              size);
        }
        for (float value : sample) {
          if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(
                "data source (%s) gave a sample that holds %s; samples must be finite"
                    .formatted(source.description(), value));
          }
        }
        copies[i] = sample.clone();
      }
      return copies;
    }

    private static IllegalArgumentException refused(DataSource source, String given, int size) {
      return new IllegalArgumentException(
          "data source (%s) gave %s; expected %s samples of %s values each"
              .formatted(source.description(), given, size, source.shape().size()));
    }
  }

  /** A data source with finitely many samples to train on, each of which can be asked for. */
  interface FiniteDataSource extends DataSource {

    /** The number of samples to train on. */
    int trainingSize();

    /**
     * A sample to train on, row-major; a fresh array.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in [0, trainingSize())
     */
    float[] trainingSample(int index);
  }
}
