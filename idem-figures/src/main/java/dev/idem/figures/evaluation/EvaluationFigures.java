package dev.idem.figures.evaluation;

import dev.idem.api.algebra.Shape;
import dev.idem.eval.distribution.NearestReal;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.linear.Rows;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.generative.image.ImageGrid;
import dev.idem.generative.image.ImageGrid.Block;
import dev.idem.generative.image.ImageGrid.Row;
import dev.idem.generative.image.Picture;
import dev.idem.generative.image.Pixels;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Drawings of an evaluation: generated samples, restored images, possible copies, metrics. */
public final class EvaluationFigures {

  private static final int SAMPLES = 16;
  private static final int RESTORED = 12;
  private static final int PAIRS = 12;
  private static final int SMALL = 40;

  private static final int COLUMNS = 3;
  private static final int WIDTH = 340;
  private static final int HEIGHT = 250;
  private static final double APART = 0.14;
  private static final double MARGIN = 0.5;
  private static final Digits DISTANCES = new Digits(4);

  private final Shape shape;

  /** Of samples [h, w, c]. */
  public EvaluationFigures(Shape shape) {
    this.shape = shape;
  }

  /** z, f(z), f^2(z), f^3(z) of the first samples. */
  public Drawing samples(String input, List<float[][]> iterates) {
    return EvaluationDrawing.SAMPLES.of(
        new ImageGrid(
            "", 1, scale(), List.of(new Block("", List.of(), rows(input, iterates, SAMPLES)))));
  }

  /** A degradation with the images it was applied to. */
  @SuppressWarnings("ArrayRecordComponent") // images to draw, never compared
  public record Restored(String name, float[][] clean, List<float[][]> iterates) {}

  /** Clean and degraded images, and what f makes of the latter, a block for each degradation. */
  public Drawing restored(List<Restored> degradations) {
    List<Block> blocks = new ArrayList<>();
    for (Restored degraded : degradations) {
      List<Row> rows = new ArrayList<>();
      rows.add(row("clean", degraded.clean(), RESTORED));
      rows.addAll(rows("x", degraded.iterates(), RESTORED));
      blocks.add(new Block("x degraded by " + degraded.name(), List.of(), rows));
    }
    return EvaluationDrawing.RESTORED.of(new ImageGrid("", 1, scale(), blocks));
  }

  /**
   * The generated samples that are nearest to a training sample, each above that one; below, the
   * same of held-out samples, which cannot be copies.
   */
  public Drawing memorisation(
      FeatureSpace space, float[][] training, float[][] generated, float[][] heldOut) {
    float[][] features = space.features(training);
    return EvaluationDrawing.MEMORISATION.of(
        new ImageGrid(
            "",
            1,
            scale(),
            List.of(
                pairs("f(z), the nearest of %d", "f(z)", space, features, training, generated),
                pairs(
                    "held-out samples, the nearest of %d: no copies",
                    "held out", space, features, training, heldOut))));
  }

