package dev.idem.figures.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Rows of words under a header, in columns as wide as need be. */
final class AlignedTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  AlignedTable(List<String> header) {
    rows.add(header);
  }

  void add(List<String> row) {
    rows.add(row);
  }

  List<String> lines() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
