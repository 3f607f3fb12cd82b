package dev.idem.runs;

import java.util.Optional;

/** Asks a run to save itself and end at its next step; set from any thread, such as a signal's. */
public final class StopRequest {

  private final Optional<StopRequest> all;
  private final long pause;
  private volatile boolean requested;

  /** Not requested yet. */
  public StopRequest() {
    this(Optional.empty(), Long.MAX_VALUE);
  }

  private StopRequest(Optional<StopRequest> all, long pause) {
    this.all = all;
    this.pause = pause;
  }

  /** The request of one of several runs: made once {@code all} is, or after that many steps. */
  public static StopRequest after(long steps, StopRequest all) {
    return new StopRequest(Optional.of(all), steps);
  }

  /** A run was asked to stop, and saved itself first or was complete. */
  public static final class RunInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunInterruptedException(String message) {
      super(message);
    }
  }

  /** Requests the stop; further requests have no effect. */
  public void request() {
    requested = true;
  }

  /** Whether a stop was requested. */
  public boolean requested() {
    return requested || all.filter(StopRequest::requested).isPresent();
  }

  /** Whether a run should stop that has done so many steps. */
  boolean requestedAfter(long stepsDone) {
    return stepsDone >= pause || requested();
  }
}
