package dev.idem.figures.efficacy;

import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.efficacy.EqualRates.At;
import dev.idem.figures.efficacy.EqualRates.Result;
import dev.idem.figures.efficacy.EqualRates.Run;
import dev.idem.figures.efficacy.EqualRates.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What the runs at equal rates say, in numbers, sentences and findings. */
final class EqualRateFindings {

  /** An error / variance of at least half says that f(f(x)) is no nearer to f(x) than chance. */
  static final double CONSTANT_FROM = 0.5;

  private static final int LEVELS = 25;

  /** The poster's 500 of 2,500 epochs are a fifth. */
  private static final int EARLY = 5;

  private final List<Result> results;
  private final Bootstrap bootstrap;

  EqualRateFindings(List<Result> results, long seed) {
    this.results = List.copyOf(results);
    this.bootstrap = Bootstrap.seeded(seed);
  }

  /** A network at a rate. */
  private record Cell(Result result, double rate) {

    double median(Variant variant, ToDoubleFunction<At> value) {
      return Quartiles.of(
              result.of(variant, rate).stream()
                  .map(run -> value.applyAsDouble(run.last()))
                  .toList())
          .median();
    }

    boolean modifiedIsFinite() {
      return Double.isFinite(median(Variant.MODIFIED, At::error));
    }

    boolean modifiedIsLower(GradientScale scale) {
      return median(Variant.MODIFIED, At::error) < median(Variant.ordinary(scale), At::error);
    }

    /** The log10 of modified / ordinary of each seed. */
    double[] logRatios(GradientScale scale) {
      List<Run> modified = result.of(Variant.MODIFIED, rate);
      List<Run> ordinary = result.of(Variant.ordinary(scale), rate);
      double[] ratios = new double[modified.size()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = Math.log10(modified.get(i).last().error() / ordinary.get(i).last().error());
      }
      return ratios;
    }
  }

  private List<Cell> cells() {
    return results.stream().flatMap(result -> cells(result).stream()).toList();
  }

  private static List<Cell> cells(Result result) {
    return result.subject().rates().stream().map(rate -> new Cell(result, rate)).toList();
  }

  private static long finite(Result result) {
    return cells(result).stream().filter(Cell::modifiedIsFinite).count();
  }

  private static long lower(Result result, GradientScale scale) {
    return cells(result).stream()
        .filter(cell -> cell.modifiedIsFinite() && cell.modifiedIsLower(scale))
        .count();
  }

