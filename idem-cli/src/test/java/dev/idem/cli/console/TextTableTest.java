package dev.idem.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  private static final List<String> HEADER = List.of("run", "error", "message");
  private static final List<List<String>> ROWS =
      List.of(
          List.of("one", "1.5", "everything went well"), List.of("another one", "-12.25e-3", ""));

  @Test
  void columnsAreAsWideAsTheirWidestCellAndNumbersToTheRight() {
    assertThat(TextTable.lines(HEADER, ROWS, Integer.MAX_VALUE))
        .containsExactly(
            "run              error  message",
            "one                1.5  everything went well",
            "another one  -12.25e-3");
  }

  @Test
  void widestColumnsAreShortenedFirst() {
    assertThat(TextTable.lines(HEADER, ROWS, 36))
        .containsExactly(
            "run              error  message",
            "one                1.5  everything …",
            "another one  -12.25e-3");
  }

  @Test
  void linesFitAnyWidth() {
    for (int width = 1; width < 60; width++) {
      int longest = width;
      assertThat(TextTable.lines(HEADER, ROWS, width))
          .hasSize(3)
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(longest));
    }
    assertThat(TextTable.lines(HEADER, ROWS, 20).get(0)).endsWith("…");
  }

  @Test
  void tableWithoutRowsIsItsHeader() {
    assertThat(TextTable.lines(List.of("a", "b"), List.of(), 80)).containsExactly("a  b");
  }
}
