package dev.idem.runs.checkpoint;

import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a run to save itself and end at its next step; set from any thread, such as a signal's. */
public final class StopRequest {

  private final AtomicBoolean requested = new AtomicBoolean();

  /** Requests the stop; further requests have no effect. */
  public void request() {
    requested.set(true);
  }

  /** Whether a stop was requested. */
  public boolean requested() {
    return requested.get();
  }
}
