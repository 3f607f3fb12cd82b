package dev.idem.runs;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.metrics.CollapseAlarm;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.image.SampleGrids;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.runs.EvaluationMetrics.HeldOut;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Experiment.Subject;
import dev.idem.runs.experiment.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The run of a generator. At every evaluation it draws what the generator makes of the same few
 * noise samples and the same few held-out images, degraded, so that they can be compared; at the
 * end, samples of the model that it writes.
 */
final class GeneratorRun implements PreparedRun {

  private static final int DRAWN = 8;
  private static final int DRAWN_ITERATIONS = 2;
  private static final long DRAWN_SEED = 11;
  private static final List<String> DEGRADED = List.of("noise", "mask");
  private static final int SAMPLES_DRAWN = 16;
  private static final int SAMPLES_ITERATIONS = 3;
  private static final List<String> ON_CARD = List.of("method", "preset");

  private final NoiseFile noise;
  private final GeneratorTraining training;
  private final TrainingTask task;
  private final RunHost.Images images;
  private final Settings settings;
  private final Map<String, String> environment;
  private final Map<String, String> data;
  private final EvaluationMetrics metrics;
  private final CollapseAlarm alarm;
  private final Shape shape;
  private final SampleGrids grids;

  /**
   * Opens the images of an experiment.
   *
   * @param environment what models record of it
   * @throws IllegalStateException if no text can be drawn
   * @throws IOException if they cannot be opened, or runs of other seeds beside this one were
   *     started with other images
   */
  static GeneratorRun open(
      Experiment experiment,
      RunFolder folder,
      boolean resume,
      RunHost.ImageOpener opener,
      Map<String, String> environment,
      RunHost host)
      throws IOException {
    host.fonts().require();
    RunHost.Images images = images((Subject.Generator) experiment.subject(), resume, opener);
    try {
      TrainingPlan plan =
          experiment.plan(experiment.seeds().get(0), images.source().trainingSize());
      GeneratorRun run =
          new GeneratorRun(experiment, folder, plan, images, environment, host::report);
      for (RunFolder sibling : folder.siblings()) {
        new Provenance(sibling).requireSameData(run.data);
      }
      if (!resume && images.unused().isPresent()) {
        folder.make();
        folder.write(RunFolder.SKIPPED, images.unused().get().list());
        host.report(
            "%s, listed in %s"
                .formatted(images.unused().get().count(), folder.file(RunFolder.SKIPPED)));
      }
      return run;
    } catch (IOException | RuntimeException | Error e) {
      images.close();
      throw e;
    }
  }

  private static RunHost.Images images(
      Subject.Generator generator, boolean resume, RunHost.ImageOpener opener) throws IOException {
    try {
      return opener.open(generator);
    } catch (IOException e) {
      throw resume
          ? new IOException(
              "%s; if the run's data were moved, name their new location with --data"
                  .formatted(e.getMessage()),
              e)
          : e;
    }
  }

  private GeneratorRun(
      Experiment experiment,
      RunFolder folder,
      TrainingPlan plan,
      RunHost.Images images,
      Map<String, String> environment,
      Consumer<String> warnings) {
    FiniteDataSource source = images.source();
    GeneratorRecipe recipe = ((Subject.Generator) experiment.subject()).recipe(plan);
    String fingerprint = Provenance.fingerprint(source);
    this.noise = new NoiseFile(folder, recipe.noise(), source, fingerprint);
    this.training = new GeneratorTraining(recipe, source, noise.source());
    this.images = images;
    this.settings = experiment.settings();
    this.environment = environment;
    this.shape = recipe.imageShape();
    this.grids = new SampleGrids(shape);
    float[][] x = heldOut(source, images.heldOutSize());
    float[][] z = training.noise().heldOut(SAMPLES_SEED, x.length);
    this.task = training.task();
    this.data = Provenance.fingerprints(task, source, fingerprint, x);
    this.alarm =
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
    this.metrics =
        new EvaluationMetrics(
            experiment.run().measured(),
            new HeldOut(GenerativeObjective.NOISE, z),
            new HeldOut(GenerativeObjective.DATA, x));
  }

