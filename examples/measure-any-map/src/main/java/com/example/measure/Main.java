package com.example.measure;

import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Measures maps that are not neural networks. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    float[][] samples = samples(1, 512);
    maps(samples)
        .forEach(
            (name, f) -> {
              IdempotencyReport report = IdempotencyMetrics.defaults().measure(f, samples);
              System.out.printf(
                  "%-16s error / variance %.1e, fixed points %3.0f %%, effective rank %.1f, %s%n",
                  name,
                  report.errorOverVariance(),
                  100 * report.fixedPointShare(),
                  report.effectiveRank(),
                  CollapseThresholds.defaults().judge(report));
            });
  }

  /** Two maps that are idempotent, and one that is not. */
  static Map<String, UnaryOperator<float[][]>> maps(float[][] training) {
    Map<String, UnaryOperator<float[][]>> maps = new LinkedHashMap<>();
    maps.put("sorting", rows -> each(rows, Main::sorted));
    maps.put("k-means (Tribuo)", NearestCentroid.fit(training, 8, 1));
    maps.put("smoothing", rows -> each(rows, Main::smoothed));
    return maps;
  }

  /** N(0, 1), of width 6. */
  static float[][] samples(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] rows = new float[count][6];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static float[][] each(float[][] rows, UnaryOperator<float[]> f) {
    return Arrays.stream(rows).map(f).toArray(float[][]::new);
  }

  private static float[] sorted(float[] x) {
    float[] y = x.clone();
    Arrays.sort(y);
    return y;
  }

  /** Replaces each number by the mean of itself and its neighbours, cyclically. */
  private static float[] smoothed(float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (x[(i + x.length - 1) % x.length] + x[i] + x[(i + 1) % x.length]) / 3;
    }
    return y;
  }
}
