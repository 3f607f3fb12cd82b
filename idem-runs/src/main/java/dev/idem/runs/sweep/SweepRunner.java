package dev.idem.runs.sweep;

import dev.idem.runs.StopRequest;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Executes the runs of a sweep, several at a time, on this machine or others. */
public interface SweepRunner extends Closeable {

  /**
   * Executes every task once, in any order. A run that fails is an outcome, not an exception.
   *
   * @param stop once requested, no further task begins, and those in progress are saved where that
   *     is possible
   * @param ended receives each outcome as it arrives, one at a time
   * @throws IOException if the tasks cannot be executed at all, such as on a cluster that cannot be
   *     reached; the message says what to do
   */
  void run(List<SweepTask> tasks, StopRequest stop, Consumer<SweepOutcome> ended)
      throws IOException;

  /** The number of tasks that run at the same time. */
  int parallelism();

  /** Where tasks are executed, for a reader: {@code 2 threads}, {@code Spark on local[2]}. */
  String description();

  /** Makes runners of one kind; a service, found by {@link java.util.ServiceLoader}. */
  interface Factory {

    /** The name that {@code idem sweep --runner} takes. */
    String name();

    /**
     * A runner.
     *
     * @throws IllegalArgumentException if an option cannot be used
     * @throws IOException if what it needs cannot be reached
     */
    SweepRunner open(Options options) throws IOException;
  }

  /**
   * What a runner is made with.
   *
   * @param runs the folder of the run folders on this machine
   * @param store another place for them, as a URI of one of Hadoop's file systems; empty for {@code
   *     runs}
   * @param jobs the number of tasks at the same time; 0 for the runner's own choice
   * @param master of the cluster, in the form that it takes; empty for the runner's default
   * @param configuration further settings of the cluster, by key; values may be secret
   * @param plugins the jars of plug-ins
   */
  record Options(
      Path runs,
      Optional<String> store,
      int jobs,
      Optional<String> master,
      Map<String, String> configuration,
      List<Path> plugins) {

    public Options {
      configuration = Map.copyOf(configuration);
      plugins = List.copyOf(plugins);
    }
  }

  /**
   * A run of a sweep to train, in a form that travels to other processes.
   *
   * @param id of the run, a hash of its effective configuration; the name of its folder
   * @param experiment the effective experiment file, of one seed
   * @param until the step to pause after; at or beyond the plan's last, the run is trained to its
   *     end
   * @param version of idem that planned the sweep; a worker of another refuses the task
   */
  record SweepTask(String id, String experiment, long until, String version)
      implements Serializable {}

  /** Executes the runs of a sweep in this process, each on a thread of its own. */
  final class LocalRunner implements SweepRunner {

    private final SweepWorker worker;
    private final Path runs;
    private final int threads;

    /**
     * A runner.
     *
     * @param runs the folder of the run folders
     * @param threads the number of runs at the same time, positive
     */
    public LocalRunner(SweepWorker worker, Path runs, int threads) {
      this.worker = worker;
      this.runs = runs;
      this.threads = threads;
    }

    @Override
    public void run(List<SweepTask> tasks, StopRequest stop, Consumer<SweepOutcome> ended) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      CompletionService<SweepOutcome> service = new ExecutorCompletionService<>(pool);
      int open = 0;
      int next = 0;
      try {
        while (open > 0 || (next < tasks.size() && !stop.requested())) {
          if (open < threads && next < tasks.size() && !stop.requested()) {
            SweepTask task = tasks.get(next++);
            service.submit(() -> worker.execute(task, runs, stop));
            open++;
          } else {
            Future<SweepOutcome> first = service.take();
            open--;
            ended.accept(first.get());
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stop.request();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a worker answers whatever happens", e);
      } finally {
        pool.shutdown();
      }
    }

    @Override
    public int parallelism() {
      return threads;
    }

    @Override
    public String description() {
      return threads == 1 ? "one thread" : threads + " threads";
    }

    @Override
    public void close() {}
  }
}
