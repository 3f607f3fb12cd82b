package dev.idem.eval;

import java.util.function.Supplier;

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

  /** As {@link #begin(String, long)}; {@code done} pieces were done earlier, at whatever speed. */
  default void begin(String task, long units, long done) {
    begin(task, units);
    advance(done);
  }

  /**
   * What there is to say of the task that has begun, such as its metrics; until it ends.
   *
   * @param state one line, empty if there is nothing yet; asked whenever progress is shown, by the
   *     thread that advances
   */
  default void tell(Supplier<String> state) {}

  /** {@code by} more pieces are done. */
  void advance(long by);

  /** The task is done or given up. */
  void end();
}
