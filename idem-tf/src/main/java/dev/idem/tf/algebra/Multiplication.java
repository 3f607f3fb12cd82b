package dev.idem.tf.algebra;

import dev.idem.api.training.Precision;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Products of two single-precision tensors, computed in a {@link Precision}. In bfloat16 the casts
 * stand around the product alone: its gradients are products in bfloat16 as well, and arrive at the
 * factors as float32, where gradients of several applications are summed.
 */
final class Multiplication {

  /** A matrix product or a convolution, of whichever type. */
  @FunctionalInterface
  interface Product {
    <T extends TNumber> Operand<T> of(Operand<T> a, Operand<T> b);
  }

  private final Ops tf;
  private final Precision precision;

  Multiplication(Ops tf, Precision precision) {
    this.tf = tf;
    this.precision = precision;
  }

  Operand<TFloat32> of(Operand<TFloat32> a, Operand<TFloat32> b, Product product) {
    return switch (precision) {
      case FLOAT32 -> product.of(a, b);
      case MIXED_BFLOAT16 -> tf.dtypes.cast(product.of(rounded(a), rounded(b)), TFloat32.class);
    };
  }

  private Operand<TBfloat16> rounded(Operand<TFloat32> a) {
    return tf.dtypes.cast(a, TBfloat16.class);
  }
}
