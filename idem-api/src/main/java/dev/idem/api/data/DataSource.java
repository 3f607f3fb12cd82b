package dev.idem.api.data;

import dev.idem.api.algebra.Shape;
import java.util.Optional;

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
}
