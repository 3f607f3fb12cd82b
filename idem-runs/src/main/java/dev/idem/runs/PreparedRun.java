package dev.idem.runs;

import dev.idem.api.data.DataSource.CheckedSamples;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.metrics.CollapseAlarm;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.models.storage.StateFile;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Subject;
import dev.idem.runs.tensorboard.EncodedImage;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An experiment of one seed with its data: what a run trains, measures and writes.
 *
 * @param experiment of one seed
 * @param task what is trained
 * @param metrics what is measured at evaluations
 * @param listeners of this run's subject, such as a collapse alarm
 * @param data a fingerprint of each data source by input, and of what is held out
 * @param product writes what the run is for
 * @param opened the data, open until closed
 */
record PreparedRun(
    Experiment experiment,
    TrainingTask task,
    EvaluationMetrics metrics,
    List<StatefulListener> listeners,
    Map<String, String> data,
    Product product,
    Closeable opened) {

  /** Among a run's fingerprints: of what is held out. */
  static final String HELD_OUT = "held out";

  private static final int SAMPLES = 256;
  private static final long SAMPLES_SEED = 7;

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

  /**
   * The run of a generator.
   *
   * @param images opened from the experiment's data, or from where these are now
   * @param environment that models record
   * @param warnings notified of a collapse
   */
  static PreparedRun ofGenerator(
      Experiment experiment,
      Subject.Generator subject,
      RunHost.Images images,
      Map<String, String> environment,
      Consumer<String> warnings) {
    FiniteDataSource source = images.source();
    GeneratorTraining training =
        GeneratorTraining.of(
            subject.recipe(experiment.plan(seed(experiment), source.trainingSize())), source);
    float[][] x = heldOut(source, images.heldOutSize());
    float[][] z = training.noise().heldOut(SAMPLES_SEED, x.length);
    TrainingTask task = training.task();
    Map<String, String> fingerprints = fingerprints(task, DataFingerprint.ofHeldOut(source, x));
    CollapseAlarm alarm =
        new CollapseAlarm(
            experiment.run().stopOnCollapse()
                ? CollapseAlarm.Rule.stopping()
                : CollapseAlarm.Rule.warning(),
            z,
            x,
            warning ->
                warnings.accept(
                    "warning at step %s: %s".formatted(warning.step(), warning.message())),
            (view, noise) -> view.apply(noise, GenerativeObjective.NOISE));
    return new PreparedRun(
        experiment,
        task,
        new EvaluationMetrics(
            experiment.run().measured(),
            new HeldOut(GenerativeObjective.NOISE, z),
            new HeldOut(GenerativeObjective.DATA, x)),
        List.of(alarm),
        fingerprints,
        new GeneratorProduct(
            training,
            images.heldOutSize(),
            RecordedData.of(images.name(), source, fingerprints),
            experiment.settings(),
            environment),
        images);
  }

  /** The held-out images that a run's measurements are of. */
  static float[][] heldOut(FiniteDataSource images, int heldOut) {
    return images.heldOut(SAMPLES_SEED, Math.min(SAMPLES, heldOut));
  }

  /** The run of a self-map. */
  static PreparedRun ofMap(Experiment experiment, Subject.SelfMap subject, RunHost host) {
    TrainingTask task = subject.task(experiment.plan(seed(experiment), 1));
    HeldOut samples =
        new HeldOut(
            TrainingObjective.DEFAULT_INPUT,
            CheckedSamples.heldOut(subject.source(), SAMPLES_SEED, SAMPLES));
    return new PreparedRun(
        experiment,
        task,
        new EvaluationMetrics(experiment.run().measured(), samples, samples),
        List.of(),
        fingerprints(task, DataFingerprint.ofHeldOut(subject.source(), samples.rows())),
        (network, average, best, folder) -> {
          folder.write(RunFolder.WEIGHTS, StateFile.content(subject.network(), network.state()));
          if (average.isPresent()) {
            folder.write(RunFolder.AVERAGE, StateFile.content(subject.network(), average.get()));
          }
          if (best.isPresent()) {
            folder.write(RunFolder.BEST, StateFile.content(subject.network(), best.get()));
          }
          host.export(subject.network(), network.state(), RunFolder.cleared(folder.savedModel()));
        },
        () -> {});
  }

  private static long seed(Experiment experiment) {
    return experiment.seeds().get(0);
  }

  /** The fingerprint of everything that determines the run's numbers and its files' columns. */
  String fingerprint() {
    return experiment.settings().fingerprint(seed(experiment));
  }

  /** The settings that {@link #fingerprint} is of, by key. */
  Map<String, String> settings() {
    return experiment.settings().deciding();
  }

  private static Map<String, String> fingerprints(TrainingTask task, String heldOut) {
    Map<String, String> fingerprints = new LinkedHashMap<>();
    for (String input : task.objective().inputs()) {
      fingerprints.put(input, DataFingerprint.of(task.source(input)));
    }
    fingerprints.put(HELD_OUT, heldOut);
    return fingerprints;
  }
}
