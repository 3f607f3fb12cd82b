package dev.idem.eval.comparison;

/**
 * Receives the progress of a comparison, on the thread that called {@link Comparison#run}. With
 * several threads, runs end in any order.
 */
@FunctionalInterface
public interface ProgressListener {

  /** Ignores everything. */
  ProgressListener NONE = (run, done, total) -> {};

  /**
   * A run ended.
   *
   * @param run its outcome
   * @param done runs ended so far, this one included
   * @param total runs of the comparison
   */
  void ended(ComparisonRun run, int done, int total);
}
