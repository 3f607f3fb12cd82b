package dev.idem.cli.command;

import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.tf.engine.EngineFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws what a generator makes of the ways between noises. */
@Command(
    name = "interpolate",
    description = {
      "Draw f on the way from one noise to another, a row for each way.",
      "The way keeps the noise's covariance: m + cos(t) (a - m) + sin(t) (b - m), m its mean."
    },
    mixinStandardHelpOptions = true)
public final class InterpolateCommand implements Callable<Integer> {

  private static final int MOST = 256;

  @Mixin private ModelOption modelOption = new ModelOption();

  @Option(
      names = "--ways",
      defaultValue = "8",
      description = "Pairs of noises. Default: ${DEFAULT-VALUE}.")
  private int ways = 8;

  @Option(
      names = "--steps",
      defaultValue = "12",
      description = "Images a way, ends included; at least 2. Default: ${DEFAULT-VALUE}.")
  private int steps = 12;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the noise. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "interpolation.png",
      description = "The picture, a PNG. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("interpolation.png");

  @Mixin private EngineOptions engineOptions = new EngineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final EngineFactory engines;

  @Inject
  InterpolateCommand(EngineFactory engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws IOException {
    EngineOptions.requireRange(spec, "--ways", ways, MOST);
    EngineOptions.requireRange(spec, "--steps", 2, steps, MOST);
    ImageFile file = ImageFile.open(spec, out);
    GeneratorModel model = modelOption.load();
    try (Generator generator = ModelOption.open(model, engines, engineOptions, spec)) {
      float[][] images = generator.generate(generator.interpolate(seed, ways, steps), 1).get(1);
      List<float[][]> rows = new ArrayList<>();
      for (int way = 0; way < ways; way++) {
        rows.add(Arrays.copyOfRange(images, way * steps, (way + 1) * steps));
      }
      file.write(
          spec, new SampleGrids(model.imageShape()).rows(Collections.nCopies(ways, ""), rows));
    }
    return ExitCode.DONE;
  }
}
