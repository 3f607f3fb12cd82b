package dev.idem.uses.projection;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.uses.Use;
import dev.idem.uses.UseFamily;
import dev.idem.uses.UseMethod;
import dev.idem.uses.UseResults;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Projections onto a circle, a sphere, a swiss roll and a subspace, where the exact map is known.
 */
public final class KnownProjections implements UseFamily {

  private static final int SHOWN = 400;
  private static final double FRAME = 1.5;
  private static final int CHART_WIDTH = 340;
  private static final int CHART_HEIGHT = 340;

  private static final Claim CLAIM =
      Claim.of(
          "Known projections",
          "An idempotency strategy or an exact network stays near the exact projection through a"
              + " hundred applications, at no worse first one.",
          "A method meets it on a manifold if, paired by seed with the MLP on the task alone, the"
              + " interval of the ratio of the distances of f^100(x) to P(x) lies below 0.5, while"
              + " that of f(x) begins at 1 or below and the median distance of f(x) is at most 1.05"
              + " times the MLP's."
              + " Reproduced if some method meets it on each of the four manifolds, in part if on"
              + " at least two, else not reproduced. Half, because of some ten methods one would be"
              + " lower by chance.");

  @Override
  public String name() {
    return "projection";
  }

  @Override
  public String title() {
    return "Projections onto known manifolds";
  }

  @Override
  public String choices() {
    return "Samples are points of a manifold with noise: the unit circle in R^2 and sphere in R^3"
        + " (noise of standard deviation 0.2 in each direction), a swiss roll in R^3 of"
        + " radius 1 (0.1) and a fixed random subspace of dimension 4 in R^16 (0.5). The"
        + " target is P(x), the nearest point, exact to rounding: P is an idempotent map"
        + " that is known. Distances are roots of the mean over samples of the squared norm:"
        + " of f^k(x) to P(x), and of f(x) to the manifold. Local rank: the exponential of"
        + " the entropy of the squared singular values of f's Jacobian at f(x), finite"
        + " differences, mean over 200 samples; that of P is 1, 2, 2 and 4. An MLP with two"
        + " hidden layers of 64 is compared with exact networks of as many parameters and of"
        + " the manifold's dimension: coupled; coupled and turned by n reflections; a"
        + " linearizer of six couplings; for the subspace, in its place, a trained"
        + " orthogonal projection. The image of a coupled network or linearizer of rank r is"
        + " R^r, bent without self-contact. A circle and a sphere are not: such a network"
        + " must leave a gap, however well it is trained. 1,000 steps in the quick preset,"
        + " batches of 64, rate 0.01. Baselines: the identity, and the projection on the"
        + " first principal components.";
  }

  @Override
  public List<Use> uses() {
    return Stream.of(
            new Manifold.Sphere(2),
            new Manifold.Sphere(3),
            new SwissRoll(),
            Manifold.Subspace.ofRankFour())
        .<Use>map(ProjectionUse::new)
        .toList();
  }

  @Override
  public Claim claim() {
    return CLAIM;
  }

  @Override
  public Finding judge(UseResults results) {
    List<Use> uses = results.uses();
    long met = uses.stream().filter(use -> !meeting(results, use).isEmpty()).count();
    Verdict verdict = Verdict.NOT_REPRODUCED;
    if (met == uses().size()) {
      verdict = Verdict.REPRODUCED;
    } else if (met >= 2) {
      verdict = Verdict.IN_PART;
    }
    int seeds = results.runs(uses.get(0), results.plain(uses.get(0))).size();
    return new Finding(
        CLAIM,
        uses.stream().map(Use::setting).collect(Collectors.joining(", "))
            + ", %s %s".formatted(seeds, seeds == 1 ? "seed" : "seeds"),
        uses.stream()
            .map(
                use -> {
                  List<String> methods = meeting(results, use);
                  return use.setting()
                      + ": "
                      + (methods.isEmpty() ? "no method" : String.join(", ", methods));
                })
            .collect(Collectors.joining("; ")),
        verdict);
  }

  /** The methods that meet the claim on a manifold. */
  private static List<String> meeting(UseResults results, Use use) {
    String plain = results.plain(use);
    return results.trained(use).stream()
        .filter(method -> !method.equals(plain))
        .filter(method -> results.halvesTheLast(use, method, plain))
        .toList();
  }

