package dev.idem.cli.command.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.Closeable;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The log of a run, in a file of the run. */
final class RunLog implements Closeable {

  private static final String PATTERN =
      "%date{yyyy-MM-dd'T'HH:mm:ss.SSSX, UTC} %-5level %logger: %msg%n";

  private final Logger root;
  private final FileAppender<ILoggingEvent> appender;
  private final Level before;

  private RunLog(Logger root, FileAppender<ILoggingEvent> appender, Level before) {
    this.root = root;
    this.appender = appender;
    this.before = before;
  }

  /** From now on the console shows what logs hold. */
  static void showOnConsole() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
  }

  /** From now on, until closed; adds to what is there. */
  static RunLog open(Path file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    root.iteratorForAppenders().forEachRemaining(console -> keepQuiet(console, before));
    if (before == null || before.isGreaterOrEqual(Level.INFO)) {
      root.setLevel(Level.INFO);
    }
    root.addAppender(appender);
    return new RunLog(root, appender, before == null ? Level.WARN : before);
  }

  /** What the file takes more of, the console shall not. */
  private static void keepQuiet(
      ch.qos.logback.core.Appender<ILoggingEvent> console, Level threshold) {
    if (console.getCopyOfAttachedFiltersList().isEmpty()) {
      console.addFilter(
          new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
              return event.getLevel().isGreaterOrEqual(threshold)
                  ? FilterReply.NEUTRAL
                  : FilterReply.DENY;
            }
          });
    }
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
    root.setLevel(before);
  }
}