  /**
   * How many times as much rate x epoch the ordinary method needs as the modified one for an equal
   * error: the median over {@value #LEVELS} errors that both reach, by seed.
   */
  static List<Double> ratios(Result result, GradientScale scale) {
    List<Double> ratios = new ArrayList<>();
    List<Long> seeds = result.runs().stream().map(Run::seed).distinct().toList();
    for (long seed : seeds) {
      List<List<Point>> ordinary = curves(result, Variant.ordinary(scale), seed);
      List<List<Point>> modified = curves(result, Variant.MODIFIED, seed);
      double high = 0.95 * Math.min(start(ordinary), start(modified));
      double low = 1.05 * Math.max(least(ordinary), least(modified));
      List<Double> ofLevels = new ArrayList<>();
      for (int i = 0; i < LEVELS && low < high; i++) {
        double level = high * Math.pow(low / high, (double) i / (LEVELS - 1));
        OptionalDouble slow = reaches(ordinary, level);
        OptionalDouble fast = reaches(modified, level);
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

  /** The errors of each rate, in the order of rate x epoch. */
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

  /** The median over the rates of the rate x epoch at which a curve first reaches the error. */
  private static OptionalDouble reaches(List<List<Point>> curves, double error) {
    List<Double> places = new ArrayList<>();
    for (List<Point> curve : curves) {
      for (int i = 1; i < curve.size(); i++) {
        Point before = curve.get(i - 1);
        Point after = curve.get(i);
        if (before.y() > error && after.y() <= error && after.y() > 0) {
          double share = Math.log(before.y() / error) / Math.log(before.y() / after.y());
          // The first interval starts at 0, which has no logarithm.
          places.add(
              before.x() == 0
                  ? share * after.x()
                  : before.x() * Math.pow(after.x() / before.x(), share));
          break;
        }
      }
    }
    return places.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Quartiles.of(places).median());
  }

  /**
   * The largest factor between the errors of the two methods at equal rate x epoch x gradient
   * scale, of their medians over rates and seeds, where both have points.
   */
  static Apart apart(Result result) {
    List<Point> ordinary = pooled(result, Variant.ORDINARY);
    List<Point> modified = pooled(result, Variant.MODIFIED);
    Apart largest = new Apart(1, 0);
    for (Point at : ordinary) {
      OptionalDouble other = near(modified, at.x());
      if (other.isPresent() && Double.isFinite(at.y()) && Double.isFinite(other.getAsDouble())) {
        double factor = Math.exp(Math.abs(Math.log(at.y() / other.getAsDouble())));
        largest = factor > largest.factor() ? new Apart(factor, at.x()) : largest;
      }
    }
    return largest;
  }

  /**
   * How far two curves are apart.
   *
   * @param at rate x epoch x gradient scale of the largest factor
   */
  record Apart(double factor, double at) {}

  /** The median error in each of ten bins a decade of rate x epoch x gradient scale. */
  private static List<Point> pooled(Result result, Variant variant) {
    double scale = variant.scale(result.subject().width());
    Map<Long, List<Double>> bins = new TreeMap<>();
    for (Run run : result.runs()) {
      for (At at : run.curve()) {
        if (run.variant() == variant && at.step() > 0) {
          long bin = Math.round(10 * Math.log10(run.rate() * at.step() * scale));
          bins.computeIfAbsent(bin, key -> new ArrayList<>()).add(at.error());
        }
      }
    }
    List<Point> points = new ArrayList<>();
    bins.forEach(
        (bin, errors) ->
            points.add(new Point(Math.pow(10, bin / 10.0), Quartiles.of(errors).median())));
    return points;
  }

  private static OptionalDouble near(List<Point> points, double x) {
    return points.stream()
        .filter(point -> Math.abs(Math.log10(point.x() / x)) < 0.01)
        .mapToDouble(Point::y)
        .findFirst();
  }

  /** The share of the fall of log error that the first fifth of the epochs brings, by run. */
  private static List<Double> early(Result result) {
    List<Double> shares = new ArrayList<>();
    for (double rate : result.subject().rates()) {
      for (Run run : result.of(Variant.MODIFIED, rate)) {
        double fall = Math.log(run.curve().get(0).error() / run.last().error());
        run.curve().stream()
            .filter(at -> EARLY * at.step() >= run.last().step())
            .findFirst()
            .filter(at -> fall > 0 && Double.isFinite(fall))
            .ifPresent(at -> shares.add(Math.log(run.curve().get(0).error() / at.error()) / fall));
      }
    }
    return shares;
  }

  List<Table> tables() {
    return List.of(summary(), byRate(), curves());
  }

  private Table summary() {
    return Table.shown(
        "equal-rates",
        "Gradient descent at equal rates. Ratio: how many times as much rate × epoch ordinary"
            + " backpropagation needs for an equal error, the median and the range over the seeds;"
            + " n/2 is the ratio of the gradient scales. Lower: rates at which the modified error is"
            + " lower, of those at which it stays finite. Apart: the largest factor between the errors"
            + " of both at equal rate × epoch × gradient scale. Error / variance: over all runs at the"
            + " last epoch; from 0.5 on f is no better than a constant.",
        results,
        List.of(
            new Column<>("network", result -> result.subject().title()),
            new Column<>("error at the start", result -> text(startError(result), "%.3g")),
            new Column<>(
                "poster",
                result ->
                    result
                        .subject()
                        .panel()
                        .map(panel -> panel + ": " + text(Poster.start(panel), "%.3g"))
                        .orElse("–")),
            new Column<>("n/2", result -> result.subject().width() / 2.0),
            new Column<>("ratio", result -> range(ratios(result, GradientScale.AS_PUBLISHED))),
            new Column<>(
                "poster’s ratio",
                result ->
                    result
                        .subject()
                        .panel()
                        .map(panel -> panel + ": " + text(Poster.ratio(panel), "%.0f"))
                        .orElse("–")),
            new Column<>(
                "lower, as published", result -> lowerOf(result, GradientScale.AS_PUBLISHED)),
            new Column<>(
                "ratio, equal scale", result -> range(ratios(result, GradientScale.EQUAL))),
            new Column<>("lower, equal scale", result -> lowerOf(result, GradientScale.EQUAL)),
            new Column<>(
                "apart",
                result ->
                    "%s at %s"
                        .formatted(
                            text(apart(result).factor(), "%.2f"),
                            text(apart(result).at(), "%.2g"))),
            new Column<>("error / variance", result -> range(errorOverVariance(result)))));
  }

  private static double startError(Result result) {
    return Quartiles.of(result.runs().stream().map(run -> run.curve().get(0).error()).toList())
        .median();
  }

  private static List<Double> errorOverVariance(Result result) {
    return result.runs().stream()
        .map(run -> run.last().errorOverVariance())
        .filter(Double::isFinite)
        .toList();
  }

  private static String lowerOf(Result result, GradientScale scale) {
    return "%s of %s".formatted(lower(result, scale), finite(result));
  }

  private static String range(List<Double> values) {
    if (values.isEmpty()) {
      return "–";
    }
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    return "%s (%s to %s)"
        .formatted(
            text(Quartiles.of(values).median(), "%.3g"),
            text(sorted[0], "%.3g"),
            text(sorted[sorted.length - 1], "%.3g"));
  }

  private static String text(double value, String format) {
    return String.format(Locale.ROOT, format, value);
  }

  private Table byRate() {
    List<Column<Cell>> columns = new ArrayList<>();
    columns.add(new Column<>("network", cell -> cell.result().subject().name()));
    columns.add(new Column<>("rate", Cell::rate));
    for (Variant variant : Variant.values()) {
      columns.add(new Column<>(variant.label(), cell -> cell.median(variant, At::error)));
      columns.add(new Column<>("fresh draws", cell -> cell.median(variant, At::fresh)));
      columns.add(
          new Column<>("error / variance", cell -> cell.median(variant, At::errorOverVariance)));
    }
    for (GradientScale scale : GradientScale.values()) {
      columns.add(
          new Column<>(
              "log10 modified / ordinary, " + scale.label(), cell -> interval(cell, scale)));
    }
    return Table.shown(
        "equal-rates-by-rate",
        "Mean |f(f(x)) − f(x)| after the last epoch at each rate, medians over the seeds: on the"
            + " training sample, then on fresh draws, then error / variance on those. Then the log10"
            + " of the ratio of the errors, paired by seed, with its bootstrap interval: below 0 the"
            + " modified error is lower.",
        cells(),
        columns);
  }

  private String interval(Cell cell, GradientScale scale) {
    double[] ratios = cell.logRatios(scale);
    if (Arrays.stream(ratios).anyMatch(ratio -> !Double.isFinite(ratio))) {
      return "diverged";
    }
    Interval interval = bootstrap.median(ratios);
    return "%s (%s to %s)"
        .formatted(
            text(Quartiles.of(Arrays.stream(ratios).boxed().toList()).median(), "%.2f"),
            text(interval.low(), "%.2f"),
            text(interval.high(), "%.2f"));
  }

  private record CurvePoint(Result result, Run run, At at) {}

  private Table curves() {
    List<CurvePoint> rows = new ArrayList<>();
    for (Result result : results) {
      for (Run run : result.runs()) {
        run.curve().forEach(at -> rows.add(new CurvePoint(result, run, at)));
      }
    }
    return Table.filed(
        "equal-rates-curves",
        "Every evaluation of every run.",
        rows,
        List.of(
            new Column<>("network", row -> row.result().subject().name()),
            new Column<>("method", row -> row.run().variant().label()),
            new Column<>("rate", row -> row.run().rate()),
            new Column<>("seed", row -> row.run().seed()),
            new Column<>("epoch", row -> row.at().step()),
            new Column<>("error", row -> row.at().error()),
            new Column<>("fresh draws", row -> row.at().fresh()),
            new Column<>("error / variance", row -> row.at().errorOverVariance())));
  }

  /** Five sentences, with which the page of the figure opens. */
  List<String> sentences(GradientScale drawn) {
    long finite = results.stream().mapToLong(EqualRateFindings::finite).sum();
    long published =
        results.stream().mapToLong(result -> lower(result, GradientScale.AS_PUBLISHED)).sum();
    long equal = results.stream().mapToLong(result -> lower(result, GradientScale.EQUAL)).sum();
    long constant =
        results.stream()
            .flatMap(result -> errorOverVariance(result).stream())
            .filter(value -> value >= CONSTANT_FROM)
            .count();
    long all = results.stream().mapToLong(result -> errorOverVariance(result).size()).sum();
    return List.of(
        "At equal learning rates and with the gradients scaled as published, the modified error is lower than the ordinary one at %s of the %s pairs of network and rate at which it stays finite."
            .formatted(published, finite),
        "With both gradients on one scale it is lower at %s of %s.".formatted(equal, finite),
        "The ratio of rate × epoch at equal error is close to n/2, the ratio of the two scales, which we infer from the figure: the loss averaged over batch and width, the substituted gradient over the batch.",
        "%s of %s finite runs end with an error of at least half the variance of their outputs: f(f(x)) then says little or nothing about f(x), so the maps have become constants rather than projections."
            .formatted(constant, all),
        "Drawn here is the gradient scale %s: %s."
            .formatted(drawn.label(), EqualRateCharts.sentence(drawn)));
  }

  List<Finding> findings() {
    List<Result> mlps =
        results.stream().filter(result -> !result.subject().name().startsWith("cnn")).toList();
    String setting =
        "%s MLPs with tanh, width n, trained by SGD on one sample of 64 of N(0, I), %s rates, %s epochs, %s seeds"
            .formatted(
                mlps.size(),
                mlps.get(0).subject().rates().size(),
                mlps.get(0).subject().steps(),
                mlps.get(0).runs().stream().map(Run::seed).distinct().count());
    return List.of(
        lowerError(mlps, setting, GradientScale.AS_PUBLISHED),
        lowerError(mlps, setting, GradientScale.EQUAL),
        informative(mlps, setting),
        early(mlps, setting));
  }

  private static Finding lowerError(List<Result> mlps, String setting, GradientScale scale) {
    List<String> parts = new ArrayList<>();
    for (Result result : mlps) {
      parts.add("%s: %s".formatted(result.subject().name(), lowerOf(result, scale)));
    }
    long everywhere =
        mlps.stream().filter(result -> lower(result, scale) == finite(result)).count();
    long lower = mlps.stream().mapToLong(result -> lower(result, scale)).sum();
    long finite = mlps.stream().mapToLong(EqualRateFindings::finite).sum();
    return new Finding(
        scale == GradientScale.EQUAL ? PaperClaims.LOWER_ERROR_EQUAL : PaperClaims.LOWER_ERROR,
        setting,
        "Lower at so many of the rates at which it stays finite: %s."
            .formatted(String.join("; ", parts)),
        everywhere * 4 >= mlps.size() * 3L
            ? Verdict.REPRODUCED
            : 2 * lower > finite ? Verdict.IN_PART : Verdict.NOT_REPRODUCED);
  }

  private static Finding informative(List<Result> mlps, String setting) {
    List<Double> modified =
        mlps.stream()
            .flatMap(result -> result.runs().stream())
            .filter(run -> run.variant() == Variant.MODIFIED)
            .map(run -> run.last().errorOverVariance())
            .filter(Double::isFinite)
            .toList();
    long informative = modified.stream().filter(value -> value < CONSTANT_FROM).count();
    return new Finding(
        PaperClaims.INFORMATIVE,
        setting,
        "%s of %s finite modified runs; error / variance %s."
            .formatted(informative, modified.size(), range(modified)),
        informative == modified.size() && !modified.isEmpty()
            ? Verdict.REPRODUCED
            : 2 * informative > modified.size() ? Verdict.IN_PART : Verdict.NOT_REPRODUCED);
  }

  private static Finding early(List<Result> mlps, String setting) {
    List<Double> shares = mlps.stream().flatMap(result -> early(result).stream()).toList();
    double median = shares.isEmpty() ? Double.NaN : Quartiles.of(shares).median();
    return new Finding(
        PaperClaims.EARLY,
        setting,
        "The first %s of %s epochs bring this share of the fall of log error: %s."
            .formatted(
                mlps.get(0).subject().steps() / EARLY,
                mlps.get(0).subject().steps(),
                range(shares)),
        median > 0.5 ? Verdict.REPRODUCED : Verdict.NOT_REPRODUCED);
  }
}
