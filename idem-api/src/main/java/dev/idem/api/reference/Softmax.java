package dev.idem.api.reference;

import dev.idem.api.check.Require;
import dev.idem.api.reference.ReferenceTensor.Edge;

/** The logarithm of a softmax along the innermost axis. */
final class Softmax {

  private Softmax() {}

  static ReferenceTensor log(ReferenceTensor a) {
    Require.argument(
        a.shape().rank() >= 2, "logSoftmax needs samples of classes, not %s", a.shape());
    int classes = a.shape().last();
    double[] values = a.data().clone();
    for (int start = 0; start < values.length; start += classes) {
      double normalizer = logSumExp(values, start, classes);
      for (int i = start; i < start + classes; i++) {
        values[i] -= normalizer;
      }
    }
    return new ReferenceTensor(a.shape(), values, new Edge(a, g -> pullback(values, classes, g)));
  }

  /** The largest is taken out first, so that no exponential overflows. */
  private static double logSumExp(double[] x, int start, int count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = start; i < start + count; i++) {
      largest = Math.max(largest, x[i]);
    }
    double sum = 0;
    for (int i = start; i < start + count; i++) {
      sum += Math.exp(x[i] - largest);
    }
    return largest + Math.log(sum);
  }

  /** g - p sum g, with p the softmax and the sum along the axis. */
  private static double[] pullback(double[] logSoftmax, int classes, double[] g) {
    double[] gradient = new double[g.length];
    for (int start = 0; start < g.length; start += classes) {
      double sum = 0;
      for (int i = start; i < start + classes; i++) {
        sum += g[i];
      }
      for (int i = start; i < start + classes; i++) {
        gradient[i] = g[i] - Math.exp(logSoftmax[i]) * sum;
      }
    }
    return gradient;
  }
}
