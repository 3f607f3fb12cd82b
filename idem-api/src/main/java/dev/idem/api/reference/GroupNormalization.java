package dev.idem.api.reference;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;

/**
 * Numbers in sets, each set brought to mean 0 and variance 1: x = (a - mean) / s with s =
 * sqrt(variance + epsilon). The gradient at a is (g - mean(g) - x mean(g x)) / s, with means over
 * the set.
 */
final class GroupNormalization {

  private final int[] setOf;
  private final int sets;
  private final double setSize;
  private final double[] normalized;
  private final double[] deviation;

  GroupNormalization(Shape shape, double[] a, int groups, double epsilon) {
    int channels = shape.last();
    Require.positive("groups", groups);
    Require.positive("epsilon", epsilon);
    Require.argument(
        channels % groups == 0, "groups (%s) must divide the %s channels", groups, channels);
    int batch = shape.dimension(0);
    int sampleSize = a.length / batch;
    setOf = new int[a.length];
    for (int i = 0; i < a.length; i++) {
      setOf[i] = i / sampleSize * groups + i % channels / (channels / groups);
    }
    sets = batch * groups;
    setSize = (double) a.length / sets;
    double[] mean = means(a);
    normalized = new double[a.length];
    double[] squares = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      normalized[i] = a[i] - mean[setOf[i]];
      squares[i] = normalized[i] * normalized[i];
    }
    deviation = means(squares);
    for (int set = 0; set < sets; set++) {
      deviation[set] = Math.sqrt(deviation[set] + epsilon);
    }
    for (int i = 0; i < a.length; i++) {
      normalized[i] /= deviation[setOf[i]];
    }
  }

  double[] normalized() {
    return normalized;
  }

  double[] pullback(double[] gradient) {
    double[] products = new double[gradient.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = gradient[i] * normalized[i];
    }
    double[] meanGradient = means(gradient);
    double[] meanProduct = means(products);
    double[] result = new double[gradient.length];
    for (int i = 0; i < result.length; i++) {
      int set = setOf[i];
      result[i] =
          (gradient[i] - meanGradient[set] - normalized[i] * meanProduct[set]) / deviation[set];
    }
    return result;
  }

  private double[] means(double[] values) {
    double[] means = new double[sets];
    for (int i = 0; i < values.length; i++) {
      means[setOf[i]] += values[i];
    }
    for (int set = 0; set < sets; set++) {
      means[set] /= setSize;
    }
    return means;
  }
}
