package dev.idem.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tables of text: columns as wide as their widest cell, numbers to the right. */
public final class TextTable {

  private static final String GAP = "  ";
  private static final String ELLIPSIS = "…";

  /** A column keeps so many characters, as long as others have more. */
  private static final int LEAST = 8;

  private static final String NUMBER = "[-+]?[0-9][0-9,]*(\\.[0-9]+)?([eE][-+]?[0-9]+)?%?|-|NaN|";

  private TextTable() {}

  /**
   * The lines of a table. What is too wide loses the ends of its widest columns' cells, then whole
   * columns on the right; an ellipsis stands for either.
   *
   * @param rows of as many cells as the header
   * @param width the longest line, in characters, positive
   */
  public static List<String> lines(List<String> header, List<List<String>> rows, int width) {
    int[] widths = new int[header.size()];
    boolean[] numbers = new boolean[header.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      widths[i] = Math.max(header.get(i).length(), widest);
      numbers[i] = rows.stream().allMatch(row -> row.get(column).matches(NUMBER));
    }
    narrow(widths, width);
    List<String> lines = new ArrayList<>();
    lines.add(line(header, widths, numbers, width));
    rows.forEach(row -> lines.add(line(row, widths, numbers, width)));
    return lines;
  }

  private static void narrow(int[] widths, int width) {
    int gaps = GAP.length() * (widths.length - 1);
    for (int all = Arrays.stream(widths).sum() + gaps; all > width; all--) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        return;
      }
      widths[widest]--;
    }
  }

  private static String line(List<String> row, int[] widths, boolean[] numbers, int width) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = shortened(row.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP).append(numbers[i] ? padding + cell : cell + padding);
    }
    return shortened(line.toString().stripTrailing(), width);
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + ELLIPSIS;
  }
}
