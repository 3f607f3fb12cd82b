package dev.idem.figures.trajectory;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;

/**
 * The linear map of the plane with two parameters, (x1, x2) to (a x1 - b x2, b x1 + a x2): a
 * product with the complex number k = a + ib. Real one-parameter maps take the same way under both
 * methods; this is the smallest family in which they do not.
 *
 * @param re the starting a
 * @param im the starting b
 */
record RotationScaling(double re, double im) implements Network {

  /** The name of the only parameter, [a, b]. */
  static final String PARAMETER = "k";

  /**
   * Lays (x1, x2) out as the pairs (x1, -x2) and (x2, x1), whose inner products with (a, b) count.
   */
  private static final double[] PAIRS = {
    1, 0, 0, 1,
    0, -1, 1, 0
  };

  @Override
  public Shape shape() {
    return Shape.of(2);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        new ParameterSpec(
            PARAMETER, Shape.of(1, 1, 2, 1), 2, 2, (parameter, random) -> new double[] {re, im}));
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T pairs = ops.matMul(x, ops.constant(Shape.of(2, 4), PAIRS));
    T image = ops.reshape(pairs, Shape.of(2, 1, 2));
    return ops.reshape(ops.conv2d(image, pass.parameter(PARAMETER), 1, 0), Shape.of(2));
  }

  @Override
  public String description() {
    return "multiplication by k = a + ib, from " + re + " + " + im + "i";
  }
}
