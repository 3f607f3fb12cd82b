package dev.idem.cli.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.idem.cli.command.Subcommand.UsageException;
import java.io.Closeable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The log of a run, in a file of the run. */
final class RunLog {

  private static final String PATTERN =
      "%date{yyyy-MM-dd'T'HH:mm:ss.SSSX, UTC} %-5level %logger: %msg%n";

  /** The file of the run that a thread belongs to. */
  private static final InheritableThreadLocal<@Nullable Path> CURRENT =
      new InheritableThreadLocal<>();

  /** The number of files that are open, and the level before there was one. */
  private static int opened;

  private static Level before = Level.WARN;

  private RunLog() {}

  /** The verbosity of a run on the console. */
  static final class Options {

    @Option(
        names = {"-v", "--verbose"},
        description = "Show the run's log on the console.")
    private boolean verbose;

    @Option(
        names = {"-q", "--quiet"},
        description = "Show no progress, only warnings and the outcome of the run.")
    private boolean quiet;

    /** Applies the options; must be called before anything is logged. */
    void apply() {
      if (verbose && quiet) {
        throw new UsageException("--verbose and --quiet exclude one another; keep one");
      }
      if (verbose) {
        root().setLevel(Level.INFO);
      }
    }

    boolean quiet() {
      return quiet;
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /**
   * Adds to a file from now on, until closed, what this thread logs and the threads that it starts,
   * and warnings of threads that belong to no run; the console shows no more than before. Several
   * runs may log at the same time. In a JVM that logs through another library than Logback, as
   * Spark's executors do, there is no such file.
   */
  static Closeable open(Path file) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return () -> {};
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.addFilter(
        new Filter<>() {
          @Override
          public FilterReply decide(ILoggingEvent event) {
            Path of = CURRENT.get();
            boolean mine =
                of == null ? event.getLevel().isGreaterOrEqual(Level.WARN) : of.equals(file);
            return mine ? FilterReply.NEUTRAL : FilterReply.DENY;
          }
        });
    appender.start();
    Path outer = CURRENT.get();
    CURRENT.set(file);
    attach(appender);
    return () -> {
      CURRENT.set(outer);
      detach(appender);
    };
  }

  private static synchronized void attach(FileAppender<ILoggingEvent> appender) {
    Logger root = root();
    if (opened++ == 0) {
      before = root.getLevel() == null ? Level.WARN : root.getLevel();
      keepConsole(root, before);
      if (before.isGreaterOrEqual(Level.INFO)) {
        root.setLevel(Level.INFO);
      }
    }
    root.addAppender(appender);
  }

  private static void keepConsole(Logger root, Level level) {
    root.iteratorForAppenders()
        .forEachRemaining(
            console -> {
              if (console.getCopyOfAttachedFiltersList().isEmpty()) {
                ThresholdFilter threshold = new ThresholdFilter();
                threshold.setLevel(level.toString());
                threshold.start();
                console.addFilter(threshold);
              }
            });
  }

  private static synchronized void detach(FileAppender<ILoggingEvent> appender) {
    root().detachAppender(appender);
    appender.stop();
    if (--opened == 0) {
      root().setLevel(before);
    }
  }
}
