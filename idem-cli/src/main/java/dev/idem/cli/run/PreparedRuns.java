package dev.idem.cli.run;

import dev.idem.api.data.CheckedSamples;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.cli.experiment.Experiment;
import dev.idem.cli.experiment.Subject;
import dev.idem.eval.collapse.AlarmRule;
import dev.idem.eval.collapse.CollapseAlarm;
import dev.idem.generative.objective.GenerativeObjective;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.models.storage.StateFile;
import dev.idem.tf.savedmodel.SavedModelExport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Prepares the runs of experiments. */
public final class PreparedRuns {

  private static final int SAMPLES = 256;
  private static final long SAMPLES_SEED = 7;

  /** Among a run's fingerprints: of what is held out. */
  static final String HELD_OUT = "held out";

  private final Experiment experiment;
  private final Map<String, String> provenance;
  private final Consumer<String> warnings;

  /**
   * Runs of an experiment.
   *
   * @param provenance that models shall carry
   * @param warnings notified of a collapse
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
   * @param images opened from the subject's data, or from where these are now
   * @param source where that is, as {@code --data} takes it
   * @param heldOut how many of them are held out
   */
  public PreparedRun of(
      Subject.Generator subject, FiniteDataSource images, String source, int heldOut, long seed) {
    GeneratorRecipe recipe = subject.recipe(experiment.plan(seed, images.trainingSize()));
    GeneratorTraining training = GeneratorTraining.of(recipe, images);
    float[][] x = heldOut(images, heldOut);
    float[][] z = training.noise().heldOut(SAMPLES_SEED, x.length);
    TrainingTask task = training.task();
    Map<String, String> fingerprints = fingerprints(task, DataFingerprint.ofHeldOut(images, x));
    CollapseAlarm alarm =
        new CollapseAlarm(
            experiment.run().stopOnCollapse() ? AlarmRule.stopping() : AlarmRule.warning(),
            z,
            x,
            warning ->
                warnings.accept(
                    "warning at step %s: %s".formatted(warning.step(), warning.message())),
            (view, noise) -> view.apply(noise, GenerativeObjective.NOISE));
    return prepared(
        task,
        seed,
        new HeldOut(GenerativeObjective.NOISE, z),
        new HeldOut(GenerativeObjective.DATA, x),
        fingerprints,
        List.of(alarm),
        new GeneratorProduct(
            training,
            heldOut,
            RecordedData.of(source, images, fingerprints),
            experiment.settings(),
            provenance));
  }

  /** The held-out images that a run's measurements are of. */
  static float[][] heldOut(FiniteDataSource images, int heldOut) {
    return images.heldOut(SAMPLES_SEED, Math.min(SAMPLES, heldOut));
  }

  /** The run of a self-map. */
  public PreparedRun of(Subject.SelfMap subject, long seed) {
    TrainingPlan plan = experiment.plan(seed, 1);
    HeldOut samples =
        new HeldOut(
            TrainingObjective.DEFAULT_INPUT,
            CheckedSamples.heldOut(subject.source(), SAMPLES_SEED, SAMPLES));
    TrainingTask task = subject.task(plan);
    return prepared(
        task,
        seed,
        samples,
        samples,
        fingerprints(task, DataFingerprint.ofHeldOut(subject.source(), samples.rows())),
        List.of(),
        (network, average, best, folder) -> {
          folder.write(RunFolder.WEIGHTS, StateFile.content(subject.network(), network.state()));
          if (average.isPresent()) {
            folder.write(RunFolder.AVERAGE, StateFile.content(subject.network(), average.get()));
          }
          if (best.isPresent()) {
            folder.write(RunFolder.BEST, StateFile.content(subject.network(), best.get()));
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
      Map<String, String> fingerprints,
      List<StatefulListener> listeners,
      PreparedRun.Product product) {
    return new PreparedRun(
        task,
        experiment.settings().fingerprint(seed),
        experiment.settings().deciding(),
        experiment.settings().print(),
        experiment.run(),
        new EvaluationMetrics(experiment.run().metrics(), idempotency, data),
        listeners,
        fingerprints,
        product);
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
