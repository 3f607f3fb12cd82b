package dev.idem.figures;

import dev.idem.api.check.Require;
import dev.idem.eval.Quantiles.Quartiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

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

  private static final CSVFormat CSV = CSVFormat.Builder.create().setRecordSeparator('\n').get();

  /**
   * A column: its name in the header, and its cell in the row of each thing that the table is of.
   *
   * @param <R> what a row is of
   */
  public record Column<R>(String name, Function<? super R, ?> cell) {}

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
  public static <R> Table shown(
      String name, String caption, List<R> rows, List<Column<R>> columns) {
    return of(name, caption, false, true, rows, columns);
  }

  /** A table for files alone. */
  public static <R> Table filed(
      String name, String caption, List<R> rows, List<Column<R>> columns) {
    return of(name, caption, false, false, rows, columns);
  }

  /** A table of wall times, for files alone. */
  public static <R> Table timings(
      String name, String caption, List<R> rows, List<Column<R>> columns) {
    return of(name, caption, true, false, rows, columns);
  }

  /** A table of wall times shown in the report. */
  public static <R> Table shownTimings(
      String name, String caption, List<R> rows, List<Column<R>> columns) {
    return of(name, caption, true, true, rows, columns);
  }

  private static <R> Table of(
      String name,
      String caption,
      boolean timing,
      boolean inReport,
      List<R> rows,
      List<Column<R>> columns) {
    List<List<Object>> cells = new ArrayList<>();
    for (R row : rows) {
      List<Object> line = new ArrayList<>();
      columns.forEach(column -> line.add(column.cell().apply(row)));
      cells.add(line);
    }
    List<String> header = columns.stream().map(Column::name).toList();
    return new Table(name, caption, timing, inReport, header, cells);
  }

  /** The name of its file: {@code NAME.csv}, or {@code NAME-timing.csv}. */
  public String fileName() {
    return name + (timing ? "-timing.csv" : ".csv");
  }

  /** Text for a cell: median and range; a dash where there is nothing. */
  public static String range(List<Double> values) {
    if (values.isEmpty()) {
      return "–";
    }
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    return "%s (%s to %s)"
        .formatted(
            threeDigits(Quartiles.of(values).median()),
            threeDigits(sorted[0]),
            threeDigits(sorted[sorted.length - 1]));
  }

  private static String threeDigits(double value) {
    return Double.isInfinite(value) ? "∞" : String.format(Locale.ROOT, "%.3g", value);
  }

  byte[] csv() {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSV)) {
      printer.printRecord(header);
      for (List<Object> row : rows) {
        printer.printRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
