package dev.idem.eval.comparison;

/**
 * Told how a comparison gets on, always on the thread that called {@link Comparison#run}. With
 * several threads runs end in any order.
 */
@FunctionalInterface
public interface ProgressListener {

  /** Hears nothing. */
  ProgressListener NONE = (run, done, total) -> {};

  /**
   * A run ended.
   *
   * @param run what became of it
   * @param done runs ended so far, this one included
   * @param total runs of the comparison
   */
  void ended(ComparisonRun run, int done, int total);
}
