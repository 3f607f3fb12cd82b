package dev.idem.models.initializer;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ParameterSpec;

/** The check of initialisers that make linear maps of a space to itself. */
final class SquareKernel {

  private SquareKernel() {}

  /** The number of rows of the square matrix that {@code parameter} is. */
  static int order(ParameterSpec parameter, String initializer) {
    Shape shape = parameter.shape();
    Require.argument(
        shape.rank() == 2 && shape.dimension(0) == shape.dimension(1),
        "parameter '%s' of shape %s must be a square matrix for %s",
        parameter.name(),
        shape,
        initializer);
    return shape.last();
  }
}
