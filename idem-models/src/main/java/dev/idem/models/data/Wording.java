package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import java.math.BigDecimal;

/** How descriptions write numbers and shapes. */
final class Wording {

  private Wording() {}

  /** Without a trailing {@code .0}. */
  static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** {@code width 16} for rows, {@code shape [28, 28, 1]} for the rest. */
  static String dimensions(Shape shape) {
    return shape.rank() == 1 ? "width " + shape.last() : "shape " + shape;
  }
}
