package dev.idem.spark;

import dev.idem.api.check.Require;
import dev.idem.cli.environment.Failures;
import dev.idem.runs.sweep.SweepRunner.Options;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The settings of a Spark session: the caller's, and idem's where these are silent.
 *
 * @param values by Spark's names; may be secret
 */
record SparkSettings(SparkMaster master, SparkConf values) {

  private static final String PREFIX = "spark.";
  private static final String MASTER = "spark.master";
  private static final String JARS = "spark.jars";
  private static final String UI = "spark.ui.enabled";
  private static final String LOOPBACK = "127.0.0.1";

  /** Settings that idem's runs need, whatever the caller says. */
  private static final Map<String, String> FIXED =
      Map.of(
          // Two executors that train one run would write the same files.
          "spark.speculation", "false",
          "spark.serializer", "org.apache.spark.serializer.JavaSerializer");

  /** Where each has a setting of the same name, it is that; see the script idem. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "TF_CPP_MIN_LOG_LEVEL", "3",
          "TF_DETERMINISTIC_OPS", "1",
          "TF_ENABLE_ONEDNN_OPTS", "1",
          "NVIDIA_TF32_OVERRIDE", "0",
          "TF_XLA_FLAGS", "--tf_xla_cpu_global_jit=true --tf_xla_enable_lazy_compilation=false");

  /** For a server that is no master; Spark's own start takes part of it on a busy machine. */
  private static final long START_SECONDS = 60;

  /**
   * Settings for a runner.
   *
   * @throws IllegalArgumentException if an option cannot be used
   */
  static SparkSettings of(Options options) {
    SparkConf values = new SparkConf();
    options
        .configuration()
        .forEach(
            (key, value) -> {
              Require.argument(
                  key.startsWith(PREFIX),
                  "Spark setting (%s) must begin with %s, one of Hadoop's with %shadoop.",
                  key,
                  PREFIX,
                  PREFIX);
              Require.argument(
                  !key.equals(MASTER) && !FIXED.containsKey(key),
                  "Spark setting (%s) is not free: %s",
                  key,
                  key.equals(MASTER) ? "name the master instead" : "idem's runs need their own");
              values.set(key, value);
            });
    SparkMaster master = master(options, values);
    values.setMaster(master.url());
    FIXED.forEach(values::set);
    values.setIfMissing("spark.app.name", "idem sweep");
    values.setIfMissing(UI, "false");
    if (!SparkLog.isLogback()) {
      values.setIfMissing("spark.log.level", "WARN");
    }
    values.setIfMissing("spark.ui.showConsoleProgress", "false");
    ENVIRONMENT.forEach(
        (name, usual) ->
            values.setIfMissing(
                "spark.executorEnv." + name, System.getenv().getOrDefault(name, usual)));
    if (master.isOnThisMachine()) {
      values.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      values.setIfMissing("spark.driver.host", LOOPBACK);
      // Spark binds its web interface to what this variable says, and to nothing else.
      Require.argument(
          !values.getBoolean(UI, false) || System.getenv("SPARK_LOCAL_IP") != null,
          "Spark setting (%s) opens a web interface to the network; set SPARK_LOCAL_IP=%s in the environment too",
          UI,
          LOOPBACK);
    }
    return new SparkSettings(master, values);
  }

  private static SparkMaster master(Options options, SparkConf values) {
    Optional<String> named =
        options.master().or(() -> Optional.ofNullable(values.get(MASTER, null)));
    SparkMaster master = new SparkMaster(named.orElse("local[*]"));
    int jobs = options.jobs();
    if (jobs == 0) {
      return master;
    }
    if (master.isLocal()) {
      String asked = "local[%s]".formatted(jobs);
      Require.argument(
          Set.of("local[*]", asked).contains(master.url()),
          "Spark master (%s) and %s runs at the same time contradict each other; name one of them",
          master.url(),
          jobs);
      return new SparkMaster(asked);
    }
    Require.argument(
        master.isStandalone(),
        "Spark on %s takes no number of runs at the same time (%s); set spark.executor.instances and spark.executor.cores",
        master.url(),
        jobs);
    int cpus = values.getInt("spark.task.cpus", 1);
    values.set("spark.cores.max", Integer.toString(Math.multiplyExact(jobs, cpus)));
    return master;
  }

  /** Sends the jar with all of idem, which stands beside the jar of this class, to executors. */
  private void send() throws IOException {
    if (master.isLocal() || values.contains(JARS)) {
      return;
    }
    try {
      Path own =
          Path.of(SparkSettings.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      String name = String.valueOf(own.getFileName()).replaceFirst("(\\.jar)?$", "-assembly.jar");
      Path assembly = own.resolveSibling(name);
      if (!Files.exists(assembly)) {
        throw new IOException(
            "executors need idem's assembly %s, which does not exist; build it by ./mvnw -Pspark -DskipTests package"
                .formatted(assembly));
      }
      values.set(JARS, assembly.toString());
    } catch (URISyntaxException e) {
      throw new IOException("idem's own jar cannot be located", e);
    }
  }

  /**
   * Starts the session.
   *
   * @throws IOException if the master cannot be reached, or refuses
   */
  JavaSparkContext start() throws IOException {
    master.probe();
    send();
    FutureTask<JavaSparkContext> started = new FutureTask<>(() -> new JavaSparkContext(values));
    Thread starting = new Thread(started, "idem-spark-start");
    starting.setDaemon(true);
    starting.start();
    try {
      return master.isStandalone() ? started.get(START_SECONDS, TimeUnit.SECONDS) : started.get();
    } catch (TimeoutException e) {
      starting.interrupt();
      throw new IOException(
          "Spark master %s did not answer within %s s; is it a Spark %s master?"
              .formatted(
                  master.url(), START_SECONDS, org.apache.spark.package$.MODULE$.SPARK_VERSION()),
          e);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(
          "Spark on %s did not start: %s"
              .formatted(master.url(), Failures.line(Failures.describe(cause))),
          cause);
    } catch (InterruptedException e) {
      starting.interrupt();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Spark starts", e);
    }
  }
}
