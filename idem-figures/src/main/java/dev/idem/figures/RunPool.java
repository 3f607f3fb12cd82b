package dev.idem.figures;

import dev.idem.eval.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Computes the runs of a figure, several at a time: on this machine, or on others. */
public interface RunPool extends AutoCloseable {

  /**
   * The result of {@code run} for each of {@code work}, in that order; it does not depend on where
   * and in which order they are computed.
   *
   * @param type of the results: a record of numbers, texts, enums, lists and such records, so that
   *     they can travel
   * @param progress advances with each run that ends
   * @throws InterruptedException if the thread is interrupted
   */
  <W, R> List<R> map(List<W> work, Function<W, R> run, Class<R> type, Progress progress)
      throws InterruptedException;

  @Override
  default void close() {}

  /**
   * Work side by side on this machine; results in the order of the work, whatever the number of
   * threads.
   *
   * @param threads positive
   */
  record ParallelRuns(int threads) implements RunPool {

    private static final long GRACE_SECONDS = 60;

    @Override
    public <W, R> List<R> map(List<W> work, Function<W, R> run, Class<R> type, Progress progress)
        throws InterruptedException {
      return of(work, run, threads, progress);
    }

    /**
     * The result of {@code run} for each of {@code work}.
     *
     * @throws InterruptedException if the thread is; runs still under way are then interrupted
     */
    public static <W, R> List<R> of(
        List<W> work, Function<W, R> run, int threads, Progress progress)
        throws InterruptedException {
      ExecutorService pool =
          Executors.newFixedThreadPool(
              threads,
              task -> {
                Thread thread = new Thread(task, "run");
                thread.setDaemon(true);
                return thread;
              });
      try {
        List<Future<R>> futures = new ArrayList<>();
        for (W piece : work) {
          futures.add(
              pool.submit(
                  () -> {
                    R result = run.apply(piece);
                    progress.advance(1);
                    return result;
                  }));
        }
        List<R> results = new ArrayList<>();
        for (Future<R> future : futures) {
          results.add(future.get());
        }
        return results;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } finally {
        pool.shutdownNow();
        pool.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }
}
