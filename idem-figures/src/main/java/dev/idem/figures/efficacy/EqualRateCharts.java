package dev.idem.figures.efficacy;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.efficacy.EqualRateFindings.Poster;
import dev.idem.figures.efficacy.EqualRates.At;
import dev.idem.figures.efficacy.EqualRates.Result;
import dev.idem.figures.efficacy.EqualRates.Run;
import dev.idem.figures.efficacy.EqualRates.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The panels of a network at equal rates: both methods as the paper draws them, then against rate x
 * step x gradient scale, then the error over the variance of the outputs.
 */
final class EqualRateCharts {

  private static final int WIDTH = 400;
  private static final int HEIGHT = 320;

  /** Room at the right for the labels of the curves. */
  private static final double LABELS = 1.17;

  /** Height of a line of text, as a share of the chart's. */
  private static final double LINE = 0.045;

  private static final List<Double> LABELLED = List.of(9.54e-7, 7.60e-5, 6.05e-3, 0.07, 0.37, 1.42);

  private EqualRateCharts() {}

  static Drawing drawing(Result result, GradientScale scale) {
    Variant ordinary = Variant.ordinary(scale);
    List<Poster.Reading> poster =
        result.subject().panel().map(Poster::of).orElse(List.of()).stream()
            .filter(reading -> reading.epoch() <= result.subject().steps())
            .toList();
    Axis errors = errorAxis(result, ordinary, poster);
    ChartGrid grid =
        new ChartGrid(
            2,
            WIDTH,
            HEIGHT,
            List.of(
                asPublished(result, ordinary, poster, errors),
                asPublished(result, Variant.MODIFIED, poster, errors),
                rescaled(result, ordinary, errors),
                errorOverVariance(result, ordinary)));
    return new Drawing(
        "equal-rates-" + result.subject().name(), caption(result, scale, poster), grid);
  }

  private static String caption(Result result, GradientScale scale, List<Poster.Reading> poster) {
    return "%s. (a), (b): mean |f(f(x)) − f(x)| on the training sample against the epoch, a curve for each learning rate%s; a curve that stops diverged. (c): the same curves against rate × epoch × gradient scale. (d): error / variance of the outputs on fresh draws; at 1, f(f(x)) says nothing about f(x). Medians over %s seeds. Gradient scale: %s."
        .formatted(
            result.subject().title(),
            poster.isEmpty()
                ? ""
                : ", circles: the poster’s " + result.subject().panel().orElseThrow(),
            result.seeds().size(),
            sentence(scale));
  }

  static String sentence(GradientScale scale) {
    return switch (scale) {
      case AS_PUBLISHED ->
          "as published, the canonical loss averaged over batch and width, the substituted gradient over the batch";
      case EQUAL ->
          "equal, half the canonical loss and the substituted gradient both averaged over the batch";
    };
  }

  /** Both methods in one range, readings included, so that they can be compared. */
  private static Axis errorAxis(Result result, Variant ordinary, List<Poster.Reading> poster) {
    double[] shown =
        Stream.concat(
                result.runs().stream()
                    .filter(run -> run.variant() == ordinary || run.variant() == Variant.MODIFIED)
                    .flatMap(run -> run.curve().stream())
                    .map(At::error),
                poster.stream().map(Poster.Reading::error))
            .mapToDouble(Double::doubleValue)
            .filter(error -> error > 0 && error < 10)
            .toArray();
    double low = IntStream.range(0, shown.length).mapToDouble(i -> shown[i]).min().orElse(0.1);
    double high = IntStream.range(0, shown.length).mapToDouble(i -> shown[i]).max().orElse(1);
    return Axis.log("mean |f(f(x)) − f(x)|").from(low / 1.3, Math.max(high, low * 10) * 1.3);
  }

