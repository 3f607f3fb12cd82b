package dev.idem.api.contract;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceTensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Samples to try things on. */
final class Batches {

  private Batches() {}

  /** N(0, 1). */
  static ReferenceTensor normal(long seed, int size, Shape shape) {
    RandomGenerator random = RandomStreams.stream(seed, "contract", 0);
    double[] values = new double[size * shape.size()];
    Arrays.setAll(values, i -> random.nextGaussian());
    return ReferenceTensor.of(shape.batched(size), values);
  }

  /**
   * Multiples of 1/4 in [-2, 2]: with a matrix of such numbers products and sums are exact, so that
   * an idempotent matrix is idempotent to the last bit.
   */
  static ReferenceTensor dyadic(long seed, int size, Shape shape) {
    RandomGenerator random = RandomStreams.stream(seed, "contract", 1);
    double[] values = new double[size * shape.size()];
    Arrays.setAll(values, i -> random.nextInt(-8, 9) / 4.0);
    return ReferenceTensor.of(shape.batched(size), values);
  }

  /** sqrt(n) times the rows of the identity: their second moment is I. */
  static ReferenceTensor whitened(Shape shape) {
    int n = shape.size();
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = Math.sqrt(n);
    }
    return ReferenceTensor.of(shape.batched(n), values);
  }

  /** {@code a} times a number. */
  static ReferenceTensor scaled(ReferenceTensor a, double by) {
    return ReferenceTensor.of(a.shape(), Arrays.stream(a.values()).map(v -> by * v).toArray());
  }

  /** Sample number {@code row} of {@code a} alone. */
  static ReferenceTensor row(ReferenceTensor a, int row) {
    Shape shape = a.shape().unbatched();
    int width = shape.size();
    return ReferenceTensor.of(
        shape.batched(1), Arrays.copyOfRange(a.values(), row * width, (row + 1) * width));
  }

  /** An endless source of N(0, 1), with independent targets of another shape. */
  record Normal(Shape shape, Shape targetShape, String stream) implements DataSource {

    Normal(Shape shape, Shape targetShape) {
      this(shape, targetShape, "batch");
    }

    Normal(Shape shape) {
      this(shape, shape);
    }

    @Override
    public Optional<DataSource> targets() {
      return Optional.of(new Normal(targetShape, targetShape, "targets"));
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      RandomGenerator random = RandomStreams.stream(seed, stream, step);
      float[][] rows = new float[size][shape.size()];
      for (float[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) random.nextGaussian();
        }
      }
      return rows;
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return batch(RandomStreams.derive(seed, "held out"), 0, size);
    }

    @Override
    public String description() {
      return "normal(0, 1), shape " + shape;
    }
  }
}
