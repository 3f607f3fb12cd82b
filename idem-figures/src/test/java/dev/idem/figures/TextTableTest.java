package dev.idem.figures;

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
  void wordsAreShortenedAndNumbersAreNot() {
    assertThat(TextTable.lines(HEADER, ROWS, 36))
        .containsExactly(
            "run              error  message",
            "one                1.5  everything …",
            "another one  -12.25e-3");
    assertThat(TextTable.lines(HEADER, ROWS, 29))
        .containsExactly(
            "run           error  message", "one             1.5  everyth…", "another…  -12.25e-3");
  }

  @Test
  void columnsWithoutRoomFollowBelowTheFirst() {
    assertThat(TextTable.lines(HEADER, ROWS, 24))
        .containsExactly(
            "run              error",
            "one                1.5",
            "another one  -12.25e-3",
            "",
            "run          message",
            "one          everything…",
            "another one");
  }

  @Test
  void linesFitAnyWidth() {
    for (int width = 1; width < 60; width++) {
      int longest = width;
      assertThat(TextTable.lines(HEADER, ROWS, width))
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(longest));
    }
  }

  @Test
  void textIsContinuedBelowItself() {
    assertThat(TextTable.wrapped("name", 6, "some words behind it", 16))
        .containsExactly("name  some words", "      behind it");
    assertThat(TextTable.wrapped("a long name", 6, "unbreakable", 10))
        .containsExactly("a long name unbreakable");
  }

  @Test
  void tableWithoutRowsIsItsHeader() {
    assertThat(TextTable.lines(List.of("a", "b"), List.of(), 80)).containsExactly("a  b");
  }
}
