package dev.idem.cli.run;

import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingTask;
import dev.idem.cli.experiment.RunOptions;
import dev.idem.runs.tensorboard.EncodedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A run that is ready to begin.
 *
 * @param task what is trained
 * @param fingerprint of everything that determines its numbers and its files' columns
 * @param settings that the fingerprint is of, by key
 * @param configuration the effective experiment file
 * @param options what is saved, written and watched
 * @param metrics what is measured at evaluations
 * @param listeners of this run's subject, such as a collapse alarm
 * @param data a fingerprint of each data source by input, and of what is held out
 * @param product writes what the run is for
 */
public record PreparedRun(
    TrainingTask task,
    String fingerprint,
    Map<String, String> settings,
    String configuration,
    RunOptions options,
    EvaluationMetrics metrics,
    List<StatefulListener> listeners,
    Map<String, String> data,
    Product product) {

  /**
   * Checks that this run has the data that another was started with.
   *
   * @throws IOException naming what differs
   */
  public void requireDataOf(RunFolder other) throws IOException {
    RecordedProvenance.requireSameData(other, data);
  }

  /** The product of a run, during it and at its end. */
  interface Product {
    /**
     * Images of the network as it is, by name; drawing them does not affect the run's randomness.
     */
    default Map<String, Function<NetworkView, EncodedImage>> pictures() {
      return Map.of();
    }

    /**
     * Writes the trained network into a run's folder, in a form that can be used.
     *
     * @param average of the weights, if one was kept
     * @param best network by a metric, if one was kept
     */
    void write(
        TrainedNetwork network,
        Optional<NetworkState> average,
        Optional<NetworkState> best,
        RunFolder folder)
        throws IOException;
  }
}
