package dev.idem.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Console output of a task against a clock that the test sets. */
class ConsoleProgressTest {

  private static final int WIDE = 200;

  private final StringWriter written = new StringWriter();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private ConsoleProgress lines() {
    return new ConsoleProgress(new PrintWriter(written), null, () -> now);
  }

  private void afterSeconds(long seconds, ConsoleProgress progress, long units) {
    now = now.plusSeconds(seconds);
    progress.advance(units);
  }

  private List<String> told() {
    return written.toString().lines().toList();
  }

  @Test
  void withoutATerminalALineComesEveryTenSecondsAndNoSooner() {
    ConsoleProgress progress = lines();
    progress.begin("training", 1_200);
    progress.tell(() -> "loss 0.5");
    for (int second = 1; second <= 24; second++) {
      afterSeconds(1, progress, 24);
    }
    assertThat(told())
        .containsExactly(
            "training",
            "training: 240 of 1,200, 24.0/s, 0:00:40 left; loss 0.5",
            "training: 480 of 1,200, 24.0/s, 0:00:30 left; loss 0.5");
  }

  @Test
  void aShortTaskIsNamedAndNoMore() {
    ConsoleProgress progress = lines();
    progress.begin("training", 20);
    for (int step = 0; step < 20; step++) {
      progress.advance(1);
    }
    progress.end();
    assertThat(told()).containsExactly("training");
  }

  @Test
  void stepsDoneBeforeARunWasResumedTellNothingOfItsSpeed() {
    ConsoleProgress progress = lines();
    progress.begin("training", 10_000, 9_000);
    afterSeconds(10, progress, 20);
    assertThat(told().get(1)).isEqualTo("training: 9,020 of 10,000, 2.0/s, 0:08:10 left");
  }

  @Test
  void slowPiecesShowTheirTimeAndATasksTextEndsWithIt() {
    ConsoleProgress progress = lines();
    progress.begin("first", 10);
    progress.tell(() -> "first's");
    progress.begin("second", 100);
    afterSeconds(90, progress, 1);
    assertThat(told())
        .containsExactly("first", "second", "second: 1 of 100, 90.0 s each, 2:28:30 left");
  }

  @Test
  void aClockThatStandsStillGivesNoSpeed() {
    assertThat(ConsoleProgress.pace(100, 0, 5, Duration.ZERO)).isEqualTo("5 of 100");
  }

  @ParameterizedTest
  @CsvSource({
    "80, 'reconstruction 0.294'",
    "106, 'reconstruction 0.294, idempotency 2.37e-05'",
    "140, 'reconstruction 0.294, idempotency 2.37e-05, idempotency-error 0.000599'"
  })
  void onANarrowTerminalTheFirstItemsAreWholeAndTheRestIsStillVisible(int width, String shown) {
    List<String> drawn = Collections.synchronizedList(new ArrayList<>());
    ConsoleProgress progress =
        new ConsoleProgress(
            new PrintWriter(written),
            () -> new DelegatingProgressBarConsumer(drawn::add, width),
            () -> now);
    progress.begin("training", 1_200);
    progress.tell(
        () ->
            "reconstruction 0.294, idempotency 2.37e-05, idempotency-error 0.000599,"
                + " relative-error 0.000940, reconstruction-error 0.283, power 0.637");
    afterSeconds(1, progress, 600);
    progress.end();
    assertThat(drawn.get(drawn.size() - 1).strip())
        .hasSizeLessThanOrEqualTo(width)
        .matches("training +50% \\[=+>? *] +600/1200 \\(.+ / .+\\) .*/s " + shown);
  }

  @Test
  void onATerminalTheBarShowsSpeedTimeLeftAndTheTasksText() {
    List<String> drawn = Collections.synchronizedList(new ArrayList<>());
    ConsoleProgress progress =
        new ConsoleProgress(
            new PrintWriter(written),
            () -> new DelegatingProgressBarConsumer(drawn::add, WIDE),
            () -> now);
    progress.begin("training", 100, 40);
    progress.tell(() -> String.format(Locale.ROOT, "loss %.1f", 0.5));
    afterSeconds(1, progress, 10);
    progress.say("a warning");
    progress.end();
    assertThat(drawn.get(drawn.size() - 1))
        .contains("training", "50%", "50/100", "/s", " / ", "loss 0.5");
    // The warning begins where the bar was, which goes on below.
    assertThat(written.toString()).endsWith("\r\u001b[Ka warning" + System.lineSeparator());
  }
}
