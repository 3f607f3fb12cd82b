package dev.idem.cli.command.generator;

import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.eval.chart.ChartWriter;
import dev.idem.eval.collapse.AlarmRule;
import dev.idem.eval.collapse.CollapseAlarm;
import dev.idem.eval.figure.OutputFolder;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.model.ModelFolder;
import dev.idem.generative.objective.GenerativeObjective;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The training of a generator on the console: told, watched, and written to a folder. */
final class GeneratorSession {

  private static final int WATCHED = 256;
  private static final int SHOWN = 16;
  private static final int SHOWN_ITERATIONS = 3;
  private static final long ALARM_SEED = 7;
  private static final String SAMPLES = "samples.png";
  private static final String SKIPPED = "skipped.txt";
  private static final int SKIPPED_SHOWN = 5;

  private final GeneratorTraining training;
  private final TrainingEngine engine;
  private final OutputFolder folder;
  private final PrintWriter console;

  GeneratorSession(
      GeneratorTraining training, TrainingEngine engine, OutputFolder folder, PrintWriter console) {
    this.training = training;
    this.engine = engine;
    this.folder = folder;
    this.console = console;
  }

  /** Lists all of them in a file, and some on the console. */
  void tellSkipped(List<String> skipped) throws IOException {
    if (!skipped.isEmpty()) {
      String list = String.join("\n", skipped) + "\n";
      Path written = folder.write(SKIPPED, list.getBytes(StandardCharsets.UTF_8));
      say(
          "skipped    %d file%s, listed in %s:"
              .formatted(skipped.size(), skipped.size() == 1 ? "" : "s", written));
      skipped.stream().limit(SKIPPED_SHOWN).forEach(line -> say("           " + line));
    }
  }

  /**
   * Trains, and writes samples and model.
   *
   * @param heldOut the number of images held out, of which the collapse alarm takes some
   * @param rule when the alarm goes off
   * @param asked what was asked for, for the model's card
   * @param provenance for the model's card
   */
  void run(int heldOut, AlarmRule rule, Map<String, String> asked, Map<String, String> provenance)
      throws IOException {
    tell();
    GeneratorRecipe recipe = training.recipe();
    ConsoleProgress progress = ConsoleProgress.on(console);
    try (TrainingLog log = TrainingLog.open(folder, recipe.plan(), progress);
        TrainedNetwork network =
            training.train(engine, List.of(log, alarm(Math.min(WATCHED, heldOut), rule)))) {
      Generator generator = new Generator(recipe.imageShape(), training.noise(), network);
      // Drawn before anything is saved: what cannot be drawn is no model.
      byte[] samples = samples(generator, recipe.plan().seed());
      GeneratorModel model =
          new GeneratorModel(
              recipe.imageShape(),
              recipe.network(),
              network.state(),
              training.noise(),
              outcome(asked, network),
              provenance);
      Path drawn = folder.write(SAMPLES, samples);
      ModelFolder.save(model, folder.path());
      say(
          "%s after %d steps; model: %s, samples: %s"
              .formatted(network.stopReason(), network.steps(), folder.path(), drawn));
    }
  }

  private CollapseAlarm alarm(int size, AlarmRule rule) {
    return new CollapseAlarm(
        rule,
        training.noise().heldOut(ALARM_SEED, size),
        training.images().heldOut(ALARM_SEED, size),
        warning -> say("warning at step %d: %s".formatted(warning.step(), warning.message())),
        (view, z) -> view.apply(z, GenerativeObjective.NOISE));
  }

  private byte[] samples(Generator generator, long seed) {
    return ChartWriter.png(
        new SampleGrids(generator.imageShape())
            .rows(
                SampleGrids.powers("z", "(z)", SHOWN_ITERATIONS),
                generator.generate(generator.noise(seed, SHOWN), SHOWN_ITERATIONS)));
  }

  private void tell() {
    GeneratorRecipe recipe = training.recipe();
    say("data       " + training.images().description());
    say("noise      " + training.noise().description());
    say(
        String.format(
            Locale.ROOT,
            "network    %s, %,d parameters",
            recipe.network().description(),
            recipe.network().parameterCount()));
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

  private Map<String, String> outcome(Map<String, String> asked, TrainedNetwork network) {
    GeneratorRecipe recipe = training.recipe();
    Map<String, String> outcome = new LinkedHashMap<>(asked);
    outcome.put("objective", recipe.objective().description());
    outcome.put("network", recipe.network().description());
    outcome.put("noise", training.noise().description());
    outcome.put("data", training.images().description());
    outcome.put("plan", recipe.plan().toString());
    outcome.put("steps", Long.toString(network.steps()));
    outcome.put("ended", network.stopReason());
    return outcome;
  }

  private void say(String line) {
    console.println(line);
    console.flush();
  }
}
