package dev.idem.eval;

import java.util.function.Supplier;

/** Receives the progress of a long task; called from any thread. */
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

  /** As {@link #begin(String, long)}; {@code done} pieces were done earlier, at whatever speed. */
  default void begin(String task, long units, long done) {
    begin(task, units);
    advance(done);
  }

  /**
   * Sets the status of the current task, such as its metrics, until the task ends.
   *
   * @param state one line, empty if there is nothing yet; read whenever progress is shown, on the
   *     thread that advances
   */
  default void tell(Supplier<String> state) {}

  /** {@code by} more pieces are done. */
  void advance(long by);

  /** The task is done or given up. */
  void end();
}
