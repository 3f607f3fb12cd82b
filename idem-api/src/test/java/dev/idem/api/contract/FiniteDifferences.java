package dev.idem.api.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Gradients against central differences of the scalar that they are to be the gradient of. */
final class FiniteDifferences {

  private static final double STEP = 1e-6;

  /** Of the largest derivative: differences of smooth functions are right to about 1e-9. */
  private static final double TOLERANCE = 1e-5;

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
    Map<String, Double> expected = new LinkedHashMap<>();
    Map<String, Double> given = new LinkedHashMap<>();
    values.forEach(
        (name, array) -> {
          int stride = Math.max(1, (array.length + most - 1) / most);
          for (int i = 0; i < array.length; i += stride) {
            String place = name + "[" + i + "]";
            double up = scalar.applyAsDouble(moved(values, name, i, STEP));
            double down = scalar.applyAsDouble(moved(values, name, i, -STEP));
            expected.put(place, (up - down) / (2 * STEP));
            given.put(place, gradients.get(name)[i]);
          }
        });
    double largest = expected.values().stream().mapToDouble(Math::abs).max().orElse(0);
    double rounding = 1e-9 * Math.abs(scalar.applyAsDouble(values));
    expected.forEach(
        (place, difference) ->
            Rule.require(
                Math.abs(given.get(place) - difference) <= TOLERANCE * largest + rounding,
                "%s: the gradient at %s is %s, finite differences give %s",
                culprit,
                place,
                given.get(place),
                difference));
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
