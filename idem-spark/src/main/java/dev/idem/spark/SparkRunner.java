package dev.idem.spark;

import dev.idem.runs.StopRequest;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepRunner;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the runs of a sweep on Apache Spark, each as a task of its own, and writes their
 * outcomes to a Parquet table when it is closed. A run whose executor is lost continues on another,
 * from its newest checkpoint if the run folders are on a disk that both see.
 */
public final class SparkRunner implements SweepRunner {

  private static final Logger LOG = LoggerFactory.getLogger(SparkRunner.class);

  private final JavaSparkContext context;
  private final URI runs;
  private final SparkTask task;
  private final int jobs;
  private final Map<String, SweepOutcome> outcomes = new LinkedHashMap<>();
  private int submitted;

  private SparkRunner(JavaSparkContext context, Options options) throws IOException {
    this.context = context;
    Optional<URI> store = options.store().map(RunStore::uri);
    runs = store.orElseGet(() -> options.runs().toUri());
    if (store.isPresent()) {
      RunStore.check(runs, context.hadoopConfiguration());
    }
    task =
        new SparkTask(
            store.isPresent() ? runs.toString() : options.runs().toAbsolutePath().toString(),
            store.isPresent(),
            Executor.send(context, options));
    jobs = options.jobs();
  }

  /** Makes runners on Spark: on a cluster, or in threads of this process. */
  public static final class Factory implements SweepRunner.Factory {

    @Override
    public String name() {
      return "spark";
    }

    /**
     * A runner with a new Spark session, the only one of this process.
     *
     * @throws IllegalArgumentException if the master, a setting or the store cannot be used
     * @throws IOException if the master or the store cannot be reached
     */
    @Override
    public SweepRunner open(Options options) throws IOException {
      SparkLog.silence();
      options.store().ifPresent(RunStore::uri);
      JavaSparkContext context = SparkSettings.of(options).start();
      try {
        return new SparkRunner(context, options);
      } catch (IOException | RuntimeException e) {
        context.stop();
        throw e;
      }
    }
  }

  @Override
  public void run(List<SweepTask> tasks, StopRequest stop, Consumer<SweepOutcome> ended)
      throws IOException {
    Consumer<SweepOutcome> recorded =
        outcome -> {
          outcomes.put(outcome.id(), outcome);
          ended.accept(outcome);
        };
    List<SweepTask> left = tasks;
    while (!left.isEmpty() && !stop.requested()) {
      submitted++;
      left = new SparkJob(context, "idem-" + submitted, left, recorded).run(task, stop);
    }
  }

  @Override
  public int parallelism() {
    int cpus = context.getConf().getInt("spark.task.cpus", 1);
    return jobs > 0 ? jobs : Math.max(1, context.defaultParallelism() / cpus);
  }

  @Override
  public String description() {
    return "Spark on " + context.master();
  }

  /**
   * Writes the table of results, {@code results.parquet} beside the run folders, and ends the
   * session.
   *
   * @throws IOException if the table cannot be written
   */
  @Override
  public void close() throws IOException {
    try (JavaSparkContext ending = context) {
      if (outcomes.isEmpty()) {
        return;
      }
      if (ending.sc().isStopped()) {
        LOG.warn("Spark ended before {} was written; start the sweep again", ResultsTable.NAME);
        return;
      }
      SparkSession session = SparkSession.builder().getOrCreate();
      ResultsTable.add(session, runs, outcomes.values());
    }
  }
}
