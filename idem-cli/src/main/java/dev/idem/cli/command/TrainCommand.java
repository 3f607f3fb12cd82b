package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.catalogue.Suggestions;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.eval.chart.ChartWriter;
import dev.idem.eval.collapse.AlarmRule;
import dev.idem.eval.collapse.CollapseAlarm;
import dev.idem.eval.figure.OutputFolder;
import dev.idem.eval.figure.Preset;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.model.ModelFolder;
import dev.idem.generative.objective.GenerativeObjective;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.generative.recipe.Method;
import dev.idem.tf.device.SessionOptions;
import dev.idem.tf.engine.EngineFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a generator and writes it as a model folder. */
@Command(
    name = "train",
    description = {
      "Train a generator on images and write it as a model folder.",
      "METHOD is ign, reconstruction+iterator, reconstruction+canonical or reconstruction."
    },
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {

  private static final int WATCHED = 256;
  private static final int SHOWN = 16;
  private static final long SEED = 7;
  private static final String SKIPPED = "skipped.txt";
  private static final int SKIPPED_SHOWN = 5;
  private static final String TERMINAL = "idem.terminal";

  @Parameters(paramLabel = "METHOD", description = "How it is trained, see above.")
  private String method = "";

  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = "mnist",
      description =
          "mnist (10,000 digits, included), mnist:DIR (the four IDX files) or images:DIR (a folder"
              + " of JPEG or PNG, CelebA's layout among them). Default: ${DEFAULT-VALUE}.")
  private String data = "mnist";

  @Option(
      names = "--preset",
      defaultValue = "quick",
      description = "smoke (seconds), quick (minutes) or paper (days). Default: ${DEFAULT-VALUE}.")
  private String preset = "quick";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the model; must not hold one yet.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Every random draw derives from it. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--stop-on-collapse",
      description = "End the run when f(z) has collapsed; without it, the run warns and goes on.")
  private boolean stopOnCollapse;

  @Mixin private RecipeOptions recipeOptions = new RecipeOptions();

  @Mixin private EngineOptions engineOptions = new EngineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final EngineFactory engines;
  private final InstantSource clock;

  @Inject
  TrainCommand(EngineFactory engines, InstantSource clock) {
    this.engines = engines;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    Method chosen =
        Method.labelled(method)
            .orElseThrow(() -> usage(Suggestions.unknown("method", method, Method.labels())));
    Preset effort =
        Preset.labelled(preset)
            .orElseThrow(() -> usage(Suggestions.unknown("preset", preset, Preset.labels())));
    Shape shape = ImageData.isMnist(data) ? Shape.of(28, 28, 1) : recipeOptions.shape(spec);
    OutputFolder folder = opened();
    TrainingEngine engine = engine();
    try (ImageData images = data(shape)) {
      tellSkipped(images.skipped(), folder);
      GeneratorTraining training = training(chosen, effort, images.source());
      tell(training);
      return train(training, chosen, effort, engine, folder);
    }
  }

  private OutputFolder opened() {
    if (Files.exists(out.resolve(ModelFolder.CARD))) {
      throw usage("--out (%s) holds a model already; name another folder".formatted(out));
    }
    try {
      return OutputFolder.open(out);
    } catch (IOException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private TrainingEngine engine() {
    try {
      return engines.create(
          new SessionOptions(engineOptions.device(spec), engineOptions.threads(spec)));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ImageData data(Shape shape) throws IOException {
    try {
      return ImageData.open(data, shape, engineOptions.threads(spec));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private GeneratorTraining training(Method chosen, Preset effort, FiniteDataSource images) {
    try {
      Shape shape = images.shape();
      GeneratorRecipe base =
          switch (effort) {
            case SMOKE -> GeneratorRecipe.smoke(chosen, shape);
            case QUICK -> GeneratorRecipe.quick(chosen, shape);
            case PAPER -> GeneratorRecipe.paper(chosen, shape, images.trainingSize());
          };
      GeneratorRecipe recipe = recipeOptions.applied(base, chosen, spec);
      GeneratorRecipe seeded = recipe.withPlan(recipe.plan().toBuilder().seed(seed).build());
      seeded.network();
      return GeneratorTraining.of(seeded, images);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private int train(
      GeneratorTraining training,
      Method chosen,
      Preset effort,
      TrainingEngine engine,
      OutputFolder folder)
      throws IOException {
    int heldOut = Math.min(WATCHED, training.images().trainingSize());
    float[][] real = watched(training.images(), heldOut);
    CollapseAlarm alarm =
        new CollapseAlarm(
            stopOnCollapse ? AlarmRule.stopping() : AlarmRule.warning(),
            training.noise().heldOut(SEED, real.length),
            real,
            warning -> say("warning at step %d: %s".formatted(warning.step(), warning.message())),
            (view, z) -> view.apply(z, GenerativeObjective.NOISE));
    ConsoleProgress progress =
        new ConsoleProgress(spec.commandLine().getOut(), Boolean.getBoolean(TERMINAL));
    try (TrainingLog log = TrainingLog.open(folder, training.recipe().plan(), progress);
        TrainedNetwork network = training.train(engine, List.of(log, alarm))) {
      GeneratorModel model =
          new GeneratorModel(
              training.recipe().imageShape(),
              training.recipe().network(),
              network.state(),
              training.noise(),
              outcome(training, chosen, effort, network),
              provenance(engine));
      ModelFolder.save(model, folder.path());
      Generator generator =
          new Generator(training.recipe().imageShape(), training.noise(), network);
      folder.write(
          "samples.png",
          ChartWriter.png(
              new SampleGrids(training.recipe().imageShape())
                  .rows(
                      SampleGrids.powers("z", "(z)", 3),
                      generator.generate(generator.noise(seed, SHOWN), 3))));
      say(
          "%s after %d steps; model: %s, samples: %s"
              .formatted(
                  network.stopReason(),
                  network.steps(),
                  folder.path(),
                  folder.path().resolve("samples.png")));
    }
    return ExitCode.DONE;
  }

  /** Held-out images, as many as there are up to a limit. */
  private static float[][] watched(FiniteDataSource images, int most) {
    int size = most;
    while (size > 2) {
      try {
        return images.heldOut(SEED, size);
      } catch (IllegalArgumentException fewer) {
        size /= 2;
      }
    }
    return images.heldOut(SEED, Math.max(2, size));
  }

  private void tellSkipped(List<String> skipped, OutputFolder folder) throws IOException {
    if (!skipped.isEmpty()) {
      String list = String.join("\n", skipped) + "\n";
      Path written = folder.write(SKIPPED, list.getBytes(StandardCharsets.UTF_8));
      say("skipped    %d files, listed in %s:".formatted(skipped.size(), written));
      skipped.stream().limit(SKIPPED_SHOWN).forEach(line -> say("           " + line));
    }
  }

  private void tell(GeneratorTraining training) {
    GeneratorRecipe recipe = training.recipe();
    say("data       " + training.images().description());
    say("noise      " + training.noise().description());
    say(
        "network    %s, %,d parameters"
            .formatted(recipe.network().description(), recipe.network().parameterCount()));
    say("objective  " + recipe.objective().description());
    say(
        String.format(
            Locale.ROOT,
            "plan       %d steps of %d, rate %s, %s, seed %d",
            recipe.plan().steps(),
            recipe.plan().batchSize(),
            recipe.plan().learningRate(),
            recipe.plan().optimizer(),
            recipe.plan().seed()));
  }

  private static Map<String, String> outcome(
      GeneratorTraining training, Method chosen, Preset effort, TrainedNetwork network) {
    GeneratorRecipe recipe = training.recipe();
    Map<String, String> outcome = new LinkedHashMap<>();
    outcome.put("method", chosen.label());
    outcome.put("preset", effort.label());
    outcome.put("objective", recipe.objective().description());
    outcome.put("network", recipe.network().description());
    outcome.put("noise", training.noise().description());
    outcome.put("data", training.images().description());
    outcome.put("plan", recipe.plan().toString());
    outcome.put("steps", Long.toString(network.steps()));
    outcome.put("ended", network.stopReason());
    return outcome;
  }

  private Map<String, String> provenance(TrainingEngine engine) {
    Map<String, String> provenance = new LinkedHashMap<>(Environment.of(engine));
    provenance.put("created", clock.instant().toString());
    provenance.put(
        "command", "idem " + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
    return provenance;
  }

  private void say(String line) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(line);
    console.flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
