package dev.idem.uses;

import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.uses.Use.Metric.Better;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The quality of f^k(x) against k: one chart for each setting and network with strategies. */
public final class UseCharts {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 380;
  private static final int MOST_COLUMNS = 3;

  /** How much above the worst f(x) a chart reaches. */
  private static final double CUT = 100;

  /** Styles of other networks and of baselines: those that no strategy has. */
  private static final List<Style> OTHERS =
      List.of(
          Style.ELEVENTH,
          Style.TWELFTH,
          Style.THIRTEENTH,
          Style.TENTH,
          Style.EIGHTH,
          Style.FIFTEENTH,
          Style.FOURTEENTH,
          Style.REFERENCE);

  private final UseResults results;

  /** The charts of these results. */
  public UseCharts(UseResults results) {
    this.results = results;
  }

  /** All charts in one drawing. */
  public Drawing drawing() {
    List<Chart> charts = new ArrayList<>();
    for (Use use : results.uses()) {
      List<String> bases = bases(use);
      bases.forEach(base -> charts.add(chart(use, base, bases.size() > 1)));
    }
    Use first = results.uses().get(0);
    int columns = charts.size() == 4 ? 2 : Math.min(MOST_COLUMNS, charts.size());
    return new Drawing(
        results.family().name(),
        ("%s after k applications, on held-out samples: lines are medians over the seeds, bands"
                + " from the lowest to the highest seed; %s is better. Lines that leave the frame"
                + " continue beyond it; baselines without a line are in the table.")
            .formatted(
                capitalised(first.quality().name()),
                first.quality().better() == Better.HIGHER ? "higher" : "lower"),
        new ChartGrid(columns, WIDTH, HEIGHT, charts));
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** The networks that have strategies; the plain one if none has. */
  private List<String> bases(Use use) {
    List<String> methods = results.methods(use);
    List<String> bases =
        methods.stream()
            .filter(name -> methods.stream().anyMatch(other -> isOf(name, other)))
            .filter(name -> !name.contains(UseMethod.BESIDE))
            .toList();
    return bases.isEmpty() ? List.of(results.plain(use)) : bases;
  }

  private Chart chart(Use use, String base, boolean named) {
    List<String> shown = shown(use, base);
    Chart.Builder chart =
        Chart.of(
            named ? use.setting() + ", " + base : use.setting(),
            Axis.log("applications k")
                .from(1, use.applications().get(use.applications().size() - 1)),
            axis(use, shown));
    shown.forEach(method -> band(chart, use, method, style(method, base, shown)));
    shown.forEach(method -> line(chart, use, method, base, style(method, base, shown)));
    return chart.build();
  }

  /** All but those of other networks with strategies, and but what has no style of its own. */
  private List<String> shown(Use use, String base) {
    List<String> shown = new ArrayList<>();
    for (String method : results.methods(use)) {
      boolean ofOtherBase =
          bases(use).stream()
              .filter(other -> !other.equals(base))
              .anyMatch(other -> method.equals(other) || isOf(other, method));
      if (!ofOtherBase) {
        shown.add(method);
      }
    }
    shown.removeIf(
        method -> !method.equals(base) && !isOf(base, method) && place(method) >= OTHERS.size());
    return shown;
  }

  /** The place of a network or baseline among those of all settings, the plain network left out. */
  private int place(String method) {
    return results.uses().stream()
        .flatMap(use -> results.methods(use).stream().skip(1))
        .filter(name -> !name.contains(UseMethod.BESIDE))
        .distinct()
        .toList()
        .indexOf(method);
  }

  private static boolean isOf(String base, String method) {
    return method.startsWith(base + UseMethod.BESIDE);
  }

  /** Fitted to what is shown, but cut where maps that blow up would leave all others flat. */
  private Axis axis(Use use, List<String> shown) {
    String y = use.quality().name();
    if (use.quality().better() != Better.LOWER) {
      return Axis.linear(y);
    }
    double first = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (String method : shown) {
      for (Measured found : results.measured(use, method)) {
        first = Math.max(first, found.first());
        for (double value : found.quality()) {
          least = value > 0 ? Math.min(least, value) : least;
          most = Math.max(most, value);
        }
      }
    }
    double cut = CUT * first;
    return most > cut && cut > least ? Axis.log(y).from(least, cut) : Axis.log(y);
  }

  private Style style(String method, String base, List<String> shown) {
    String strategies = base + UseMethod.BESIDE;
    if (method.startsWith(strategies)) {
      return Methods.style(
          method.substring(strategies.length()),
          shown.stream()
              .filter(other -> other.startsWith(strategies))
              .map(other -> other.substring(strategies.length()))
              .toList());
    }
    return method.equals(base) ? Style.NINTH : OTHERS.get(place(method));
  }

  private void band(Chart.Builder chart, Use use, String method, Style style) {
    List<Measured> seeds = results.measured(use, method);
    if (seeds.size() > 1) {
      List<Point> low = new ArrayList<>();
      List<Point> high = new ArrayList<>();
      for (int i = 0; i < use.applications().size(); i++) {
        int place = i;
        double[] sorted =
            seeds.stream().mapToDouble(found -> found.quality().get(place)).sorted().toArray();
        low.add(new Point(use.applications().get(i), sorted[0]));
        high.add(new Point(use.applications().get(i), sorted[sorted.length - 1]));
      }
      chart.band(style, low, high);
    }
  }

  /** The base and its strategies are named alike in every chart, so that charts share a legend. */
  private void line(Chart.Builder chart, Use use, String method, String base, Style style) {
    String name =
        method.equals(base)
            ? UseMethod.ALONE
            : isOf(base, method) ? method.substring(base.length() + 1) : method;
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < use.applications().size(); i++) {
      int place = i;
      points.add(
          new Point(
              use.applications().get(i),
              results.median(use, method, found -> found.quality().get(place))));
    }
    chart.line(name, style, points).points("", style, points);
  }
}
