package dev.idem.cli.console;

import dev.idem.eval.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a task, its speed, the time left and its current state: a bar on a terminal, a
 * line every ten seconds elsewhere.
 */
public final class ConsoleProgress implements Progress {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final Duration BETWEEN_STATES = Duration.ofMillis(500);

  private static final int FAST = 100;
  private static final int HOUR = 3_600;
  private static final int MINUTE = 60;

  /**
   * Columns of a bar's line beside the task's name and twice the digits of its units: percentage,
   * six for the bar, slash, times, speed.
   */
  private static final int BESIDE = 43;

  /** Back to the line's beginning, and nothing behind. */
  private static final String CLEARED = "\r\u001b[K";

  private final PrintWriter out;
  private final @Nullable Supplier<ProgressBarConsumer> screen;
  private final InstantSource clock;
  private @Nullable ProgressBar bar;
  private @Nullable ProgressBarConsumer drawn;
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

  /** Progress on the console: a bar on a terminal that can draw one, lines elsewhere. */
  public static ConsoleProgress on(PrintWriter out) {
    return new ConsoleProgress(out, screen(Terminal.here()), InstantSource.system());
  }

  /** One column less than there are: some terminals begin a new line after the last. */
  static @Nullable Supplier<ProgressBarConsumer> screen(Terminal terminal) {
    return terminal.redraws()
        ? () -> new ConsoleProgressBarConsumer(System.out, Math.max(1, terminal.columns() - 1))
        : null;
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
      drawn = screen.get();
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(units)
              .startsFrom(done, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(drawn)
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
        bar.setExtraMessage(" " + fitting(state.get(), room()));
      }
    } else if (since.compareTo(BETWEEN_LINES) >= 0 && done < units) {
      shown = now;
      String told = state.get();
      String pace = pace(units, before, done, Duration.between(began, now));
      print(task + ": " + pace + (told.isEmpty() ? "" : "; " + told));
    }
  }

  /**
   * {@code 240 of 1,200, 31.2/s, 0:00:31 left}; without speed and time where there is no speed.
   *
   * @param before units that were done when the task began here
   * @param done units done, those before included
   * @param elapsed since it began here
   */
  static String pace(long units, long before, long done, Duration elapsed) {
    String position = String.format(Locale.ROOT, "%,d of %,d", done, units);
    double rate = (done - before) / (elapsed.toMillis() / 1e3);
    if (!(rate > 0) || !Double.isFinite(rate)) {
      return position;
    }
    String speed =
        rate < 1
            ? String.format(Locale.ROOT, "%.1f s each", 1 / rate)
            : String.format(Locale.ROOT, rate < FAST ? "%.1f/s" : "%,.0f/s", rate);
    long left = Math.round((units - done) / rate);
    return "%s, %s, %s left".formatted(position, speed, time(left));
  }

  /** {@code 0:01:31}: hours, minutes, seconds. */
  public static String time(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds / MINUTE % MINUTE, seconds % MINUTE);
  }

  /** Columns that are left for what the task tells, with all else to be seen. */
  private int room() {
    int width = drawn == null ? 0 : drawn.getMaxRenderedLength();
    return width - BESIDE - task.length() - 2 * Long.toString(units).length();
  }

  /** As many of the first parts, which have a comma between them, as have room. */
  private static String fitting(String told, int room) {
    if (told.length() <= room) {
      return told;
    }
    int end = told.lastIndexOf(", ", room);
    return end < 0 ? "" : told.substring(0, end);
  }

  @Override
  public synchronized void end() {
    state = () -> "";
    if (bar != null) {
      bar.close();
      bar = null;
      drawn = null;
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
