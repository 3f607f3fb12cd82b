package dev.idem.figures.sweep;

import dev.idem.api.check.Numbers;
import dev.idem.figures.sweep.Ranking.Configuration;
import dev.idem.generative.image.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parallel coordinates: an upright axis for each axis of the sweep, then the metric, and a line
 * through them for each configuration, in the colour of its median. The best lie on top and are
 * thicker; those whose median is infinite are grey and end above the metric's axis; those not
 * ranked are pale and end before it.
 */
final class ParallelCoordinates implements Picture {

  private static final int MOST_BEST = 5;
  private static final int LINES_FOR_EACH_BEST = 10;
  private static final Color UNRANKED = new Color(0xBBBBBB);

  private static final int LEFT = 92;
  private static final int RIGHT = 90;
  private static final int TOP = 64;
  private static final int HEIGHT = 470;
  private static final int BOTTOM = 24;
  private static final int MOST_WIDTH = 1160;
  private static final int LEAST_WIDTH = 620;
  private static final int BETWEEN = 150;
  private static final double BAR = 14;

  /** Lines through the same value of an axis are spread over so much. */
  private static final double SPREAD = 22;

  /** Lines that are not ranked end so far after their last value. */
  private static final double STUB = 30;

  private static final float FAINT = 1.1f;

  private final SweepResults results;

  /** The ranked ones, the best first, then the others. */
  private final List<Configuration> lines;

  private final int ranked;
  private final Colours colours;
  private final List<Upright> axes = new ArrayList<>();

  /**
   * An axis.
   *
   * @param name above it
   * @param ticks labels, by their place from 0, at the foot, to 1
   * @param places of the values
   */
  private record Upright(String name, Map<Double, String> ticks, Map<String, Double> places) {}

  ParallelCoordinates(SweepResults results, Ranking ranking, Colours colours) {
    this.results = results;
    this.lines = new ArrayList<>(ranking.ranked());
    ranking.configurations().stream()
        .filter(each -> !ranking.ranked().contains(each))
        .forEach(lines::add);
    this.ranked = ranking.ranked().size();
    this.colours = colours;
    for (int i = 0; i < results.axes().size(); i++) {
      axes.add(upright(results.names().get(i), results.axes().get(i)));
    }
  }

  private static Upright upright(String name, SweepResults.Axis axis) {
    Map<Double, String> ticks = new HashMap<>();
    Map<String, Double> places = new HashMap<>();
    int count = axis.values().size();
    if (axis.numeric()) {
      List<Double> numbers = axis.values().stream().map(Double::valueOf).toList();
      Scale scale = Scale.of(numbers, axis.logarithmic());
      axis.values().forEach(text -> places.put(text, scale.at(Double.parseDouble(text))));
      if (count <= Level.MOST_VALUES) {
        places.forEach((text, place) -> ticks.put(place, Labels.value(axis, text)));
      } else {
        scale.ticks().forEach(tick -> ticks.put(scale.at(tick), Numbers.rounded(tick, 3)));
      }
    } else {
      for (int i = 0; i < count; i++) {
        String text = axis.values().get(i);
        // The first value on top, as it is read.
        double place = 1 - (i + 0.5) / count;
        places.put(text, place);
        ticks.put(place, text);
      }
    }
    return new Upright(name, ticks, places);
  }

  /** How many of so many ranked configurations stand out. */
  static int best(int ranked) {
    return Math.max(1, Math.min(MOST_BEST, ranked / LINES_FOR_EACH_BEST));
  }

  @Override
  public int width() {
    return Math.max(
        LEAST_WIDTH, Math.min(MOST_WIDTH, LEFT + RIGHT + BETWEEN * results.axes().size()));
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  private double x(int axis) {
    return LEFT + (double) axis * (width() - LEFT - RIGHT) / results.axes().size();
  }

  private static double y(double place) {
    return HEIGHT - BOTTOM - place * (HEIGHT - BOTTOM - TOP);
  }

  private static double divergedY() {
    return TOP - 18;
  }

  @Override
  public void draw(Graphics2D graphics) {
    List<Map<Configuration, Double>> nodes = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      nodes.add(nodes(i));
    }
    // From the worst to the best, which lie on top.
    for (int rank = lines.size() - 1; rank >= 0; rank--) {
      line(graphics, nodes, rank);
    }
    for (int i = 0; i < axes.size(); i++) {
      axis(graphics, i);
    }
    metric(graphics);
  }

