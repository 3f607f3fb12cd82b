package dev.idem.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tables as lines of text that fit a width: columns as wide as their widest cell, numbers to the
 * right. Where there is no room, cells of words lose their ends, for which an ellipsis stands;
 * numbers stay whole, and columns that do not fit follow as a second table with the first column
 * repeated.
 */
public final class TextTable {

  private static final String GAP = "  ";
  private static final String ELLIPSIS = "…";

  /** A column of words keeps so many characters. */
  private static final int LEAST = 8;

  private static final String NUMBER = "[-+]?[0-9][0-9,]*(\\.[0-9]+)?([eE][-+]?[0-9]+)?%?|-|NaN|";

  /** A column of the table. */
  private record Column(String name, List<String> cells) {

    boolean isNumbers() {
      return cells.stream().allMatch(cell -> cell.matches(NUMBER));
    }

    boolean isWords() {
      return cells.stream().anyMatch(cell -> cell.matches("[A-Za-z/~.].*"));
    }

    int width() {
      return Stream.concat(Stream.of(name), cells.stream())
          .mapToInt(String::length)
          .max()
          .orElse(0);
    }

    int least() {
      return isWords() ? Math.min(width(), LEAST) : width();
    }
  }

  private TextTable() {}

  /**
   * The lines of a table.
   *
   * @param rows of as many cells as the header
   * @param width the longest line, in characters, positive
   */
  public static List<String> lines(List<String> header, List<List<String>> rows, int width) {
    List<Column> columns =
        IntStream.range(0, header.size())
            .mapToObj(i -> new Column(header.get(i), rows.stream().map(r -> r.get(i)).toList()))
            .toList();
    return lines(columns, width);
  }

  private static List<String> lines(List<Column> columns, int width) {
    int fitting = Math.min(2, columns.size());
    while (fitting < columns.size() && least(columns.subList(0, fitting + 1)) <= width) {
      fitting++;
    }
    List<String> lines = new ArrayList<>(fitted(columns.subList(0, fitting), width));
    if (fitting < columns.size()) {
      lines.add("");
      List<Column> rest = new ArrayList<>(columns.subList(fitting, columns.size()));
      rest.add(0, columns.get(0));
      lines.addAll(lines(rest, width));
    }
    return lines;
  }

  private static int least(List<Column> columns) {
    return columns.stream().mapToInt(Column::least).sum() + GAP.length() * (columns.size() - 1);
  }

  private static List<String> fitted(List<Column> columns, int width) {
    int[] widths = columns.stream().mapToInt(Column::width).toArray();
    int gaps = GAP.length() * (widths.length - 1);
    for (int all = Arrays.stream(widths).sum() + gaps; all > width; all--) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        boolean shrinks = widths[i] > columns.get(i).least();
        widest = shrinks && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
      }
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns, widths, columns.stream().map(Column::name).toList(), width));
    for (int row = 0; row < columns.get(0).cells().size(); row++) {
      int at = row;
      lines.add(
          line(columns, widths, columns.stream().map(c -> c.cells().get(at)).toList(), width));
    }
    return lines;
  }

  private static String line(List<Column> columns, int[] widths, List<String> cells, int width) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = shortened(cells.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP)
          .append(columns.get(i).isNumbers() ? padding + cell : cell + padding);
    }
    return shortened(line.toString().stripTrailing(), width);
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + ELLIPSIS;
  }

  /**
   * Text behind a label, continued below itself where it does not fit.
   *
   * @param indent where the text begins; a longer label is followed by it all the same
   * @param width the longest line, in characters; longer words stay whole
   */
  public static List<String> wrapped(String label, int indent, String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(label);
    line.append(" ".repeat(Math.max(1, indent - label.length())));
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
