package dev.idem.api.strategy;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.polynomial.IdempotentPolynomial;

/**
 * y' = a_1 f(x) + a_2 f(f(x)) + ... + a_j f^j(x), the output that the iterator prescribes in place
 * of y = f(x).
 */
final class ImprovedOutput {

  private ImprovedOutput() {}

  static <T> T of(IdempotentPolynomial polynomial, Iterates<T> f, TensorAlgebra<T> ops) {
    T sum = null;
    for (int power = 1; power <= polynomial.degree(); power++) {
      double coefficient = polynomial.coefficient(power).doubleValue();
      if (coefficient != 0) {
        T term = ops.multiply(f.iterate(power), coefficient);
        sum = sum == null ? term : ops.add(sum, term);
      }
    }
    if (sum == null) {
      throw new IllegalStateException("polynomial " + polynomial + " has no term");
    }
    return sum;
  }

  /** The Euclidean norm of each sample, [batch]. */
  static <T> T norm(T a, TensorAlgebra<T> ops) {
    return ops.sqrt(ops.sumPerSample(ops.square(a)));
  }
}
