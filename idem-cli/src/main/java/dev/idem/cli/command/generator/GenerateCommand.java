package dev.idem.cli.command.generator;

import dev.idem.api.training.EngineFactory;
import dev.idem.cli.command.base.ComputeOptions;
import dev.idem.generative.image.SampleGrids;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws samples of a generator. */
@Command(
    name = "generate",
    description = {
      "Draw z, f(z), f(f(z)), ... of a trained generator from new noise samples.",
      "The same model and seed give an identical file."
    },
    mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {

  private static final int MOST_SAMPLES = 4_096;
  private static final int MOST_ITERATIONS = 100;

  @Mixin private GeneratorOptions options = new GeneratorOptions();

  @Option(names = "--n", defaultValue = "64", description = "Samples. Default: ${DEFAULT-VALUE}.")
  private int samples = 64;

  @Option(
      names = "--iterations",
      defaultValue = "3",
      description = "Number of applications of f. Default: ${DEFAULT-VALUE}.")
  private int iterations = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final EngineFactory engines;

  @Inject
  GenerateCommand(EngineFactory engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws IOException {
    ComputeOptions.requireRange(spec, "--n", samples, MOST_SAMPLES);
    ComputeOptions.requireRange(spec, "--iterations", iterations, MOST_ITERATIONS);
    return options.draw(
        engines,
        (generator, model, seed) -> {
          SampleGrids grids =
              options.grids(generator, samples * (iterations + 1), "--n or --iterations");
          options.say("noise", model.noise().description());
          List<float[][]> iterates = generator.generate(generator.noise(seed, samples), iterations);
          return grids.blocks(SampleGrids.powers("z", "(z)", iterations), iterates);
        });
  }
}
