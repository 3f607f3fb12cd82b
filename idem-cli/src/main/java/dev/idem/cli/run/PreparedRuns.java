package dev.idem.cli.run;

import dev.idem.api.data.FiniteDataSource;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.cli.experiment.Experiment;
import dev.idem.cli.experiment.Metric;
import dev.idem.cli.experiment.Subject;
import dev.idem.eval.collapse.AlarmRule;
import dev.idem.eval.collapse.CollapseAlarm;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.model.ModelFolder;
import dev.idem.generative.objective.GenerativeObjective;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.models.storage.StateFile;
import dev.idem.tf.savedmodel.SavedModelExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes runs of what experiment files say. */
public final class PreparedRuns {

  private static final int SAMPLES = 256;
  private static final long SAMPLES_SEED = 7;
  private static final String HELD_OUT = "held out";

  private final Experiment experiment;
  private final Map<String, String> provenance;
  private final Consumer<String> warnings;

  /**
   * Runs of an experiment.
   *
   * @param provenance that models shall carry
   * @param warnings told of a collapse
   */
  public PreparedRuns(
      Experiment experiment, Map<String, String> provenance, Consumer<String> warnings) {
    this.experiment = experiment;
    this.provenance = provenance;
    this.warnings = warnings;
  }

  /**
   * The run of a generator.
   *
   * @param images opened from the subject's data
   * @param heldOut how many of them are held out
   */
  public PreparedRun of(
      Subject.Generator subject, FiniteDataSource images, int heldOut, long seed) {
    GeneratorRecipe recipe = subject.recipe(experiment.plan(seed, images.trainingSize()));
    GeneratorTraining training = GeneratorTraining.of(recipe, images);
    int size = Math.min(SAMPLES, heldOut);
    float[][] z = training.noise().heldOut(SAMPLES_SEED, size);
    float[][] x = training.images().heldOut(SAMPLES_SEED, size);
    CollapseAlarm alarm =
        new CollapseAlarm(
            experiment.run().stopOnCollapse() ? AlarmRule.stopping() : AlarmRule.warning(),
            z,
            x,
            warning ->
                warnings.accept(
                    "warning at step %d: %s".formatted(warning.step(), warning.message())),
            (view, noise) -> view.apply(noise, GenerativeObjective.NOISE));
    return prepared(
        training.task(),
        seed,
        new HeldOut(GenerativeObjective.NOISE, z),
        new HeldOut(GenerativeObjective.DATA, x),
        DataFingerprint.ofHeldOut(training.images(), x),
        // A generator that maps all noise to one point is idempotent, and reconstructs nothing.
        Metric.RECONSTRUCTION_ERROR,
        List.of(alarm),
        (network, average, folder) -> write(training, network, average, folder));
  }

  private void write(
      GeneratorTraining training,
      TrainedNetwork network,
      Optional<NetworkState> average,
      RunFolder folder)
      throws IOException {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("objective", training.recipe().objective().description());
    told.put("data", training.images().description());
    told.put("plan", training.recipe().plan().toString());
    told.put("steps", Long.toString(network.steps()));
    told.put("ended", network.stopReason());
    save(training, network.state(), told, folder.model());
    if (average.isPresent()) {
      save(training, average.get(), told, folder.averagedModel());
    }
  }

  private void save(
      GeneratorTraining training, NetworkState state, Map<String, String> told, Path to)
      throws IOException {
    GeneratorRecipe recipe = training.recipe();
    ModelFolder.save(
        new GeneratorModel(
            recipe.imageShape(), recipe.network(), state, training.noise(), told, provenance),
        RunFolder.cleared(to));
  }

  /** The run of a self-map. */
  public PreparedRun of(Subject.SelfMap subject, long seed) {
    TrainingPlan plan = experiment.plan(seed, 1);
    HeldOut samples =
        new HeldOut(
            TrainingObjective.DEFAULT_INPUT, subject.source().heldOut(SAMPLES_SEED, SAMPLES));
    return prepared(
        subject.task(plan),
        seed,
        samples,
        samples,
        DataFingerprint.ofHeldOut(subject.source(), samples.rows()),
        Metric.RELATIVE_ERROR,
        List.of(),
        (network, average, folder) -> {
          folder.write(RunFolder.WEIGHTS, StateFile.content(subject.network(), network.state()));
          if (average.isPresent()) {
            folder.write(RunFolder.AVERAGE, StateFile.content(subject.network(), average.get()));
          }
          SavedModelExport.write(
              subject.network(), network.state(), RunFolder.cleared(folder.savedModel()));
        });
  }

  private PreparedRun prepared(
      TrainingTask task,
      long seed,
      HeldOut idempotency,
      HeldOut data,
      String heldOut,
      Metric best,
      List<StatefulListener> listeners,
      PreparedRun.Product product) {
    Map<String, String> fingerprints = new LinkedHashMap<>();
    for (String input : task.objective().inputs()) {
      fingerprints.put(input, DataFingerprint.of(task.source(input)));
    }
    fingerprints.put(HELD_OUT, heldOut);
    return new PreparedRun(
        task,
        experiment.settings().fingerprint(seed),
        experiment.settings().print(),
        experiment.run(),
        new EvaluationMetrics(experiment.run().metrics(), idempotency, data),
        best,
        listeners,
        fingerprints,
        product);
  }
}
