package dev.idem.models.supervised;

import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.check.Require;

/** The halves of pairs [batch, 2 n], each [batch, n]. */
final class Halves {

  private Halves() {}

  static <T> int width(T pairs, TensorAlgebra<T> ops) {
    int size = ops.sampleShape(pairs).size();
    Require.argument(
        size % 2 == 0,
        "samples of %s values are not pairs of input and target; wrap the network in CarriedTarget",
        size);
    return size / 2;
  }

  static <T> T first(T pairs, TensorAlgebra<T> ops) {
    return ops.slice(pairs, 0, width(pairs, ops));
  }

  static <T> T second(T pairs, TensorAlgebra<T> ops) {
    int width = width(pairs, ops);
    return ops.slice(pairs, width, 2 * width);
  }
}
