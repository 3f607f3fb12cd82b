package dev.idem.spark;

import dev.idem.cli.environment.Failures;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.StopRequest;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import dev.idem.runs.sweep.SweepWorker;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import scala.Function1;
import scala.collection.Iterator;

/**
 * What a Spark task does: trains the one run of its partition, in an executor.
 *
 * @param place of the run folders: the URI of a store, or the path of a folder
 * @param stored whether it is a store
 * @param plugins the names of the plug-ins' jars among Spark's files
 */
record SparkTask(String place, boolean stored, List<String> plugins)
    implements Function1<Iterator<SweepTask>, SweepOutcome>, Serializable {

  private static final long POLL_MILLIS = 100;

  /** Watches for cancelled tasks, one thread for all of an executor. */
  private static final class Clock {
    private static final ScheduledExecutorService SHARED =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "idem-stop");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public SweepOutcome apply(Iterator<SweepTask> partition) {
    SweepTask task = partition.next();
    long began = System.nanoTime();
    TaskContext context = TaskContext.get();
    StopRequest stop = new StopRequest();
    ScheduledFuture<?> watch =
        Clock.SHARED.scheduleWithFixedDelay(
            () -> {
              if (context.isInterrupted()) {
                stop.request();
              }
            },
            POLL_MILLIS,
            POLL_MILLIS,
            TimeUnit.MILLISECONDS);
    try {
      SweepWorker worker = Executor.parts(plugins).getInstance(SweepWorker.class);
      if (!stored) {
        return worker.execute(task, Path.of(place), stop);
      }
      SparkConf configuration = SparkEnv.get().conf();
      RunStore store =
          new RunStore(URI.create(place), SparkHadoopUtil.get().newConfiguration(configuration));
      return store.execute(task, scratch(configuration), runs -> worker.execute(task, runs, stop));
    } catch (IOException | RuntimeException e) {
      return SweepOutcome.failed(task, Failures.line(Failures.describe(e)), began);
    } finally {
      watch.cancel(false);
    }
  }

  private static Path scratch(SparkConf configuration) throws IOException {
    String folders = configuration.get("spark.local.dir", SafeFiles.temporaryFolder().toString());
    return Files.createDirectories(Path.of(folders.split(",", -1)[0].strip()));
  }
}
