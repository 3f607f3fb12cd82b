package dev.idem.eval.figure;

/** Told how far a long task is; called from any thread. */
public interface Progress {

  /** Ignores everything. */
  Progress NONE =
      new Progress() {
        @Override
        public void begin(String task, long units) {}

        @Override
        public void advance(long by) {}

        @Override
        public void end() {}
      };

  /** A task of {@code units} equal pieces begins; one still open ends. */
  void begin(String task, long units);

  /** {@code by} more pieces are done. */
  void advance(long by);

  /** The task is done or given up. */
  void end();
}