  private static List<String> exact(UseResults results, Use use) {
    return results.trained(use).stream().filter(method -> method.startsWith("exact")).toList();
  }

  /** The strategy of the least distance of f^100(x), if there is one. */
  private static Optional<String> bestStrategy(UseResults results, Use use) {
    return results.trained(use).stream()
        .filter(method -> method.contains(UseMethod.BESIDE))
        .filter(method -> Double.isFinite(results.median(use, method, Measured::last)))
        .min(Comparator.comparingDouble(method -> results.median(use, method, Measured::last)));
  }

  @Override
  public List<String> sentences(UseResults results) {
    List<String> sentences = new ArrayList<>();
    for (Use use : results.uses()) {
      List<String> parts = new ArrayList<>();
      parts.add(of(results, use, results.plain(use)));
      bestStrategy(results, use).ifPresent(method -> parts.add(of(results, use, method)));
      exact(results, use).forEach(method -> parts.add(of(results, use, method)));
      sentences.add(
          "Distance to P(x) on the %s, at f and f^100, and the local rank: %s; the identity has %s."
              .formatted(
                  use.setting(),
                  String.join("; ", parts),
                  number(results.median(use, ProjectionUse.IDENTITY, Measured::first))));
    }
    return sentences;
  }

  private static String of(UseResults results, Use use, String method) {
    String change =
        method.contains(UseMethod.BESIDE)
            ? results
                .ratio(use, method, results.control(use, method), Measured::last)
                .map(r -> ", times %s to %s at f^100".formatted(number(r.low()), number(r.high())))
                .orElse("")
            : "";
    return "%s %s and %s, rank %s%s"
        .formatted(
            method,
            number(results.median(use, method, Measured::first)),
            number(results.median(use, method, Measured::last)),
            number(results.median(use, method, found -> found.metrics().get(1))),
            change);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "diverged" : String.format(Locale.ROOT, "%.2g", value);
  }

  @Override
  public int shown() {
    return SHOWN;
  }

  /** f and f^100 on the circle and the roll. */
  @Override
  public List<Drawing> pictures(UseResults results) {
    List<Chart> charts = new ArrayList<>();
    int columns = 0;
    for (Use use : results.uses()) {
      Manifold manifold = ((ProjectionUse) use).manifold();
      if (manifold.width() <= 3 && !manifold.equals(new Manifold.Sphere(3))) {
        List<String> methods = new ArrayList<>();
        methods.add(results.plain(use));
        bestStrategy(results, use).ifPresent(methods::add);
        methods.addAll(exact(results, use));
        methods.forEach(method -> charts.add(outputs(results, use, method)));
        columns = methods.size();
      }
    }
    return charts.isEmpty()
        ? List.of()
        : List.of(
            new Drawing(
                "outputs",
                "Where maps send %s held-out samples near the circle and the swiss roll, seen along"
                        .formatted(SHOWN)
                    + " its width: f(x) and f^100(x), of the seed of the median distance after 100"
                    + " applications; the strategy is that of the least such distance. Points"
                    + " outside the frame are on its edge.",
                new ChartGrid(columns, CHART_WIDTH, CHART_HEIGHT, charts)));
  }

  private static Chart outputs(UseResults results, Use use, String method) {
    Manifold manifold = ((ProjectionUse) use).manifold();
    int second = manifold.width() - 1;
    Chart.Builder chart =
        Chart.of(
            (manifold instanceof SwissRoll ? "swiss roll, " : "circle, ") + method,
            Axis.linear("x1").from(-FRAME, FRAME),
            Axis.linear(manifold instanceof SwissRoll ? "x3" : "x2").from(-FRAME, FRAME));
    List<Measured> seeds =
        results.measured(use, method).stream()
            .sorted(Comparator.comparingDouble(Measured::last))
            .toList();
    if (!seeds.isEmpty()) {
      List<float[][]> shown = seeds.get(seeds.size() / 2).shown();
      chart.points("f(x)", Style.SIXTH, points(shown.get(0), second));
      chart.points("f^100(x)", Style.SECOND, points(shown.get(shown.size() - 1), second));
    }
    return chart.build();
  }

  private static List<Point> points(float[][] rows, int second) {
    return Stream.of(rows).map(row -> new Point(framed(row[0]), framed(row[second]))).toList();
  }

  private static double framed(double value) {
    return Math.max(-FRAME, Math.min(FRAME, value));
  }
}
