package dev.idem.figures;

import dev.idem.eval.Progress;
import java.util.List;
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
}
