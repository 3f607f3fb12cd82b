package dev.idem.uses.tabular;

import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table of numbers, some of which may be missing, with a label for each row or none. Immutable.
 *
 * <p>It is read from CSV in UTF-8: commas, a first line that names the columns, a number in every
 * other cell. A cell that is empty, {@code NA}, {@code NaN} or {@code ?} is missing.
 */
final class NumericTable {

  private final String name;
  private final List<String> columns;
  private final double[][] rows;
  private final Optional<List<String>> labels;

  /** Of what was read and checked. */
  NumericTable(String name, List<String> columns, double[][] rows, Optional<List<String>> labels) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.labels = labels.map(List::copyOf);
  }

  /**
   * The Wisconsin diagnostic breast cancer data: 30 measurements of the cell nuclei in images of
   * 569 fine-needle aspirates, labelled {@code benign} (357) or {@code malignant} (212); nothing is
   * missing. W. Wolberg, O. Mangasarian, N. Street and W. Street, 1993, UCI Machine Learning
   * Repository, <a href="https://doi.org/10.24432/C5DW2B">doi 10.24432/C5DW2B</a>, CC BY 4.0.
   */
  public static NumericTable breastCancer() {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(NumericTable.class.getResourceAsStream("breast-cancer.csv")),
            StandardCharsets.UTF_8)) {
      return new TableReader("Wisconsin breast cancer data", Optional.of("diagnosis")).read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a CSV file.
   *
   * @param label the name of the column that holds labels, text or numbers; empty for none
   * @throws MalformedFileException with file, line and column, if there is no header, no row or no
   *     second column of numbers, a line has more or fewer cells than the first, a cell holds text
   *     or an infinite number, a row has no number, the numbers of a column are all the same, or a
   *     label is missing
   * @throws IOException if it cannot be read
   */
  public static NumericTable read(Path file, Optional<String> label) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new TableReader(file.toString(), label).read(reader);
    }
  }

  /** Where it comes from. */
  public String name() {
    return name;
  }

  /** The names of the columns of numbers, at least two. */
  public List<String> columns() {
    return columns;
  }

  /** The number of rows, at least one. */
  public int size() {
    return rows.length;
  }

  /** The numbers of a row in a fresh array, not-a-number where one is missing. */
  public double[] row(int index) {
    return rows[index].clone();
  }

  /** The label of each row, if there is a label column. */
  public Optional<List<String>> labels() {
    return labels;
  }
}