  private static Chart asPublished(
      Result result, Variant variant, List<Poster.Reading> poster, Axis errors) {
    Chart.Builder chart =
        Chart.of(
                variant.label(),
                Axis.linear("epoch").from(0, result.subject().steps() * LABELS),
                errors)
            .withoutLegend();
    List<Point> readings =
        poster.stream()
            .filter(
                reading ->
                    reading.method().equals(variant == Variant.MODIFIED ? "modified" : "ordinary"))
            .filter(reading -> result.subject().rates().contains(reading.rate()))
            .map(reading -> new Point(reading.epoch(), reading.error()))
            .toList();
    chart.openPoints("", Style.REFERENCE, readings);
    Style style = Methods.style(variant.method());
    Map<Point, String> ends = new LinkedHashMap<>();
    for (double rate : result.subject().rates()) {
      List<Point> points =
          median(result.of(variant, rate), At::error, at -> at).stream()
              .takeWhile(point -> Double.isFinite(point.y()))
              .toList();
      chart.line("", style, points);
      if (!points.isEmpty()
          && (result.subject().rates().size() <= LABELLED.size() || LABELLED.contains(rate))) {
        ends.put(points.get(points.size() - 1), shown(rate));
      }
    }
    label(chart, ends, errors.range().orElseThrow(), 0.01 * result.subject().steps());
    return chart.build();
  }

  /** Labels from the top down, each at least a line below the one before. */
  private static void label(
      Chart.Builder chart, Map<Point, String> ends, Axis.Range range, double gap) {
    double line = Math.pow(range.high() / range.low(), LINE);
    double below = Double.POSITIVE_INFINITY;
    List<Point> fromTheTop =
        ends.keySet().stream().sorted(Comparator.comparingDouble(end -> -end.y())).toList();
    for (Point end : fromTheTop) {
      double y = Math.min(end.y() / Math.sqrt(line), below / line);
      chart.label(new Point(end.x() + gap, y), String.valueOf(ends.get(end)));
      below = y;
    }
  }

  private static String shown(double rate) {
    return rate >= 0.001
        ? Double.toString(rate).replaceFirst("0+$", "")
        : String.format(Locale.ROOT, "%.1e", rate);
  }

  private static Chart rescaled(Result result, Variant ordinary, Axis errors) {
    Chart.Builder chart =
        Chart.of("on one scale", Axis.log("rate × epoch × gradient scale"), errors);
    for (Variant variant : List.of(ordinary, Variant.MODIFIED)) {
      String name = variant.label();
      for (double rate : result.subject().rates()) {
        double unit = rate * variant.scale(result.subject().width());
        chart.line(
            name,
            Methods.style(variant.method()),
            median(result.of(variant, rate), At::error, step -> step * unit));
        name = "";
      }
    }
    return chart.build();
  }

  private static Chart errorOverVariance(Result result, Variant ordinary) {
    Chart.Builder chart =
        Chart.of("what the maps became", Axis.linear("epoch"), Axis.log("error / variance"));
    for (Variant variant : List.of(ordinary, Variant.MODIFIED)) {
      String name = variant.label();
      for (double rate : result.subject().rates()) {
        chart.line(
            name,
            Methods.style(variant.method()),
            median(result.of(variant, rate), At::errorOverVariance, step -> step));
        name = "";
      }
    }
    double end = result.subject().steps();
    return chart
        .line("a constant", Style.REFERENCE, List.of(new Point(0, 1), new Point(end, 1)))
        .build();
  }

  /** Medians over the runs, by evaluation; the first evaluation has no place on a log axis. */
  static List<Point> median(List<Run> runs, ToDoubleFunction<At> value, DoubleUnaryOperator place) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < runs.get(0).curve().size(); i++) {
      int at = i;
      double median =
          Quartiles.of(runs.stream().map(run -> value.applyAsDouble(run.curve().get(at))).toList())
              .median();
      points.add(
          new Point(place.applyAsDouble((double) runs.get(0).curve().get(at).step()), median));
    }
    return points;
  }
}
