package dev.idem.runs;

/** Asks a run to save itself and end at its next step; set from any thread, such as a signal's. */
public final class StopRequest {

  private volatile boolean requested;

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
    return requested;
  }
}
