package dev.idem.runs.tensorboard;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A histogram with buckets whose limits grow by a tenth from 1e-12 on, on both sides of zero, as in
 * TensorFlow's own histograms. Values that are not finite are left out.
 */
final class Histogram {

  private static final double LEAST = 1e-12;
  private static final double MOST = 1e20;
  private static final double GROWTH = 1.1;

  private Histogram() {}

  /** TensorFlow's {@code HistogramProto}. */
  static Message of(double[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    long count = 0;
    NavigableMap<Double, Double> buckets = new TreeMap<>();
    NavigableMap<Double, Double> limits = limits();
    for (double value : values) {
      if (Double.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        squares += value * value;
        count++;
        Double limit = limits.higherKey(value);
        buckets.merge(limit == null ? Double.MAX_VALUE : limit, 1.0, Double::sum);
      }
    }
    List<Double> ends = new ArrayList<>(buckets.keySet());
    return new Message()
        .number(1, count == 0 ? 0 : min)
        .number(2, count == 0 ? 0 : max)
        .number(3, (double) count)
        .number(4, sum)
        .number(5, squares)
        .packed(6, ends.stream().mapToDouble(Double::doubleValue).toArray())
        .packed(7, buckets.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static NavigableMap<Double, Double> limits() {
    NavigableMap<Double, Double> limits = new TreeMap<>();
    for (double limit = LEAST; limit < MOST; limit *= GROWTH) {
      limits.put(limit, limit);
      limits.put(-limit, -limit);
    }
    limits.put(0.0, 0.0);
    return limits;
  }
}
