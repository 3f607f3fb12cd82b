package dev.idem.cli.command;

import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.tf.engine.EngineFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws what a generator makes of noise. */
@Command(
    name = "generate",
    description = {
      "Draw z, f(z), f(f(z)), ... of a trained generator, from fresh noise.",
      "The same model and seed give the same file."
    },
    mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {

  private static final int MOST_SAMPLES = 4_096;
  private static final int MOST_ITERATIONS = 100;

  @Mixin private ModelOption modelOption = new ModelOption();

  @Option(names = "--n", defaultValue = "64", description = "Samples. Default: ${DEFAULT-VALUE}.")
  private int samples = 64;

  @Option(
      names = "--iterations",
      defaultValue = "3",
      description = "The most applications of f. Default: ${DEFAULT-VALUE}.")
  private int iterations = 3;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the noise. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "grid.png",
      description = "The picture, a PNG. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("grid.png");

  @Mixin private EngineOptions engineOptions = new EngineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final EngineFactory engines;

  @Inject
  GenerateCommand(EngineFactory engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws IOException {
    EngineOptions.requireRange(spec, "--n", samples, MOST_SAMPLES);
    EngineOptions.requireRange(spec, "--iterations", iterations, MOST_ITERATIONS);
    ImageFile file = ImageFile.open(spec, out);
    GeneratorModel model = modelOption.load();
    try (Generator generator = ModelOption.open(model, engines, engineOptions, spec)) {
      List<float[][]> iterates = generator.generate(generator.noise(seed, samples), iterations);
      file.write(
          spec,
          new SampleGrids(model.imageShape())
              .blocks(SampleGrids.powers("z", "(z)", iterations), iterates));
    }
    return ExitCode.DONE;
  }
}
