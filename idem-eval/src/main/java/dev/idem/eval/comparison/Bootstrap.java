package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import dev.idem.eval.Quantiles;
import java.util.Arrays;
import java.util.Random;

/**
 * Percentile bootstrap of a median (Efron and Tibshirani, 1993, chapter 13): resamples of equal
 * size with replacement; the interval leaves 2.5 % of their medians below and 2.5 % above it. With
 * a handful of values it is coarse.
 *
 * @param resamples how many, at least 1,000
 */
public record Bootstrap(int resamples, long seed) {

  private static final double TAIL = 0.025;

  /** A 95 % interval; ends may be infinite. */
  public record Interval(double low, double high) {
    public Interval {
      Require.argument(low <= high, "low (%s) must not be above high (%s)", low, high);
    }

    /** What leaves 2.5 % of the values below and 2.5 % above it; sorts them. */
    public static Interval percentiles(double[] values) {
      Arrays.sort(values);
      // Outward to whole places: a mean of an infinite and another end would say nothing.
      int below = (int) Math.floor((values.length - 1) * TAIL);
      return new Interval(values[below], values[values.length - 1 - below]);
    }
  }

  public Bootstrap {
    Require.argument(resamples >= 1_000, "resamples (%s) must be at least 1000", resamples);
  }

  /** 10,000 resamples. */
  public static Bootstrap seeded(long seed) {
    return new Bootstrap(10_000, seed);
  }

  /** The 95 % interval of the median of {@code values}, at least one, none not-a-number. */
  public Interval median(double[] values) {
    // java.util.Random's sequence is specified, so that it is the same on every Java.
    Random random = new Random(seed);
    double[] medians = new double[resamples];
    double[] resample = new double[values.length];
    for (int i = 0; i < resamples; i++) {
      for (int j = 0; j < values.length; j++) {
        resample[j] = values[random.nextInt(values.length)];
      }
      medians[i] = Quantiles.median(resample);
    }
    return Interval.percentiles(medians);
  }
}
