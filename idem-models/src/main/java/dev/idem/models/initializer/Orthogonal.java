package dev.idem.models.initializer;

import dev.idem.api.check.Require;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.random.RandomGenerator;

/** A multiple of a matrix with orthonormal rows or columns, whichever are fewer. */
record Orthogonal(double gain) implements Initializer {

  Orthogonal {
    Require.positive("gain", gain);
  }

  @Override
  public double[] values(ParameterSpec parameter, RandomGenerator random) {
    Require.argument(
        parameter.shape().rank() >= 2,
        "parameter '%s' of shape %s must have at least two axes to be orthogonal",
        parameter.name(),
        parameter.shape());
    int columns = parameter.shape().last();
    int rows = parameter.shape().size() / columns;
    double[][] basis =
        OrthonormalRows.draw(Math.min(rows, columns), Math.max(rows, columns), random);
    double[] values = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double value = rows <= columns ? basis[row][column] : basis[column][row];
        values[row * columns + column] = gain * value;
      }
    }
    return values;
  }
}