  private Block pairs(
      String title,
      String label,
      FeatureSpace space,
      float[][] features,
      float[][] training,
      float[][] samples) {
    NearestReal nearest = NearestReal.of(space.features(samples), features);
    int[] order =
        IntStream.range(0, samples.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> nearest.distance()[i]))
            .limit(PAIRS)
            .mapToInt(i -> i)
            .toArray();
    float[][] shown = Arrays.stream(order).mapToObj(i -> samples[i]).toArray(float[][]::new);
    float[][] beside =
        Arrays.stream(order).mapToObj(i -> training[nearest.index()[i]]).toArray(float[][]::new);
    return new Block(
        title.formatted(samples.length),
        Arrays.stream(order).mapToObj(i -> DISTANCES.number(nearest.distance()[i])).toList(),
        List.of(row(label, shown, PAIRS), row("training", beside, PAIRS)));
  }

  private List<Row> rows(String input, List<float[][]> iterates, int most) {
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < iterates.size(); k++) {
      rows.add(row(Entry.of(input, k), iterates.get(k), most));
    }
    return rows;
  }

  private Row row(String label, float[][] samples, int most) {
    List<BufferedImage> images = new ArrayList<>();
    for (int i = 0; i < Math.min(most, samples.length); i++) {
      // What is not finite cannot be drawn; the label tells, and the image is grey.
      boolean drawable = Rows.finite(new float[][] {samples[i]});
      images.add(Pixels.picture(drawable ? samples[i] : new float[shape.size()], shape));
    }
    return new Row(Rows.finite(samples) ? label : label + " (diverged)", images);
  }

  private double scale() {
    return shape.dimension(0) < SMALL ? 1.5 : 1;
  }

  /**
   * A section's metrics as small charts over k, each with its intervals and its floor; empty if
   * there are none.
   */
  public static Optional<Drawing> metrics(Section section, List<Entry> entries) {
    Map<String, List<Entry>> byMetric = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.section() == section) {
        byMetric.computeIfAbsent(entry.metric(), name -> new ArrayList<>()).add(entry);
      }
    }
    if (byMetric.isEmpty()) {
      return Optional.empty();
    }
    List<Chart> charts = new ArrayList<>();
    byMetric.forEach((metric, of) -> charts.add(chart(metric, of)));
    EvaluationDrawing drawing =
        section == Section.DISTRIBUTION ? EvaluationDrawing.METRICS : EvaluationDrawing.RESTORATION;
    return Optional.of(drawing.of(new ChartGrid(COLUMNS, WIDTH, HEIGHT, charts)));
  }

  private static Chart chart(String metric, List<Entry> entries) {
    Map<String, List<Entry>> byInput = new LinkedHashMap<>();
    for (Entry entry : entries) {
      byInput.computeIfAbsent(entry.input(), name -> new ArrayList<>()).add(entry);
    }
    return chart(metric, byInput);
  }

  /** A metric over k, a series for each name. */
  static Chart chart(String title, Map<String, List<Entry>> byName) {
    List<Entry> entries = byName.values().stream().flatMap(List::stream).toList();
    int most = entries.stream().mapToInt(Entry::applications).max().orElse(0);
    String goal = entries.get(0).goal();
    Chart.Builder chart =
        Chart.of(
            title,
            Axis.linear("k of f^k").from(-MARGIN, most + MARGIN),
            Axis.linear(
                switch (goal) {
                  case "" -> "";
                  case "as real" -> "best at the floor";
                  default -> goal + " is better";
                }));
    int series = 0;
    for (Map.Entry<String, List<Entry>> named : byName.entrySet()) {
      double shift = APART * (series - (byName.size() - 1) / 2.0);
      series(chart, named.getKey(), named.getValue(), Style.of(series), shift, series == 0);
      series++;
    }
    Double floor = entries.get(0).floor();
    if (floor != null) {
      chart.line(
          "floor",
          Style.REFERENCE,
          List.of(new Point(-MARGIN, floor), new Point(most + MARGIN, floor)));
    }
    return chart.build();
  }

  private static void series(
      Chart.Builder chart,
      String name,
      List<Entry> entries,
      Style style,
      double shift,
      boolean first) {
    List<Point> values = new ArrayList<>();
    List<Point> halves = new ArrayList<>();
    for (Entry entry : entries) {
      double x = entry.applications() + shift;
      Double value = entry.value();
      if (value != null) {
        values.add(new Point(x, value));
      }
      Double low = entry.low();
      Double high = entry.high();
      if (low != null && high != null) {
        chart.line("", style, List.of(new Point(x, low), new Point(x, high)));
      }
      Double half = entry.valueAtFloorSize();
      if (half != null) {
        halves.add(new Point(x + APART, half));
      }
    }
    chart.points(name, style, values);
    if (!halves.isEmpty()) {
      chart.openPoints(first ? "half the samples" : "", style, halves);
    }
  }

  /** The drawings that an evaluation may have, in the order of its page. */
  enum EvaluationDrawing {
    SAMPLES("The first samples and what f makes of them."),
    MEMORISATION(
        "The samples nearest to a training sample in the feature space, each above that one."),
    METRICS(
        "Metrics of f^k beside held-out samples, with 95 % intervals; k = 0 is the input itself. Open"
            + " marks are means over halves, which compare with the floor."),
    RESTORED("Held-out images, degraded, and what f makes of them."),
    RESTORATION(
        "Restoration of degraded samples at f^k, with 95 % intervals; k = 0 is the degraded"
            + " samples.");

    private final String caption;

    EvaluationDrawing(String caption) {
      this.caption = caption;
    }

    String caption() {
      return caption;
    }

    /** The name of its files, without ending. */
    String fileName() {
      return name().toLowerCase(Locale.ROOT);
    }

    Drawing of(Picture picture) {
      return new Drawing(fileName(), caption, picture);
    }
  }
}
