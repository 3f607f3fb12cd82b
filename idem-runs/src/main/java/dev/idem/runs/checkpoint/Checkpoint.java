package dev.idem.runs.checkpoint;

import dev.idem.api.training.TrainingState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a run after some steps: enough to resume as if it had never stopped.
 *
 * @param run a fingerprint of everything that determines the run, so that it is not continued as
 *     another
 * @param state of the engine
 * @param listeners the state of each listener, by {@link
 *     dev.idem.api.training.StatefulListener#name}
 */
public record Checkpoint(
    String run, TrainingState state, Map<String, Map<String, double[]>> listeners) {

  public Checkpoint {
    listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
  }
}
