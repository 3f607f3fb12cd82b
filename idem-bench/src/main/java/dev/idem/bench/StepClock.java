package dev.idem.bench;

import dev.idem.api.training.TrainingListener.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The times between the ends of steps, once some have warmed up. */
final class StepClock {

  /** Steps that are timed at least. */
  static final int FEWEST = 5;

  private static final double WARM_UP = 1.0 / 3;

  private final double seconds;
  private final long began = System.nanoTime();
  private final List<Double> milliseconds = new ArrayList<>();
  private long last;
  private int warm;

  StepClock(double seconds) {
    this.seconds = seconds;
  }

  /** The end of a step: as a rule of a plan, the reason to stop once enough steps are timed. */
  Optional<String> tick(StepReport report) {
    tick();
    return done() ? Optional.of("enough steps are timed") : Optional.empty();
  }

  /** The end of a step. */
  void tick() {
    long now = System.nanoTime();
    if (warm < FEWEST || (now - began) / 1e9 < seconds * WARM_UP) {
      warm++;
    } else {
      milliseconds.add((now - last) / 1e6);
    }
    last = now;
  }

  /** Whether enough steps are timed. */
  boolean done() {
    return milliseconds.size() >= FEWEST
        && (System.nanoTime() - began) / 1e9 >= seconds * (1 + WARM_UP);
  }

  List<Double> milliseconds() {
    return List.copyOf(milliseconds);
  }
}
