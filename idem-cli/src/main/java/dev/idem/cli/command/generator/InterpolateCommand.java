package dev.idem.cli.command.generator;

import dev.idem.api.training.EngineFactory;
import dev.idem.cli.command.base.ComputeOptions;
import dev.idem.generative.image.SampleGrids;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws a generator's outputs along paths between noise samples. */
@Command(
    name = "interpolate",
    description = {
      "Draw f along paths between noise samples, one row per path.",
      "A path preserves the noise's covariance: m + cos(t) (a - m) + sin(t) (b - m), m its mean."
    },
    mixinStandardHelpOptions = true)
public final class InterpolateCommand implements Callable<Integer> {

  private static final int MOST = 256;

  @Mixin private GeneratorOptions options = new GeneratorOptions();

  @Option(
      names = "--ways",
      defaultValue = "8",
      description = "Number of paths, each between two noise samples. Default: ${DEFAULT-VALUE}.")
  private int ways = 8;

  @Option(
      names = "--steps",
      defaultValue = "12",
      description = "Images per path, both ends included; at least 2. Default: ${DEFAULT-VALUE}.")
  private int steps = 12;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final EngineFactory engines;

  @Inject
  InterpolateCommand(EngineFactory engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws IOException {
    ComputeOptions.requireRange(spec, "--ways", ways, MOST);
    ComputeOptions.requireRange(spec, "--steps", 2, steps, MOST);
    return options.draw(
        engines,
        (generator, model, seed) -> {
          SampleGrids grids = options.grids(generator, ways * steps, "--ways or --steps");
          options.say("noise", model.noise().description());
          float[][] images = generator.generate(generator.interpolate(seed, ways, steps), 1).get(1);
          List<float[][]> rows = new ArrayList<>();
          for (int way = 0; way < ways; way++) {
            rows.add(Arrays.copyOfRange(images, way * steps, (way + 1) * steps));
          }
          return grids.rows(
              IntStream.rangeClosed(1, ways).mapToObj(Integer::toString).toList(), rows);
        });
  }
}
