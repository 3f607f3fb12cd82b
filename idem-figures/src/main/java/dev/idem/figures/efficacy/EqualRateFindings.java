package dev.idem.figures.efficacy;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FinalMap;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.efficacy.EqualRates.At;
import dev.idem.figures.efficacy.EqualRates.Result;
import dev.idem.figures.efficacy.EqualRates.Run;
import dev.idem.figures.efficacy.EqualRates.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;

/** What the runs at equal rates say, in numbers and sentences. */
final class EqualRateFindings {

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

  static long finite(Result result) {
    return cells(result).stream().filter(Cell::modifiedIsFinite).count();
  }

  static long finite(List<Result> results) {
    return results.stream().mapToLong(EqualRateFindings::finite).sum();
  }

  static long lower(List<Result> results, GradientScale scale) {
    return results.stream().mapToLong(result -> lower(result, scale)).sum();
  }

  static long lower(Result result, GradientScale scale) {
    return cells(result).stream()
        .filter(cell -> cell.modifiedIsFinite() && cell.modifiedIsLower(scale))
        .count();
  }

  List<Table> tables() {
    return List.of(summary(), byRate(), curves());
  }

  private Table summary() {
    return Table.shown(
        "equal-rates",
        "Gradient descent at equal rates. Ratio: how many times as much rate × epoch ordinary"
            + " backpropagation needs for an equal error, the median and the range over the seeds, a dash"
            + " where a seed has no error in common;"
            + " n/2 is the ratio of the gradient scales. Lower: rates at which the modified error is"
            + " lower, of those at which it stays finite. Apart: the largest factor between the errors"
            + " of both at equal rate × epoch × gradient scale. Error / variance: over all runs at the"
            + " last epoch; from 0.5 on a map is uninformative.",
        results,
        List.of(
            new Column<>("network", result -> result.subject().title()),
            new Column<>("error at the start", result -> text(startError(result), "%.3g")),
            new Column<>(
                "poster", result -> poster(result, panel -> text(Poster.start(panel), "%.3g"))),
            new Column<>("n/2", result -> result.subject().width() / 2.0),
            new Column<>("ratio", result -> ratio(result, GradientScale.AS_PUBLISHED)),
            new Column<>(
                "poster’s ratio",
                result -> poster(result, panel -> text(Poster.ratio(panel), "%.0f"))),
            new Column<>(
                "lower, as published", result -> lowerOf(result, GradientScale.AS_PUBLISHED)),
            new Column<>("ratio, equal scale", result -> ratio(result, GradientScale.EQUAL)),
            new Column<>("lower, equal scale", result -> lowerOf(result, GradientScale.EQUAL)),
            new Column<>(
                "apart",
                result ->
                    EqualRateScaling.apart(result)
                        .map(
                            apart ->
                                "%s at %s"
                                    .formatted(
                                        text(apart.factor(), "%.2f"), text(apart.at(), "%.2g")))
                        .orElse("no overlap")),
            new Column<>(
                "error / variance", result -> Table.range(errorOverVariance(finiteRuns(result))))));
  }

  private static String poster(Result result, UnaryOperator<String> value) {
    return result.subject().panel().map(panel -> panel + ": " + value.apply(panel)).orElse("–");
  }

  private static double startError(Result result) {
    return Quartiles.of(result.runs().stream().map(run -> run.curve().get(0).error()).toList())
        .median();
  }

  static List<Run> finiteRuns(Result result) {
    return result.runs().stream().filter(run -> Double.isFinite(run.last().error())).toList();
  }

  private static List<Double> errorOverVariance(List<Run> runs) {
    return runs.stream().map(run -> run.last().errorOverVariance()).toList();
  }

  static FinalMap map(Run run) {
    return new FinalMap(run.last().errorOverVariance(), run.last().powerRatio());
  }

