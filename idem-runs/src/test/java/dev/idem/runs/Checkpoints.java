package dev.idem.runs;

import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.training.TrainingState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checkpoints to save and find again. */
final class Checkpoints {

  private Checkpoints() {}

  /** With every part: narrow and wide numbers, moments, statistics, listeners. */
  static Checkpoint after(long steps) {
    Map<String, double[]> parameters = new LinkedHashMap<>();
    parameters.put("kernel", new double[] {0.5, -1.25, steps});
    parameters.put("bias", new double[] {0.1, 1e-300, -0.0});
    NetworkState network =
        new NetworkState(
            parameters,
            Map.of("x", Map.of("norm", new ChannelStatistics(List.of(0.5), List.of(2.0)))));
    TrainingState state =
        new TrainingState(
            steps,
            network,
            Map.of(
                "kernel", List.of(new double[3], new double[] {1, 2, 3}),
                "bias", List.of(new double[] {0.3, 0, 0}, new double[3])));
    return new Checkpoint(
        "run-1", state, Map.of("average", Map.of("kernel", new double[] {1.0 / 3})));
  }
}
