package dev.idem.spark;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Spark logs, which belongs neither on idem's console nor in the logs of runs. */
final class SparkLog {

  private static final List<String> LOGGERS =
      List.of(
          "org.apache.spark",
          "org.apache.hadoop",
          "org.apache.parquet",
          "org.sparkproject",
          "io.netty");

  /** As the root was when this class was first used: a run sets it to a level of its own. */
  private static final Optional<Level> LEVEL = level();

  private SparkLog() {}

  private static Optional<Level> level() {
    Logger root = LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    return root.isDebugEnabled()
        ? Optional.empty()
        : Optional.of(root.isInfoEnabled() ? Level.WARN : Level.OFF);
  }

  /** Whether this JVM logs through Logback, and not through a Spark distribution's Log4j. */
  static boolean isLogback() {
    return LoggerFactory.getILoggerFactory() instanceof LoggerContext;
  }

  /**
   * Silences Spark in a JVM that logs through Logback: what matters of it, idem reports itself. A
   * verbose console shows its warnings, {@code IDEM_LOG=DEBUG} all. In a JVM of a Spark
   * distribution Spark's own configuration holds, or {@code spark.log.level}.
   */
  static void silence() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      LEVEL.ifPresent(level -> LOGGERS.forEach(name -> context.getLogger(name).setLevel(level)));
    }
  }
}
