package dev.idem.api.training;

import dev.idem.api.check.Require;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.NetworkState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run needs to resume after {@link #stepsDone} steps as if it had never stopped.
 * Batches, schedule and noise are functions of the plan's seed and the step, so that nothing else
 * has to be saved. Immutable.
 */
public final class TrainingState {

  private final long stepsDone;
  private final NetworkState network;
  private final Map<String, List<double[]>> moments = new LinkedHashMap<>();

  /**
   * The state after some steps.
   *
   * @param stepsDone not negative
   * @param network parameters and running statistics
   * @param moments the optimiser's state for each parameter, by the parameter's name: as many
   *     arrays as {@link Optimizer#moments}, each of the parameter's size; copied
   */
  public TrainingState(
      long stepsDone, NetworkState network, Map<String, ? extends List<double[]>> moments) {
    Require.notNegative("stepsDone", stepsDone);
    this.stepsDone = stepsDone;
    this.network = network;
    moments.forEach((name, arrays) -> this.moments.put(name, copies(arrays)));
  }

  /** The state of a run before its first step: the initial parameters, and moments of zeros. */
  public static TrainingState initial(TrainingTask task) {
    Map<String, double[]> parameters = InitialParameters.of(task.network(), task.plan().seed());
    Map<String, List<double[]>> moments = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) ->
            moments.put(
                name,
                Collections.nCopies(task.plan().optimizer().moments(), new double[values.length])));
    return new TrainingState(0, new NetworkState(parameters, Map.of()), moments);
  }

  private static List<double[]> copies(List<double[]> arrays) {
    List<double[]> copies = new ArrayList<>();
    arrays.forEach(array -> copies.add(array.clone()));
    return Collections.unmodifiableList(copies);
  }

  /** The number of steps done. */
  public long stepsDone() {
    return stepsDone;
  }

  /** Parameters and running statistics. */
  public NetworkState network() {
    return network;
  }

  /**
   * The optimiser's state for a parameter; fresh arrays.
   *
   * @throws IllegalArgumentException if nothing is known of that parameter
   */
  public List<double[]> moments(String parameter) {
    return copies(Require.known(moments.get(parameter), "moments", parameter, moments.keySet()));
  }
}