  /** Where each line crosses an axis: about its value, the best lowest, as on the metric's axis. */
  private Map<Configuration, Double> nodes(int axis) {
    Map<String, List<Configuration>> byValue = new HashMap<>();
    for (Configuration line : lines) {
      byValue.computeIfAbsent(line.setting().get(axis), value -> new ArrayList<>()).add(line);
    }
    Map<Configuration, Double> nodes = new HashMap<>();
    byValue.forEach(
        (value, members) -> {
          double middle = y(axes.get(axis).places().getOrDefault(value, 0.0));
          double room = byValue.size() > Level.MOST_VALUES ? 0 : SPREAD;
          for (int i = 0; i < members.size(); i++) {
            double offset = (i + 0.5) / members.size() - 0.5;
            nodes.put(members.get(i), middle - offset * room);
          }
        });
    return nodes;
  }

  private void line(Graphics2D graphics, List<Map<Configuration, Double>> nodes, int rank) {
    Configuration line = lines.get(rank);
    double median = line.median();
    Path2D path = new Path2D.Double();
    for (int i = 0; i < axes.size(); i++) {
      double y = nodes.get(i).getOrDefault(line, 0.0);
      if (i == 0) {
        path.moveTo(x(0), y);
      } else {
        path.lineTo(x(i), y);
      }
    }
    boolean finite = Double.isFinite(median);
    if (rank < ranked) {
      path.lineTo(x(axes.size()), finite ? y(colours.scale().at(median)) : divergedY());
    } else {
      path.lineTo(x(axes.size() - 1) + STUB, nodes.get(axes.size() - 1).getOrDefault(line, 0.0));
    }
    boolean best = finite && rank < Math.min(ranked, best(ranked));
    if (best) {
      graphics.setStroke(rounded(5f));
      graphics.setPaint(Color.WHITE);
      graphics.draw(path);
    }
    Color colour = rank < ranked ? colours.of(median) : UNRANKED;
    int alpha = best ? 255 : lines.size() > 300 ? 90 : lines.size() > 60 ? 120 : 190;
    graphics.setPaint(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha));
    graphics.setStroke(rounded(best ? rank == 0 ? 3.2f : 2f : FAINT));
    graphics.draw(path);
  }

  private static BasicStroke rounded(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private void axis(Graphics2D graphics, int index) {
    double x = x(index);
    double room = (width() - LEFT - RIGHT) / (double) axes.size() - 12;
    graphics.setPaint(Color.BLACK);
    graphics.setStroke(new BasicStroke(1.2f));
    graphics.draw(new Line2D.Double(x, y(0) + SPREAD / 2, x, y(1) - SPREAD / 2));
    graphics.setFont(Colours.TITLE);
    Colours.centred(graphics, axes.get(index).name(), x, 18, index == 0 ? 2.0 * LEFT - 8 : room);
    graphics.setFont(Colours.TICKS);
    double last = Double.NEGATIVE_INFINITY;
    List<Map.Entry<Double, String>> ticks =
        axes.get(index).ticks().entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
            .toList();
    for (Map.Entry<Double, String> tick : ticks) {
      double y = y(tick.getKey());
      graphics.setPaint(Color.BLACK);
      graphics.setStroke(new BasicStroke(1f));
      graphics.draw(new Line2D.Double(x - 4, y, x, y));
      // Values that lie too close have a tick and no label.
      if (y(tick.getKey()) < last - 12 || last == Double.NEGATIVE_INFINITY) {
        label(graphics, tick.getValue(), x - 7, y, index == 0 ? LEFT - 12 : room * 0.6);
        last = y;
      }
    }
  }

  /** Text with a white edge, its right end in the middle at (x, y). */
  private static void label(Graphics2D graphics, String text, double x, double y, double width) {
    FontMetrics metrics = graphics.getFontMetrics();
    String shown = Colours.fitting(metrics, text, width);
    float left = (float) (x - metrics.stringWidth(shown));
    float base = (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0);
    graphics.setPaint(Color.WHITE);
    graphics.setStroke(rounded(3.5f));
    graphics.draw(
        graphics
            .getFont()
            .createGlyphVector(graphics.getFontRenderContext(), shown)
            .getOutline(left, base));
    graphics.setPaint(Color.BLACK);
    graphics.drawString(shown, left, base);
  }

  private void metric(Graphics2D graphics) {
    double x = x(axes.size());
    colours.bar(graphics, new Rectangle2D.Double(x, y(1), BAR, y(0) - y(1)));
    graphics.setPaint(Color.BLACK);
    graphics.setFont(Colours.TITLE);
    Colours.centred(graphics, results.metric(), x, 18, 2.0 * RIGHT - 8);
    if (lines.subList(0, ranked).stream().anyMatch(line -> !Double.isFinite(line.median()))) {
      Rectangle2D diverged = new Rectangle2D.Double(x, divergedY() - 6, BAR, 12);
      graphics.setPaint(Colours.DIVERGED);
      graphics.fill(diverged);
      graphics.setPaint(Color.BLACK);
      graphics.setFont(Colours.TICKS);
      graphics.drawString("infinite", (float) (x + BAR + 7), (float) divergedY() + 4);
    }
  }
}
