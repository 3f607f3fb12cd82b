package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;

/** The function of a difference's elements that a loss sums. */
public enum Distance {
  /** |d|^2: mean squared error, once averaged. The default. */
  SQUARED {
    @Override
    <T> T of(T difference, TensorAlgebra<T> ops) {
      return ops.square(difference);
    }
  },
  /** |d|: mean absolute error or L1, once averaged. */
  ABSOLUTE {
    @Override
    <T> T of(T difference, TensorAlgebra<T> ops) {
      return ops.abs(difference);
    }
  };

  /** Element by element. */
  abstract <T> T of(T difference, TensorAlgebra<T> ops);

  /** The sum over everything, a scalar. */
  public <T> T sum(T a, T b, TensorAlgebra<T> ops) {
    return ops.sum(of(ops.subtract(a, b), ops));
  }

  /** The mean over each sample: [batch, ...sample] to [batch]. */
  public <T> T meanPerSample(T a, T b, TensorAlgebra<T> ops) {
    T difference = ops.subtract(a, b);
    double width = ops.sampleShape(difference).size();
    return ops.multiply(ops.sumPerSample(of(difference, ops)), 1 / width);
  }
}
