package dev.idem.runs.checkpoint;

import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a run to save itself and end at its next step; set from any thread, such as a signal's. */
public final class StopRequest {

  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks; asking again does nothing. */
  public void request() {
    requested.set(true);
  }

  /** Whether it was asked. */
  public boolean requested() {
    return requested.get();
  }
}
