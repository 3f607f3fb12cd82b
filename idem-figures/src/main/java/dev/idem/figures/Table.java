package dev.idem.figures;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of a figure. Cells are strings, whole numbers or doubles; a CSV file holds doubles in
 * full, a page shortens them.
 *
 * @param name of its file, without ending
 * @param caption a line on what it holds
 * @param timing whether it holds wall times, which differ from run to run; its file is named so
 * @param inReport whether it is short enough to be shown
 * @param header names of the columns
 * @param rows as many cells each as the header
 */
public record Table(
    String name,
    String caption,
    boolean timing,
    boolean inReport,
    List<String> header,
    List<List<Object>> rows) {

  public Table {
    Require.argument(
        name.matches("[a-z0-9][a-z0-9-]*"), "table name '%s' must be lower-case and hyphens", name);
    header = List.copyOf(header);
    List<List<Object>> copied = new ArrayList<>();
    for (List<Object> row : rows) {
      Require.argument(
          row.size() == header.size(),
          "table '%s': row of %s cells under a header of %s",
          name,
          row.size(),
          header.size());
      copied.add(List.copyOf(row));
    }
    rows = List.copyOf(copied);
  }

  /** A table shown in the report. */
  public static Table shown(
      String name, String caption, List<String> header, List<List<Object>> rows) {
    return new Table(name, caption, false, true, header, rows);
  }

  /** A table for files alone. */
  public static Table filed(
      String name, String caption, List<String> header, List<List<Object>> rows) {
    return new Table(name, caption, false, false, header, rows);
  }

  /** A table of wall times, for files alone. */
  public static Table timings(
      String name, String caption, List<String> header, List<List<Object>> rows) {
    return new Table(name, caption, true, false, header, rows);
  }

  /** The name of its file: {@code NAME.csv}, or {@code NAME-timing.csv}. */
  public String fileName() {
    return name + (timing ? "-timing.csv" : ".csv");
  }
}
