package dev.idem.figures.efficacy;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.polynomial.AcceleratedIteration;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.polynomial.Purification;
import dev.idem.api.random.RandomStreams;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.models.initializer.Initializers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The iterations on matrices, without any training: how many matrix products it takes to make a
 * symmetric matrix idempotent whose eigenvalues come near the separatrix 1/2.
 */
final class EfficacyMatrices {

  private static final int ORDER = 16;
  private static final double TOLERANCE = 1e-11;
  private static final int MOST_STEPS = 200;
  private static final double[] GAPS = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

  /** The gap that the sequence assumes where the gap is not known. */
  private static final double GUESS = 1e-3;

  private static final String CUBIC = "cubic";
  private static final String STEEP = "steep quintic";
  private static final String GUESSED = "sequence for " + GUESS;
  private static final String FITTED = "sequence for the gap";
  private static final Map<String, Style> STYLES =
      Map.of(CUBIC, Style.FIRST, STEEP, Style.FOURTH, GUESSED, Style.FIFTH, FITTED, Style.THIRD);

  /** Of one iteration at one gap, over the matrices. */
  private record Entry(String iteration, double gap, int converged, Quartiles products) {}

  private final int matrices;
  private final List<Entry> entries;

  private EfficacyMatrices(int matrices, List<Entry> entries) {
    this.matrices = matrices;
    this.entries = entries;
  }

  static EfficacyMatrices of(Preset preset, long seed) {
    int matrices = preset.choose(2, 10, 100);
    List<Entry> entries = new ArrayList<>();
    for (double gap : GAPS) {
      Map<String, List<Purification>> found = new LinkedHashMap<>();
      for (int index = 0; index < matrices; index++) {
        purified(matrix(gap, RandomStreams.stream(seed, "efficacy.matrix", index)), gap)
            .forEach(
                (name, ended) -> found.computeIfAbsent(name, n -> new ArrayList<>()).add(ended));
      }
      found.forEach((name, ended) -> entries.add(entry(name, gap, ended)));
    }
    return new EfficacyMatrices(matrices, entries);
  }

  private static Map<String, Purification> purified(double[][] k, double gap) {
    Map<String, Purification> purified = new LinkedHashMap<>();
    purified.put(CUBIC, IdempotentPolynomial.cubic().purify(k, TOLERANCE, MOST_STEPS));
    purified.put(STEEP, IdempotentPolynomial.steepQuintic(8).purify(k, TOLERANCE, MOST_STEPS));
    purified.put(GUESSED, AcceleratedIteration.of(GUESS, 1).purify(k, TOLERANCE, MOST_STEPS));
    purified.put(FITTED, AcceleratedIteration.of(gap, 1).purify(k, TOLERANCE, MOST_STEPS));
    return purified;
  }

  private static Entry entry(String name, double gap, List<Purification> ended) {
    List<Double> products =
        ended.stream()
            .map(one -> one.converged() ? one.products() : Double.POSITIVE_INFINITY)
            .toList();
    int converged = (int) ended.stream().filter(Purification::converged).count();
    return new Entry(name, gap, converged, Quartiles.of(products));
  }

  /** Q^T D Q, with |2d - 1| log-uniform in [gap, 1], one of them at the gap, on either side. */
  private static double[][] matrix(double gap, RandomGenerator random) {
    ParameterSpec basis =
        new ParameterSpec(
            "basis", Shape.of(ORDER, ORDER), ORDER, ORDER, Initializers.orthogonal(1));
    double[] q = basis.initializer().values(basis, random);
    double[][] matrix = new double[ORDER][ORDER];
    for (int i = 0; i < ORDER; i++) {
      double apart = Math.pow(gap, i == 0 ? 1 : random.nextDouble());
      double eigenvalue = 0.5 + (i % 2 == 0 ? apart : -apart) / 2;
      for (int row = 0; row < ORDER; row++) {
        for (int column = 0; column < ORDER; column++) {
          matrix[row][column] += eigenvalue * q[i * ORDER + row] * q[i * ORDER + column];
        }
      }
    }
    return matrix;
  }

  Drawing drawing() {
    Chart.Builder chart =
        Chart.of(
            "symmetric matrices", Axis.log("gap: least |2k − 1|"), Axis.linear("matrix products"));
    for (String name : List.of(CUBIC, STEEP, GUESSED, FITTED)) {
      List<Entry> line = entries.stream().filter(entry -> entry.iteration().equals(name)).toList();
      chart.line(
          name,
          STYLES.getOrDefault(name, Style.REFERENCE),
          Point.of(
              line.stream().map(Entry::gap).toList(),
              line.stream().map(entry -> entry.products().median()).toList()));
    }
    return new Drawing(
        "matrices",
        "Matrix products until ‖K² − K‖ is at most %s, medians over %s symmetric %s × %s matrices with eigenvalues in [0, 1]; those that measure the residual are not counted."
            .formatted(TOLERANCE, matrices, ORDER, ORDER),
        ChartGrid.single(520, 360, chart.build()));
  }

  Table table() {
    return Table.shown(
        "matrices",
        "Matrix products to purify a matrix, quartiles; infinite for one that did not converge. The"
            + " sequence is made of minimax quintics for eigenvalues with |2k − 1| at least the gap"
            + " (or the guess), then of cubics. A step costs 2 products for the cubic, 3 for a"
            + " quintic of the sequence, 4 for the steep quintic by Horner’s rule.",
        entries,
        List.of(
            new Column<>("gap", Entry::gap),
            new Column<>("iteration", Entry::iteration),
            new Column<>("matrices", entry -> matrices),
            new Column<>("converged", Entry::converged),
            new Column<>("q1", entry -> entry.products().lower()),
            new Column<>("median", entry -> entry.products().median()),
            new Column<>("q3", entry -> entry.products().upper())));
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (double gap : GAPS) {
      List<Entry> at = entries.stream().filter(entry -> entry.gap() == gap).toList();
      double least =
          at.stream().mapToDouble(entry -> entry.products().median()).min().orElseThrow();
      List<String> parts = new ArrayList<>();
      List<String> fewest = new ArrayList<>();
      for (Entry entry : at) {
        double median = entry.products().median();
        parts.add(entry.iteration() + " " + EfficacySentences.shown(median, "%.0f"));
        if (median == least) {
          fewest.add(entry.iteration());
        }
      }
      sentences.add(
          String.format(
              Locale.ROOT,
              "Matrices, gap %.0e: fewest products by %s (%s).",
              gap,
              String.join(" and ", fewest),
              String.join(", ", parts)));
    }
    return sentences;
  }
}
