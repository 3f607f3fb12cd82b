package dev.idem.figures.efficacy;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.efficacy.EqualRates.At;
import dev.idem.figures.efficacy.EqualRates.Result;
import dev.idem.figures.efficacy.EqualRates.Run;
import dev.idem.figures.efficacy.EqualRates.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How the errors of both methods fall with rate x epoch. If a method's curves are one function of
 * rate x epoch x gradient scale, the ratio of rate x epoch at equal error is that of the scales.
 */
final class EqualRateScaling {

  private static final int LEVELS = 25;
  private static final int BINS_IN_A_DECADE = 10;

  private EqualRateScaling() {}

  /**
   * How many times as much rate x epoch the ordinary method needs as the modified one for an equal
   * error: of each seed, the median over up to {@value #LEVELS} errors that both reach. A seed at
   * which there is none is missing.
   */
  static List<Double> ratios(Result result, GradientScale scale) {
    List<Double> ratios = new ArrayList<>();
    for (long seed : result.seeds()) {
      List<List<Point>> ordinary = curves(result, Variant.ordinary(scale), seed);
      List<List<Point>> modified = curves(result, Variant.MODIFIED, seed);
      double high = Math.min(start(ordinary), start(modified));
      double low = Math.max(least(ordinary), least(modified));
      List<Double> ofLevels = new ArrayList<>();
      for (int i = 1; i <= LEVELS; i++) {
        double error = high * Math.pow(low / high, i / (LEVELS + 1.0));
        OptionalDouble slow = reaches(ordinary, error);
        OptionalDouble fast = reaches(modified, error);
        if (slow.isPresent() && fast.isPresent()) {
          ofLevels.add(slow.getAsDouble() / fast.getAsDouble());
        }
      }
      if (!ofLevels.isEmpty()) {
        ratios.add(Quartiles.of(ofLevels).median());
      }
    }
    return ratios;
  }

  /** For each rate, the errors against rate x epoch. */
  private static List<List<Point>> curves(Result result, Variant variant, long seed) {
    return result.runs().stream()
        .filter(run -> run.variant() == variant && run.seed() == seed)
        .map(
            run ->
                run.curve().stream()
                    .map(at -> new Point(run.rate() * at.step(), at.error()))
                    .toList())
        .toList();
  }

  private static double start(List<List<Point>> curves) {
    return curves.get(0).get(0).y();
  }

  private static double least(List<List<Point>> curves) {
    return curves.stream().flatMap(List::stream).mapToDouble(Point::y).min().orElseThrow();
  }

  /**
   * The rate x epoch at which a curve first reaches the error, log-linear between evaluations: the
   * median over the rates. A curve that reaches it before its second evaluation is too coarse to
   * say when.
   */
  private static OptionalDouble reaches(List<List<Point>> curves, double error) {
    List<Double> places = new ArrayList<>();
    for (List<Point> curve : curves) {
      for (int i = 1; i < curve.size(); i++) {
        Point before = curve.get(i - 1);
        Point after = curve.get(i);
        if (after.y() <= error) {
          if (before.x() > 0) {
            double share = Math.log(before.y() / error) / Math.log(before.y() / after.y());
            places.add(before.x() * Math.pow(after.x() / before.x(), share));
          }
          break;
        }
      }
    }
    return places.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Quartiles.of(places).median());
  }

  /**
   * How far two curves are apart.
   *
   * @param factor between their errors, at least 1
   * @param at rate x epoch x gradient scale
   */
  record Apart(double factor, double at) {}

  /**
   * The place where the errors of both methods, scaled as published, are farthest apart at equal
   * rate x epoch x gradient scale; empty if the methods have no such place in common. The errors
   * are medians over rates and seeds.
   */
  static Optional<Apart> apart(Result result) {
    Map<Long, Double> modified = pooled(result, Variant.MODIFIED);
    Apart farthest = null;
    for (Map.Entry<Long, Double> bin : pooled(result, Variant.ORDINARY).entrySet()) {
      Double other = modified.get(bin.getKey());
      double factor =
          other == null ? Double.NaN : Math.exp(Math.abs(Math.log(bin.getValue() / other)));
      // Errors of zero, and those of diverged runs, are at no finite distance.
      if (Double.isFinite(factor) && (farthest == null || factor > farthest.factor())) {
        farthest = new Apart(factor, Math.pow(10, (double) bin.getKey() / BINS_IN_A_DECADE));
      }
    }
    return Optional.ofNullable(farthest);
  }

  /** The median error by the rounded logarithm of rate x epoch x gradient scale. */
  private static Map<Long, Double> pooled(Result result, Variant variant) {
    double scale = variant.scale(result.subject().width());
    Map<Long, List<Double>> bins = new TreeMap<>();
    for (Run run : result.runs()) {
      for (At at : run.curve()) {
        if (run.variant() == variant && at.step() > 0) {
          double place = Math.log10(run.rate() * at.step() * scale);
          long bin = Math.round(BINS_IN_A_DECADE * place);
          bins.computeIfAbsent(bin, key -> new ArrayList<>()).add(at.error());
        }
      }
    }
    Map<Long, Double> medians = new TreeMap<>();
    bins.forEach((bin, errors) -> medians.put(bin, Quartiles.of(errors).median()));
    return medians;
  }
}
