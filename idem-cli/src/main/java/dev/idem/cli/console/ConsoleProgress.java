package dev.idem.cli.console;

import dev.idem.eval.figure.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is, its speed, the time left and what it tells of itself: a bar on a terminal, a
 * line every ten seconds elsewhere.
 */
public final class ConsoleProgress implements Progress {

  private static final String TERMINAL = "idem.terminal";
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final Duration BETWEEN_STATES = Duration.ofMillis(500);

  /** Back to the line's beginning, and nothing behind. */
  private static final String CLEARED = "\r\u001b[K";

  private final PrintWriter out;
  private final @Nullable Supplier<ProgressBarConsumer> screen;
  private final InstantSource clock;
  private @Nullable ProgressBar bar;
  private Supplier<String> state = () -> "";
  private String task = "";
  private long units;
  private long before;
  private long done;
  private Instant began = Instant.EPOCH;
  private Instant shown = Instant.EPOCH;

  /**
   * Progress on {@code out}.
   *
   * @param screen where bars are drawn; null if no person watches and lines stay
   */
  ConsoleProgress(
      PrintWriter out, @Nullable Supplier<ProgressBarConsumer> screen, InstantSource clock) {
    this.out = out;
    this.screen = screen;
    this.clock = clock;
  }

  /** Progress on the console: a bar if {@code -Didem.terminal=true}, lines if not. */
  public static ConsoleProgress on(PrintWriter out) {
    return new ConsoleProgress(
        out,
        Boolean.getBoolean(TERMINAL) ? () -> new ConsoleProgressBarConsumer(System.out) : null,
        InstantSource.system());
  }

  @Override
  public void begin(String task, long units) {
    begin(task, units, 0);
  }

  @Override
  public synchronized void begin(String task, long units, long done) {
    end();
    this.task = task;
    this.units = units;
    this.before = done;
    this.done = done;
    began = clock.instant();
    shown = began;
    if (screen == null) {
      print(task);
    } else {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(units)
              .startsFrom(done, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(screen.get())
              .showSpeed()
              .continuousUpdate()
              .build();
    }
  }

  @Override
  public synchronized void tell(Supplier<String> state) {
    this.state = state;
  }

  @Override
  public synchronized void advance(long by) {
    done += by;
    Instant now = clock.instant();
    Duration since = Duration.between(shown, now);
    if (bar != null) {
      bar.stepBy(by);
      if (since.compareTo(BETWEEN_STATES) >= 0) {
        shown = now;
        bar.setExtraMessage(" " + state.get());
      }
    } else if (since.compareTo(BETWEEN_LINES) >= 0 && done < units) {
      shown = now;
      String told = state.get();
      String pace = new Pace(units, before, done, Duration.between(began, now)).text();
      print(task + ": " + pace + (told.isEmpty() ? "" : "; " + told));
    }
  }

  @Override
  public synchronized void end() {
    state = () -> "";
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** A line of its own, whether or not a bar is being drawn. */
  public synchronized void say(String line) {
    print(bar == null ? line : CLEARED + line);
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
