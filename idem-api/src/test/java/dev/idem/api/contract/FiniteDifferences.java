package dev.idem.api.contract;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Gradients against central differences of the scalar that they are to be the gradient of. */
final class FiniteDifferences {

  private static final double STEP = 1e-6;

  /** Of the array's largest derivative: differences of smooth functions are right to about 1e-9. */
  private static final double TOLERANCE = 1e-5;

  private static final double ROUNDING = 1e-9;

  private FiniteDifferences() {}

  /**
   * Compares derivatives by every number, or by {@code most} of them spread evenly over each array.
   *
   * @param values where
   * @param gradients what is to be checked, by name
   * @param scalar of values
   */
  static void require(
      String culprit,
      int most,
      Map<String, double[]> values,
      Map<String, double[]> gradients,
      ToDoubleFunction<Map<String, double[]>> scalar) {
    Map<String, double[]> differences = new LinkedHashMap<>();
    values.forEach(
        (name, array) -> {
          double[] found =
              new double[(array.length + stride(array, most) - 1) / stride(array, most)];
          for (int i = 0; i < found.length; i++) {
            int at = i * stride(array, most);
            double up = scalar.applyAsDouble(moved(values, name, at, STEP));
            double down = scalar.applyAsDouble(moved(values, name, at, -STEP));
            found[i] = (up - down) / (2 * STEP);
          }
          differences.put(name, found);
        });
    double all =
        differences.values().stream().mapToDouble(FiniteDifferences::largest).max().orElse(0);
    double rounding = ROUNDING * (Math.abs(scalar.applyAsDouble(values)) + all);
    differences.forEach(
        (name, expected) -> {
          double tolerance = TOLERANCE * largest(expected) + rounding;
          for (int i = 0; i < expected.length; i++) {
            int at = i * stride(values.get(name), most);
            double given = gradients.get(name)[at];
            Rule.require(
                Math.abs(given - expected[i]) <= tolerance,
                "%s: the gradient at %s[%s] is %s, finite differences give %s",
                culprit,
                name,
                at,
                given,
                expected[i]);
          }
        });
  }

  private static int stride(double[] array, int most) {
    return Math.max(1, (array.length + most - 1) / most);
  }

  private static double largest(double[] derivatives) {
    return Arrays.stream(derivatives).map(Math::abs).max().orElse(0);
  }

  private static Map<String, double[]> moved(
      Map<String, double[]> values, String name, int index, double by) {
    Map<String, double[]> moved = new LinkedHashMap<>(values);
    double[] array = values.get(name).clone();
    array[index] += by;
    moved.put(name, array);
    return moved;
  }
}
