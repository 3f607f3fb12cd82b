package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stop signals against a clock that the test sets; TerminalIT sends real signals. */
class StopSignalsTest {

  private final List<String> events = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final StopSignals signals =
      new StopSignals(events::add, () -> now, () -> events.add("halt"));

  private void signalAfter(Duration time) {
    now = now.plus(time);
    signals.signalled();
  }

  @Test
  void theFirstAsksTheRunToStopAndSaysSoAtOnce() {
    assertThat(signals.request().requested()).isFalse();
    signalAfter(Duration.ZERO);
    assertThat(signals.request().requested()).isTrue();
    assertThat(events).singleElement().asString().contains("press Ctrl-C again");
  }

  @Test
  void theSecondEndsTheProcessEvenIfTheRunDoesNotAnswer() {
    signalAfter(Duration.ZERO);
    signalAfter(Duration.ofSeconds(2));
    assertThat(events).hasSize(2).endsWith("halt");
  }

  @Test
  void oneSignalThatIsDeliveredTwiceIsOne() {
    signalAfter(Duration.ZERO);
    signalAfter(Duration.ofMillis(3));
    assertThat(events).hasSize(1);
  }

  @Test
  void whoCalledSystemExitIsFoundAmongTheThreads() {
    StackTraceElement[] waiting = {frame("java.lang.Thread", "sleep")};
    StackTraceElement[] leaving = {
      frame("java.lang.Shutdown", "exit"),
      frame("java.lang.Runtime", "exit"),
      frame("java.lang.System", "exit"),
      frame("com.example.Leaver", "objective")
    };
    assertThat(StopSignals.caller(List.of(waiting, leaving)))
        .hasValue("com.example.Leaver.objective");
    assertThat(StopSignals.caller(List.<StackTraceElement[]>of(waiting))).isEmpty();
  }

  private static StackTraceElement frame(String type, String method) {
    return new StackTraceElement(type, method, null, -1);
  }
}