  /** The held-out images that a run's measurements are of. */
  static float[][] heldOut(FiniteDataSource images, int heldOut) {
    return images.heldOut(SAMPLES_SEED, Math.min(SAMPLES, heldOut));
  }

  @Override
  public TrainingTask task() {
    return task;
  }

  @Override
  public EvaluationMetrics metrics() {
    return metrics;
  }

  @Override
  public Map<String, String> data() {
    return data;
  }

  @Override
  public List<StatefulListener> listeners() {
    return List.of(alarm);
  }

  @Override
  public Map<String, Function<NetworkView, byte[]>> pictures() {
    float[][] z = training.noise().heldOut(DRAWN_SEED, DRAWN);
    float[][] x = training.images().heldOut(DRAWN_SEED, Math.min(DRAWN, images.heldOutSize()));
    Map<String, Function<NetworkView, byte[]>> pictures = new LinkedHashMap<>();
    pictures.put("image/samples", network -> samples(generator(network), z, DRAWN_ITERATIONS));
    pictures.put("image/projections", network -> projections(generator(network), x));
    return pictures;
  }

  private Generator generator(NetworkView network) {
    return new Generator(shape, training.noise(), network);
  }

  /** Rows z, f(z), f(f(z)), ... */
  private byte[] samples(Generator generator, float[][] z, int iterations) {
    return grids
        .rows(SampleGrids.powers("z", "(z)", iterations), generator.generate(z, iterations))
        .png();
  }

  /** Rows x, then of each degradation d: d(x), f(d(x)). */
  private byte[] projections(Generator generator, float[][] x) {
    List<String> labels = new ArrayList<>(List.of("x"));
    List<float[][]> rows = new ArrayList<>();
    rows.add(x);
    for (String kind : DEGRADED) {
      float[][] degraded = Degradation.named(kind).apply(x, shape, DRAWN_SEED);
      labels.addAll(SampleGrids.powers(kind, "", 1));
      rows.addAll(generator.project(degraded, 1));
    }
    return grids.rows(labels, rows).png();
  }

  @Override
  public void begun() throws IOException {
    noise.keep();
  }

  @Override
  public String nameOf(Kept kept) {
    return kept.model;
  }

  @Override
  public void write(TrainedNetwork network, Map<Kept, NetworkState> states, RunFolder folder)
      throws IOException {
    // Drawn before anything is saved: a model that cannot be drawn is invalid.
    Generator generator = generator(network);
    float[][] z = generator.noise(task.plan().seed(), SAMPLES_DRAWN);
    byte[] samples = samples(generator, z, SAMPLES_ITERATIONS);
    Map<String, String> card = card(network);
    for (Map.Entry<Kept, NetworkState> one : states.entrySet()) {
      new GeneratorModel(shape, task.network(), one.getValue(), training.noise(), card, environment)
          .save(folder.cleared(nameOf(one.getKey())));
    }
    folder.write(RunFolder.SAMPLES, samples);
    noise.delete();
  }

  private Map<String, String> card(TrainedNetwork network) {
    Map<String, String> card = new LinkedHashMap<>();
    ON_CARD.forEach(key -> settings.value(key).ifPresent(value -> card.put(key, value.toString())));
    card.put("objective", training.recipe().objective().description());
    card.put("network", task.network().description());
    card.put("noise", training.noise().description());
    card.putAll(RecordedData.of(images.name(), images.source(), data).entries());
    card.put("plan", task.plan().toString());
    card.put(
        "settings",
        settings.deciding().entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(", ")));
    card.put("steps", Long.toString(network.steps()));
    card.put("ended", network.stopReason());
    return card;
  }

  @Override
  public void close() throws IOException {
    images.close();
  }
}
