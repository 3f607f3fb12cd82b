package dev.idem.api.algebra;

/**
 * The tensor operations an {@link dev.idem.api.strategy.IdempotencyStrategy} is written against.
 *
 * <p>A tensor is [batch, ...sample] or a scalar. Element-wise operations need equal shapes: nothing
 * is broadcast silently, and a mismatch is an {@link IllegalArgumentException} naming both shapes.
 * Every operation is differentiable except {@link #stopGradient}.
 *
 * @param <T> the engine's tensor: an operand of a graph, an array
 */
public interface TensorAlgebra<T> {

  /** The batch size m of {@code a}. */
  int batchSize(T a);

  /** The shape of one sample of {@code a}, the batch axis left out. */
  Shape sampleShape(T a);

  /** a + b, element by element. */
  T add(T a, T b);

  /** a - b, element by element. */
  T subtract(T a, T b);

  /** a * b, element by element. */
  T multiply(T a, T b);

  /** a / b, element by element. */
  T divide(T a, T b);

  /** a + b for a number b. */
  T add(T a, double b);

  /** a * b for a number b. */
  T multiply(T a, double b);

  /** a^2, element by element. */
  T square(T a);

  /** The square root, element by element; its derivative at 0 is infinite. */
  T sqrt(T a);

  /** |a|, element by element; its derivative at 0 is 0. */
  T abs(T a);

  /** tanh(a), element by element. */
  T tanh(T a);

  /** The smaller of a and the number b, element by element. */
  T minimum(T a, double b);

  /** The larger of a and the number b, element by element. */
  T maximum(T a, double b);

  /** The sum of all elements, a scalar. */
  T sum(T a);

  /** The mean of all elements, a scalar. */
  T mean(T a);

  /** The sum over each sample: [batch, ...sample] to [batch]. */
  T sumPerSample(T a);

  /**
   * Each sample of {@code a} [batch, ...sample] times its own factor in {@code factors} [batch].
   */
  T multiplyPerSample(T a, T factors);

  /** The same values, as a constant to differentiation. */
  T stopGradient(T a);
}
