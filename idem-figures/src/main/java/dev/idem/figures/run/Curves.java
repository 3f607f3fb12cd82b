package dev.idem.figures.run;

import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.report.Embedded;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values over the steps of a run as a chart, one for each name. */
final class Curves {

  private static final int WIDTH = 468;
  private static final int HEIGHT = 300;

  /** A value whose greatest is so many times its least has a logarithmic axis. */
  private static final double LOGARITHMIC = 10;

  /** Of so few points each is marked. */
  private static final int MARKED = 30;

  private Curves() {}

  /** Draws tracks by their names; the legend has them if there are several. */
  static Embedded drawn(String title, String caption, Map<String, Track> tracks) {
    Chart.Builder chart = Chart.of(title, Axis.linear("step"), axis(tracks.values()));
    int index = 0;
    int most = 1;
    for (Map.Entry<String, Track> named : tracks.entrySet()) {
      Track track = named.getValue();
      Style style = Style.of(index++);
      List<Point> means = track.means();
      if (track.rowsPerPoint() > 1) {
        chart.band(style, track.lows(), track.highs());
      }
      chart.line(tracks.size() > 1 ? named.getKey() : "", style, means);
      if (means.size() <= MARKED) {
        chart.points("", style, means);
      }
      most = Math.max(most, track.rowsPerPoint());
    }
    String means =
        most == 1
            ? ""
            : String.format(
                Locale.ROOT,
                " Means over %,d steps; shaded: from the least to the greatest.",
                most);
    return new Embedded(caption + means, ChartGrid.single(WIDTH, HEIGHT, chart.build()).png());
  }

  private static Axis axis(Collection<Track> tracks) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (Track track : tracks) {
      // A comparison with not-a-number is false: a track without finite values decides nothing.
      least = track.least() < least ? track.least() : least;
      greatest = track.greatest() > greatest ? track.greatest() : greatest;
    }
    return least > 0 && greatest >= LOGARITHMIC * least ? Axis.log("") : Axis.linear("");
  }
}
