package dev.idem.figures.sweep;

import dev.idem.figures.sweep.Ranking.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A value of an axis, or neighbouring ones where a numeric axis has many.
 *
 * @param label to show
 * @param values the texts
 */
record Level(String label, Set<String> values) {

  /** A numeric axis with more values than this is cut into groups. */
  static final int MOST_VALUES = 12;

  /** The levels of an axis; a numeric one with many values has so many groups of equal size. */
  static List<Level> of(SweepResults.Axis axis, int groups) {
    if (!axis.numeric()) {
      return axis.values().stream()
          .map(value -> new Level(Labels.shortened(value, Labels.CELL), Set.of(value)))
          .toList();
    }
    List<String> sorted =
        axis.values().stream().sorted(Comparator.comparingDouble(Double::parseDouble)).toList();
    if (sorted.size() <= MOST_VALUES) {
      return sorted.stream()
          .map(value -> new Level(Labels.value(axis, value), Set.of(value)))
          .toList();
    }
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      List<String> part =
          sorted.subList(i * sorted.size() / groups, (i + 1) * sorted.size() / groups);
      String label =
          Labels.value(axis, part.get(0)) + " to " + Labels.value(axis, part.get(part.size() - 1));
      levels.add(new Level(label, Set.copyOf(part)));
    }
    return levels;
  }

  boolean holds(Configuration configuration, int axis) {
    return values.contains(configuration.setting().get(axis));
  }
}
