package dev.idem.runs.sweep;

import dev.idem.runs.StopRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Executes the runs of a sweep in this process, each on a thread of its own. */
public final class LocalRunner implements SweepRunner {

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
