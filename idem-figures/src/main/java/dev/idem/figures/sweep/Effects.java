package dev.idem.figures.sweep;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.sweep.Ranking.Configuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The main effect of an axis: what its values come to over all settings of the others.
 *
 * @param axis its index
 * @param rows one for each level with a ranked configuration
 */
record Effects(int axis, List<Row> rows) {

  /** Values of a numeric axis that has many are put into so many groups. */
  private static final int GROUPS = 4;

  /**
   * A level of the axis.
   *
   * @param configurations ranked ones with it
   * @param median of their medians
   * @param best of their medians
   * @param infinite share of their runs' scores
   */
  record Row(Level level, int configurations, double median, double best, double infinite) {}

  /** The effects of each axis, in their order. */
  static List<Effects> of(SweepResults results, Ranking ranking) {
    List<Effects> all = new ArrayList<>();
    for (int i = 0; i < results.axes().size(); i++) {
      all.add(of(results.axes().get(i), i, ranking));
    }
    return all;
  }

  private static Effects of(SweepResults.Axis axis, int index, Ranking ranking) {
    List<Row> rows = new ArrayList<>();
    for (Level level : Level.of(axis, GROUPS)) {
      List<Configuration> members =
          ranking.ranked().stream().filter(each -> level.holds(each, index)).toList();
      if (!members.isEmpty()) {
        int scores = members.stream().mapToInt(each -> each.scores().size()).sum();
        int infinite = members.stream().mapToInt(Configuration::infinite).sum();
        rows.add(
            new Row(
                level,
                members.size(),
                Quartiles.of(members.stream().map(Configuration::median).toList()).median(),
                members.get(0).median(),
                (double) infinite / scores));
      }
    }
    return new Effects(index, List.copyOf(rows));
  }

  /**
   * How far the finite ones of {@link Row#best} lie apart: the greatest over the least, or their
   * difference.
   */
  double reach(boolean ratio) {
    double[] finite = rows.stream().mapToDouble(Row::best).filter(Double::isFinite).toArray();
    double least = Arrays.stream(finite).min().orElse(0);
    double greatest = Arrays.stream(finite).max().orElse(0);
    if (least == greatest) {
      return ratio ? 1 : 0;
    }
    return ratio ? greatest / least : greatest - least;
  }

  /** How many values never gave a finite median. */
  long hopeless() {
    return rows.stream().filter(row -> !Double.isFinite(row.best())).count();
  }
}
