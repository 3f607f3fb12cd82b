package dev.idem.eval.comparison;

import dev.idem.eval.comparison.CellRunner.Outcome;
import dev.idem.eval.comparison.Comparison.ProgressListener;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs cells on a fixed pool of threads that lives as long as one call. */
record CellPool(String name, CellRunner runner, int threads) {

  private static final long GRACE_SECONDS = 30;

  private record Placed(int place, Outcome outcome) {}

  /** The outcomes in the order of {@code cells}. */
  List<Outcome> run(List<Cell> cells, ProgressListener progress) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads, this::thread);
    try {
      return collect(cells, new ExecutorCompletionService<>(pool), progress);
    } finally {
      close(pool);
    }
  }

  private List<Outcome> collect(
      List<Cell> cells, CompletionService<Placed> service, ProgressListener progress)
      throws InterruptedException {
    for (int place = 0; place < cells.size(); place++) {
      service.submit(work(place, cells.get(place)));
    }
    Map<Integer, Outcome> outcomes = new TreeMap<>();
    while (outcomes.size() < cells.size()) {
      Placed placed = result(service.take());
      outcomes.put(placed.place(), placed.outcome());
      progress.ended(placed.outcome().run(), outcomes.size(), cells.size());
    }
    return List.copyOf(outcomes.values());
  }

  private Callable<Placed> work(int place, Cell cell) {
    return () -> {
      try {
        return new Placed(place, runner.run(cell));
      } catch (RuntimeException | Error cause) {
        throw new IllegalStateException(
            "comparison '%s' failed at %s: %s".formatted(name, cell, cause), cause);
      }
    };
  }

  private static Placed result(Future<Placed> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      // Work throws nothing else; its own exception names the cell.
      throw failure.getCause() instanceof IllegalStateException named
          ? named
          : new IllegalStateException(failure);
    }
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "comparison-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /** Stops what still runs, and waits for it: its engine's resources are in use until then. */
  private static void close(ExecutorService pool) {
    pool.shutdownNow();
    try {
      pool.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }
}
