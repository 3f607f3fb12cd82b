package dev.idem.figures.sweep;

import dev.idem.eval.Quantiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * From numbers to places in [0, 1].
 *
 * @param low at 0
 * @param high at 1
 * @param logarithmic whether ratios are evenly spaced rather than differences
 * @param open whether there are values beyond {@code high}, which lie at 1 with it
 */
record Scale(double low, double high, boolean logarithmic, boolean open) {

  /** What is a power of ten beyond this times the third quartile would squeeze all that matters. */
  private static final double FAR = 30;

  private static final double[][] STEPS = {{1}, {1, 2, 5}, {1, 1.5, 2, 3, 4, 5, 7}};

  private static final int LEAST_TICKS = 3;
  private static final int MOST_TICKS = 7;

  /** A scale that holds the finite ones of {@code values}; a logarithmic one, the positive ones. */
  static Scale of(Collection<Double> values, boolean logarithmic) {
    double[] shown =
        values.stream()
            .filter(value -> Double.isFinite(value) && (!logarithmic || value > 0))
            .mapToDouble(value -> value)
            .sorted()
            .toArray();
    if (shown.length == 0) {
      return new Scale(logarithmic ? 0.1 : 0, 1, logarithmic, false);
    }
    double low = shown[0];
    double high = shown[shown.length - 1];
    if (high > low) {
      return new Scale(low, high, logarithmic, false);
    }
    double half = low == 0 ? 1 : Math.abs(low) / 2;
    return logarithmic
        ? new Scale(low / 2, low * 2, true, false)
        : new Scale(low - half, low + half, false, false);
  }

  /** The same, of a metric: its worst values may lie beyond. */
  static Scale ofMetric(Collection<Double> values, boolean logarithmic) {
    Scale all = of(values, logarithmic);
    double[] sorted =
        values.stream().filter(Double::isFinite).mapToDouble(value -> value).sorted().toArray();
    double quartile = sorted.length == 0 ? 0 : Quantiles.of(sorted, 0.75);
    double far = Math.pow(10, Math.ceil(Math.log10(FAR * quartile)));
    return logarithmic && far > all.low() && far < all.high()
        ? new Scale(all.low(), far, true, true)
        : all;
  }

  /** The place of a value: 0 for one below {@code low}, 1 for one above {@code high}. */
  double at(double value) {
    double place =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return Math.max(0, Math.min(1, place));
  }

  /** Round numbers on the scale, three to seven where there are any. */
  List<Double> ticks() {
    if (!logarithmic) {
      double power = Math.pow(10, Math.floor(Math.log10((high - low) / 4)));
      double steps = (high - low) / 4 / power;
      double step = power * (steps < 1.5 ? 1 : steps < 3 ? 2 : steps < 7 ? 5 : 10);
      List<Double> ticks = new ArrayList<>();
      // From 2^53 on, k + 1 is k.
      for (double k = Math.ceil(low / step - 1e-9);
          k * step <= high + 1e-9 * step && k + 1 > k;
          k++) {
        ticks.add(k * step);
      }
      return ticks.isEmpty() ? List.of(low, high) : ticks;
    }
    List<Double> ticks = List.of();
    for (double[] steps : STEPS) {
      List<Double> finer = logarithmicTicks(steps);
      if (finer.size() <= MOST_TICKS) {
        ticks = finer;
      }
      if (finer.size() >= LEAST_TICKS) {
        break;
      }
    }
    return ticks.size() < 2 ? List.of(low, high) : ticks;
  }

  private List<Double> logarithmicTicks(double[] steps) {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.floor(Math.log10(high));
    int stride = steps.length > 1 ? 1 : Math.max(1, (last - first + MOST_TICKS - 1) / MOST_TICKS);
    List<Double> ticks = new ArrayList<>();
    for (int decade = first; decade <= last; decade += stride) {
      for (double step : steps) {
        double tick = step * Math.pow(10, decade);
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
