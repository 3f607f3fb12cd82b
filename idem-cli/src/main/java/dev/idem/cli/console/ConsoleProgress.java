package dev.idem.cli.console;

import dev.idem.eval.figure.Progress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with the time left on a terminal, a line now and then elsewhere. */
public final class ConsoleProgress implements Progress {

  private static final int LINES_PER_TASK = 4;

  private final PrintWriter out;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private String task = "";
  private long units;
  private long done;

  /**
   * Progress on {@code out}.
   *
   * @param terminal whether a person watches and lines may be drawn over
   */
  public ConsoleProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void begin(String task, long units) {
    end();
    this.task = task;
    this.units = units;
    this.done = 0;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(units)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.out))
              .continuousUpdate()
              .build();
    } else {
      print(task);
    }
  }

  @Override
  public synchronized void advance(long by) {
    long before = done;
    done += by;
    if (bar != null) {
      bar.stepBy(by);
    } else if (units > LINES_PER_TASK && quarter(before) != quarter(done) && done < units) {
      print("%s: %d of %d".formatted(task, done, units));
    }
  }

  private long quarter(long position) {
    return position * LINES_PER_TASK / units;
  }

  @Override
  public synchronized void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
