package dev.idem.cli.command.generator;

import dev.idem.api.algebra.Shape;
import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.catalogue.Suggestions;
import dev.idem.cli.command.base.EngineOptions;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.command.data.FetchedImages;
import dev.idem.cli.command.data.ImageData;
import dev.idem.cli.environment.Environment;
import dev.idem.eval.collapse.AlarmRule;
import dev.idem.eval.figure.OutputFolder;
import dev.idem.eval.figure.Preset;
import dev.idem.generative.model.ModelFolder;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.generative.recipe.Method;
import dev.idem.tf.engine.EngineFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
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
      "METHOD is reconstruction+iterator, ign, reconstruction+canonical or reconstruction.",
      "Whatever of network, noise, plan and weights is not given, the preset decides."
    },
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {

  /** Stands for the size of data that are not open yet, where only the recipe is checked. */
  private static final int ANY_SIZE = 1;

  @Parameters(paramLabel = "METHOD", description = "How it is trained, see above.")
  private String methodName = "";

  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = "mnist",
      description =
          "mnist (10,000 digits, included), mnist:DIR (the four IDX files), fetched:NAME (what 'idem"
              + " data fetch' brought: mnist or fashion-mnist) or images:DIR (a folder of JPEG or PNG,"
              + " CelebA's layout among them). Default: ${DEFAULT-VALUE}.")
  private String data = "mnist";

  @Option(
      names = "--preset",
      defaultValue = "quick",
      description = "smoke (seconds), quick (minutes) or paper (days). Default: ${DEFAULT-VALUE}.")
  private String presetName = "quick";

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
  private final FetchedImages fetched;
  private final InstantSource clock;

  @Inject
  TrainCommand(EngineFactory engines, FetchedImages fetched, InstantSource clock) {
    this.engines = engines;
    this.fetched = fetched;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    Method method =
        Method.labelled(methodName)
            .orElseThrow(() -> usage(Suggestions.unknown("method", methodName, Method.labels())));
    Preset preset =
        Preset.labelled(presetName)
            .orElseThrow(() -> usage(Suggestions.unknown("preset", presetName, Preset.labels())));
    Shape shape = recipeOptions.shape(data, spec);
    // Told before minutes of decoding, and before there is a folder.
    recipe(method, preset, shape, ANY_SIZE);
    TrainingEngine engine = engineOptions.open(engines, spec);
    requireNoModel();
    try (ImageData images =
        ImageData.open(data, shape, engineOptions.threads(spec), fetched, spec)) {
      OutputFolder folder = folder();
      GeneratorTraining training =
          GeneratorTraining.of(
              recipe(method, preset, shape, images.source().trainingSize()), images.source());
      GeneratorSession session =
          new GeneratorSession(training, engine, folder, spec.commandLine().getOut());
      session.tellSkipped(images.skipped());
      session.run(
          images.heldOutSize(),
          stopOnCollapse ? AlarmRule.stopping() : AlarmRule.warning(),
          asked(method, preset),
          provenance(engine));
    }
    return ExitCode.DONE;
  }

  private static Map<String, String> asked(Method method, Preset preset) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("method", method.label());
    asked.put("preset", preset.label());
    return asked;
  }

  private GeneratorRecipe recipe(Method method, Preset preset, Shape shape, int trainingSize) {
    try {
      GeneratorRecipe base =
          switch (preset) {
            case SMOKE -> GeneratorRecipe.smoke(method, shape);
            case QUICK -> GeneratorRecipe.quick(method, shape);
            case PAPER -> GeneratorRecipe.paper(method, shape, trainingSize);
          };
      GeneratorRecipe recipe = recipeOptions.applied(base, method, seed, spec);
      recipe.network();
      return recipe;
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void requireNoModel() {
    if (Files.exists(out.resolve(ModelFolder.CARD))) {
      throw usage("--out (%s) holds a model already; name another folder".formatted(out));
    }
  }

  private OutputFolder folder() {
    try {
      return OutputFolder.open(out);
    } catch (IOException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> provenance(TrainingEngine engine) {
    Map<String, String> provenance = new LinkedHashMap<>(Environment.of(engine));
    provenance.put("created", clock.instant().toString());
    provenance.put(
        "command", "idem " + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
    return provenance;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
