package dev.idem.uses.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericTableTest {

  private final Path file;

  NumericTableTest(@TempDir Path directory) {
    file = directory.resolve("table.csv");
  }

  private NumericTable read(String text) throws IOException {
    return read(text, Optional.empty());
  }

  private NumericTable read(String text, Optional<String> label) throws IOException {
    Files.writeString(file, text);
    return NumericTable.read(file, label);
  }

  private void refused(String text, String message) {
    refused(text, Optional.empty(), message);
  }

  private void refused(String text, Optional<String> label, String message) {
    assertThatThrownBy(() -> read(text, label))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("table " + file + ": " + message);
  }

  @Test
  void theBundledTableIsTheBreastCancerData() {
    NumericTable table = NumericTable.breastCancer();
    assertThat(table.size()).isEqualTo(569);
    assertThat(table.columns())
        .hasSize(30)
        .startsWith("mean radius", "mean texture")
        .endsWith("worst symmetry", "worst fractal dimension")
        .contains("concave points error");
    assertThat(table.labels())
        .hasValueSatisfying(
            labels -> {
              assertThat(Collections.frequency(labels, "benign")).isEqualTo(357);
              assertThat(Collections.frequency(labels, "malignant")).isEqualTo(212);
              assertThat(labels).startsWith("malignant").endsWith("benign");
            });
    assertThat(table.row(0)).startsWith(17.99, 10.38, 122.8, 1001).endsWith(0.4601, 0.1189);
    // Known of this data set: the mean over all rows of the first column.
    double mean = IntStream.range(0, 569).mapToDouble(i -> table.row(i)[0]).average().orElseThrow();
    assertThat(Math.round(mean * 1_000) / 1_000.0).isEqualTo(14.127);
  }

  @Test
  void readsNumbersNamesAndLabels() throws IOException {
    NumericTable table =
        read("\uFEFF a ,\"b, c\",kind\n1,-2.5e1, x\n\n+3,.5,y y\n", Optional.of("kind"));
    assertThat(table.columns()).containsExactly("a", "b, c");
    assertThat(table.labels()).hasValueSatisfying(l -> assertThat(l).containsExactly("x", "y y"));
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.row(0)).containsExactly(1, -25);
    assertThat(table.row(1)).containsExactly(3, 0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "NA", "na", "NaN", "nan", "?"})
  void aCellMayBeMissing(String cell) throws IOException {
    NumericTable table = read("a,b\n1,2\n%s,3\n2,4\n".formatted(cell));
    assertThat(table.row(1)).containsExactly(Double.NaN, 3);
    assertThat(table.labels()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"high", "1,5", "12 mm", "0x1p3", "1d", "1f", "NULL", "--1"})
  void textIsRefusedWithItsPlace(String cell) {
    refused(
        "a,b\n1,2\n3,\"%s\"\n".formatted(cell),
        "line 3, column 2 ('b'): found the text '%s', expected a number; correct the cell, or drop the column or encode it as numbers, or name it as the label column"
            .formatted(cell));
  }

  @Test
  void textBesideALabelColumnIsRefusedToo() {
    refused(
        "kind,a,b\nx,1,red\n",
        Optional.of("kind"),
        "line 2, column 3 ('b'): found the text 'red', expected a number; correct the cell, or drop"
            + " the column or encode it as numbers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-Infinity", "+INF", "1e39", "-1e400", "∞"})
  void anInfiniteNumberIsRefused(String cell) {
    refused(
        "a,b\n%s,2\n".formatted(cell),
        "line 2, column 1 ('a'): found '%s', expected a number below 3.4e38; leave the cell empty if it is missing"
            .formatted(cell));
  }

  @Test
  void aRowWithNoObservedCellIsRefused() {
    refused(
        "a,b\n1,2\n,NA\n3,4\n",
        "line 3: every cell is missing, from column 1 ('a') on; drop the row");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    refused(
        "a,b\n1,2\n3\n",
        "line 3: found 1 cell, expected 2 as in the header; cells that hold a comma need quotes");
    refused(
        "a,b\n1,2\n\n3,4,5",
        "line 4: found 3 cells, expected 2 as in the header; cells that hold a comma need quotes");
  }

  @Test
  void aTableWithoutRowsIsRefused() {
    refused("a,b\n", "found a header and no row, expected at least one row");
  }

  @Test
  void anEmptyFileIsRefused() {
    refused("", "found no text, expected a first line that names the columns");
    refused("\n\n", "found no text, expected a first line that names the columns");
  }

  @Test
  void aHeaderOfNumbersOrWithoutNamesIsRefused() {
    refused(
        "1.5,2\n3,4\n",
        "line 1, column 1: found '1.5', expected the name of the column; put a line of names before"
            + " the rows");
    refused(
        "a,\n3,4\n",
        "line 1, column 2: found '', expected the name of the column; put a line of names before"
            + " the rows");
    refused(
        "a,b,a\n1,2,3\n",
        "line 1, column 3: found the name 'a' of column 1 again; rename one of them");
  }

  @Test
  void aConstantOrEmptyColumnIsRefused() {
    refused(
        "kind,a,b\nx,1,5\ny,2,\nx,3,5.0\n",
        Optional.of("kind"),
        "column 3 ('b'): every number is 5.0, a standard deviation of 0; drop the column");
    refused("a,b\n1,\n2,NA\n", "column 2 ('b'): every cell is missing; drop the column");
  }

  @Test
  void oneColumnIsRefused() {
    refused(
        "a;b\n1;2\n",
        "line 1: found one column besides labels (a;b), expected at least two columns of numbers,"
            + " separated by commas; a cell is restored from the others of its row");
    refused(
        "kind,a\nx,2\n",
        Optional.of("kind"),
        "line 1: found one column besides labels (kind, a), expected at least two columns of"
            + " numbers, separated by commas; a cell is restored from the others of its row");
  }

  @Test
  void anUnknownOrMissingLabelIsRefused() {
    refused("a,b\n1,2\n", Optional.of("c"), "found no label column 'c'; columns: a, b");
    refused(
        "a,b,kind\n1,2,x\n3,4,?\n",
        Optional.of("kind"),
        "line 3, column 3 ('kind'): found no label; give one, or drop the row");
  }

  @Test
  void aQuoteThatDoesNotEndIsRefused() {
    assertThatThrownBy(() -> read("a,b\n1,\"2\n3,4\n"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("table " + file + ": found invalid CSV, ");
  }

  @Test
  void anotherEncodingAndAMissingFileAreRefused() throws IOException {
    Files.write(file, "größe,b\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> NumericTable.read(file, Optional.empty()))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(
            "table " + file + ": found text in another encoding, expected UTF-8; save it as UTF-8");
    assertThatThrownBy(() -> NumericTable.read(file.resolveSibling("none"), Optional.empty()))
        .isInstanceOf(NoSuchFileException.class);
  }
}