  static String lowerOf(Result result, GradientScale scale) {
    return "%s of %s".formatted(lower(result, scale), finite(result));
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
      return "not finite";
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
    List<FinalMap> maps =
        results.stream()
            .flatMap(result -> finiteRuns(result).stream())
            .map(EqualRateFindings::map)
            .toList();
    return List.of(
        "At equal learning rates and with the gradients scaled as published, the modified error is lower than the ordinary one at %s of the %s pairs of network and rate at which it stays finite; with both gradients on one scale at %s."
            .formatted(
                lower(results, GradientScale.AS_PUBLISHED),
                finite(results),
                lower(results, GradientScale.EQUAL)),
        "Rate × epoch that ordinary backpropagation needs for an equal error, as a multiple of what the modified one needs, beside n/2, the ratio of the two scales, which we infer from the poster: %s."
            .formatted(
                results.stream()
                    .map(EqualRateFindings::besideScales)
                    .collect(Collectors.joining("; "))),
        "%s of %s runs that end finite have an error of at least half the variance of their outputs on fresh draws, so that f(f(x)) says little about f(x), as with a constant, or outputs that are inflated there."
            .formatted(maps.size() - FinalMap.informative(maps), maps.size()),
        "Final error on the training sample as a share of that on fresh draws, which is 1 where nothing is learnt by heart, median and range over the finite runs: %s."
            .formatted(
                results.stream().map(EqualRateFindings::overfit).collect(Collectors.joining("; "))),
        "Drawn here is the gradient scale %s: %s."
            .formatted(drawn.label(), EqualRateCharts.sentence(drawn)));
  }

  /** A dash unless every seed has a ratio: a method that hardly moved shares no errors. */
  private static String ratio(Result result, GradientScale scale) {
    List<Double> ratios = EqualRateScaling.ratios(result, scale);
    return ratios.size() < result.seeds().size() ? "–" : Table.range(ratios);
  }

  private static String besideScales(Result result) {
    return "%s %s beside %s"
        .formatted(
            result.subject().name(),
            ratio(result, GradientScale.AS_PUBLISHED),
            text(result.subject().width() / 2.0, "%.0f"));
  }

  private static String overfit(Result result) {
    List<Double> shares =
        finiteRuns(result).stream()
            .map(Run::last)
            .filter(at -> at.fresh() > 0)
            .map(at -> at.error() / at.fresh())
            .toList();
    return "%s %s".formatted(result.subject().name(), Table.range(shares));
  }

  /**
   * Figure 5 of the authors' ICML 2025 poster, read off its pixels, about 2 % precise. The poster
   * is {@code idempotency-poster.pdf} of the first author's public site.
   */
  static final class Poster {

    /** Rate x epoch that ordinary backpropagation needs at equal error, over that of modified. */
    private static final Map<String, Double> RATIOS = Map.of("B2", 77.0, "B3", 2_000.0);

    private static final List<Reading> READINGS = read();

    private Poster() {}

    /**
     * A point of a curve.
     *
     * @param panel B2 or B3
     * @param method ordinary or modified
     * @param error mean |f(f(x)) - f(x)|
     */
    record Reading(String panel, String method, double rate, int epoch, double error) {}

    /** The readings of a panel. */
    static List<Reading> of(String panel) {
      return READINGS.stream().filter(reading -> reading.panel().equals(panel)).toList();
    }

    /** How many times as much rate x epoch the ordinary method needs for an equal error. */
    static double ratio(String panel) {
      return Objects.requireNonNull(RATIOS.get(panel), panel);
    }

    /** The error before the first epoch: the largest of the smallest rates. */
    static double start(String panel) {
      return of(panel).stream().mapToDouble(Reading::error).max().orElseThrow();
    }

    private static List<Reading> read() {
      CSVFormat format =
          CSVFormat.Builder.create()
              .setCommentMarker('#')
              .setHeader()
              .setSkipHeaderRecord(true)
              .get();
      try (InputStream stream =
          Objects.requireNonNull(Poster.class.getResourceAsStream("poster-figure-5.csv"))) {
        return format.parse(new InputStreamReader(stream, StandardCharsets.UTF_8)).stream()
            .map(
                row ->
                    new Reading(
                        row.get("network"),
                        row.get("method"),
                        Double.parseDouble(row.get("learning_rate")),
                        Integer.parseInt(row.get("epoch")),
                        Double.parseDouble(row.get("mean_absolute_error"))))
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
