package dev.idem.uses.tabular;

import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads one {@link NumericTable} from CSV, and says where it is not such a table. */
final class TableReader {

  /** In lower case. */
  private static final Set<String> MISSING = Set.of("", "na", "nan", "?");

  /** Without sign, in lower case. */
  private static final Set<String> INFINITE = Set.of("inf", "infinity", "∞");

  /** What some editors put before the first letter of a file. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String file;
  private final Optional<String> labelName;
  private final List<String> header = new ArrayList<>();
  private final List<double[]> rows = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();

  /** The column of labels, from 0; -1 if there is none. */
  private int labelColumn = -1;

  /** The line of the record at hand. */
  private long line = 1;

  TableReader(String file, Optional<String> labelName) {
    this.file = file;
    this.labelName = labelName;
  }

  NumericTable read(Reader reader) throws IOException {
    try (CSVParser parser = CSVFormat.Builder.create().get().parse(reader)) {
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        throw malformed("found no text, expected a first line that names the columns");
      }
      readHeader(records.next());
      while (records.hasNext()) {
        CSVRecord record = records.next();
        line = parser.getCurrentLineNumber();
        readRow(record);
      }
    } catch (UncheckedIOException e) {
      // The iterator wraps what the reader throws, and the parser's own refusals.
      IOException cause = Objects.requireNonNull(e.getCause());
      throw cause instanceof CharacterCodingException
          ? malformed("found text in another encoding, expected UTF-8; save it as UTF-8", e)
          : malformed("found invalid CSV, " + cause.getMessage(), e);
    }
    if (rows.isEmpty()) {
      throw malformed("found a header and no row, expected at least one row");
    }
    List<String> columns = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      if (column != labelColumn) {
        requireVaried(column, columns.size());
        columns.add(header.get(column));
      }
    }
    return new NumericTable(
        file,
        columns,
        rows.toArray(double[][]::new),
        labelName.isPresent() ? Optional.of(labels) : Optional.empty());
  }

  private void readHeader(CSVRecord record) throws MalformedFileException {
    for (String cell : record) {
      String name = cell.replace(BYTE_ORDER_MARK, "").strip();
      if (name.isEmpty() || number(name).isPresent()) {
        throw malformed(
            "line 1, column %s: found '%s', expected the name of the column; put a line of names before the rows"
                .formatted(header.size() + 1, name));
      }
      if (header.contains(name)) {
        throw malformed(
            "line 1, column %s: found the name '%s' of column %s again; rename one of them"
                .formatted(header.size() + 1, name, header.indexOf(name) + 1));
      }
      header.add(name);
    }
    if (labelName.isPresent()) {
      labelColumn = header.indexOf(labelName.get());
      if (labelColumn < 0) {
        throw malformed(
            "found no label column '%s'; columns: %s"
                .formatted(labelName.get(), String.join(", ", header)));
      }
    }
    int numbers = header.size() - (labelColumn < 0 ? 0 : 1);
    if (numbers < 2) {
      throw malformed(
          "line 1: found %s besides labels (%s), expected at least two columns of numbers, separated by commas; a cell is restored from the others of its row"
              .formatted(numbers == 1 ? "one column" : "no column", String.join(", ", header)));
    }
  }

  private void readRow(CSVRecord record) throws MalformedFileException {
    if (record.size() != header.size()) {
      throw malformed(
          "line %s: found %s %s, expected %s as in the header; cells that hold a comma need quotes"
              .formatted(
                  line, record.size(), record.size() == 1 ? "cell" : "cells", header.size()));
    }
    List<Double> numbers = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      String cell = record.get(column).strip();
      if (column == labelColumn) {
        if (isMissing(cell)) {
          throw malformedCell(column, "found no label; give one, or drop the row");
        }
        labels.add(cell);
      } else {
        numbers.add(isMissing(cell) ? Double.NaN : readNumber(column, cell));
      }
    }
    if (numbers.stream().allMatch(value -> value.isNaN())) {
      throw malformed(
          "line %s: every cell is missing, from column 1 ('%s') on; drop the row"
              .formatted(line, header.get(0)));
    }
    rows.add(numbers.stream().mapToDouble(value -> value).toArray());
  }

  private static boolean isMissing(String cell) {
    return MISSING.contains(cell.toLowerCase(Locale.ROOT));
  }

  private double readNumber(int column, String cell) throws MalformedFileException {
    String unsigned = cell.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
    Optional<Double> number = number(cell);
    // Samples are of single precision.
    if (INFINITE.contains(unsigned)
        || number.filter(v -> Math.abs(v) > Float.MAX_VALUE).isPresent()) {
      throw malformedCell(
          column,
          "found '%s', expected a number below 3.4e38; leave the cell empty if it is missing"
              .formatted(cell));
    }
    if (number.isEmpty()) {
      throw malformedCell(
          column,
          "found the text '%s', expected a number; correct the cell, or drop the column or encode it as numbers%s"
              .formatted(cell, labelColumn < 0 ? ", or name it as the label column" : ""));
    }
    return number.get();
  }

  /** A number in decimal notation: no hexadecimal digits and no suffix, as Java's own takes. */
  private static Optional<Double> number(String text) {
    try {
      return Optional.of(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void requireVaried(int column, int place) throws MalformedFileException {
    double[] observed =
        rows.stream().mapToDouble(row -> row[place]).filter(v -> !Double.isNaN(v)).toArray();
    String where = "column %s ('%s')".formatted(column + 1, header.get(column));
    if (observed.length == 0) {
      throw malformed(where + ": every cell is missing; drop the column");
    }
    for (double value : observed) {
      if (value != observed[0]) {
        return;
      }
    }
    throw malformed(
        "%s: every number is %s, a standard deviation of 0; drop the column"
            .formatted(where, observed[0]));
  }

  private MalformedFileException malformedCell(int column, String found) {
    return malformed(
        "line %s, column %s ('%s'): %s".formatted(line, column + 1, header.get(column), found));
  }

  private MalformedFileException malformed(String found) {
    return malformed(found, null);
  }

  private MalformedFileException malformed(String found, @Nullable Throwable cause) {
    return new MalformedFileException("table %s: %s".formatted(file, found), cause);
  }
}
