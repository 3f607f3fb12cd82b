package dev.idem.bench;

import dev.idem.api.check.Require;
import dev.idem.api.training.TrainingState;
import java.util.Locale;
import java.util.Map;

/**
 * How well two engines agree on the same steps from the same weights.
 *
 * @param loss the largest relative difference of a step's loss
 * @param weights the Euclidean norm of the difference of all weights, relative to that of the
 *     weights
 * @param moved the same relative to how far the weights moved, which tells a step from none
 */
record Agreement(double loss, double weights, double moved) {

  /** Steps after which engines are compared. */
  static final int STEPS = 10;

  /** What {@link #loss} and {@link #weights} may be at most. */
  static final double TOLERANCE = 1e-4;

  /**
   * What {@link #moved} may be at most: rounding alone reaches 0.01 where batch normalisation
   * divides by small variances.
   */
  static final double MOVED_TOLERANCE = 0.02;

  static Agreement of(Workload workload, Peer first, Peer second) {
    Peer.Trace one = first.train(workload, STEPS);
    Peer.Trace other = second.train(workload, STEPS);
    double loss = 0;
    for (int i = 0; i < STEPS; i++) {
      double expected = one.losses().get(i);
      loss = Math.max(loss, Math.abs(other.losses().get(i) - expected) / Math.abs(expected));
    }
    Map<String, float[]> initial =
        workload.parameters(TrainingState.initial(workload.task(1)).network());
    double difference = 0;
    double size = 0;
    double move = 0;
    for (String name : initial.keySet()) {
      float[] expected = weight(one.weights(), name);
      float[] found = weight(other.weights(), name);
      float[] before = weight(initial, name);
      for (int i = 0; i < expected.length; i++) {
        difference += square(found[i] - expected[i]);
        size += square(expected[i]);
        move += square(expected[i] - before[i]);
      }
    }
    return new Agreement(loss, Math.sqrt(difference / size), Math.sqrt(difference / move));
  }

  private static float[] weight(Map<String, float[]> weights, String name) {
    return Require.known(weights.get(name), "weight", name, weights.keySet());
  }

  private static double square(double a) {
    return a * a;
  }

  /** Whether every difference is within its tolerance; not so if one is not a number. */
  boolean holds() {
    return loss <= TOLERANCE && weights <= TOLERANCE && moved <= MOVED_TOLERANCE;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "loss %.1e, weights %.1e, of their move %.1e", loss, weights, moved);
  }
}
