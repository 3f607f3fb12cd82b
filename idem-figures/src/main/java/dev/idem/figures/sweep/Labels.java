package dev.idem.figures.sweep;

import dev.idem.api.check.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Texts of a sweep, short enough for pictures and cells. */
final class Labels {

  /** The most characters in a cell. */
  static final int CELL = 40;

  private static final int SHORT_NUMBER = 6;

  private Labels() {}

  /** Text of at most so many characters; the middle of a longer one is left out. */
  static String shortened(String text, int most) {
    String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    if (line.length() <= most) {
      return line;
    }
    int end = (most - 1) / 3;
    return line.substring(0, most - 1 - end) + "…" + line.substring(line.length() - end);
  }

  /** A value of an axis: a number that is long as written in three digits. */
  static String value(SweepResults.Axis axis, String text) {
    return axis.numeric() && text.length() > SHORT_NUMBER
        ? Numbers.rounded(Double.parseDouble(text), 3)
        : shortened(text, CELL);
  }

  /** The setting, axis by axis. */
  static String setting(SweepResults results, List<String> setting) {
    List<String> names = results.names();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < setting.size(); i++) {
      parts.add(names.get(i) + " = " + value(results.axes().get(i), setting.get(i)));
    }
    return String.join(", ", parts);
  }
}
