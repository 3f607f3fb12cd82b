package dev.idem.cli.run;

import dev.idem.runs.checkpoint.StopRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a request to stop, waits until the run has saved itself, and then
 * leaves with exit code 130.
 */
final class StopSignals implements AutoCloseable {

  private static final int INTERRUPTED = 130;
  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final StopRequest stop = new StopRequest();
  private final Thread hook;

  private StopSignals() {
    hook =
        new Thread(
            () -> {
              stop.request();
              try {
                if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  return;
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(INTERRUPTED);
            },
            "stop signals");
  }

  /** From now on, until closed. */
  static StopSignals install() {
    StopSignals signals = new StopSignals();
    Runtime.getRuntime().addShutdownHook(signals.hook);
    return signals;
  }

  /** What a signal asks for. */
  StopRequest request() {
    return stop;
  }

  /** The run has ended; a signal that asked it to may now end the process. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running: it is what waits for this.
    }
    ended.countDown();
  }
}
