package dev.idem.cli.command.generator;

import dev.idem.api.training.EngineFactory;
import dev.idem.cli.command.base.ComputeOptions;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.generative.image.Picture;
import dev.idem.generative.image.SampleGrids;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.runs.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that draws images of a trained generator. */
final class GeneratorOptions {

  /** Draws an image of a generator, opened from its model, with a seed. */
  @FunctionalInterface
  interface Drawing {
    Picture of(Generator generator, GeneratorModel model, long seed) throws IOException;
  }

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Folder of a generator, as written by 'idem train --out DIR'.")
  private Path model = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of every random draw. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "${COMMAND-NAME}.png",
      description = "PNG file to write. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("");

  @Mixin private ComputeOptions engineOptions = new ComputeOptions();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Loads the model, draws, and writes the image. */
  int draw(EngineFactory engines, Drawing drawing) throws IOException {
    if (model.toString().isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--model ('') must name a folder; '.' is the current one");
    }
    ImageFile file = ImageFile.open(spec, out);
    GeneratorModel loaded = GeneratorModel.load(RunFolder.modelAt(model));
    Picture picture;
    try (Generator generator = Generator.open(loaded, engineOptions.open(engines, spec))) {
      picture = drawing.of(generator, loaded, seed);
    }
    file.write(spec, picture);
    return ExitCode.DONE;
  }

  /** Reports the source of the drawing, with the seed. */
  void say(String what, String description) {
    spec.commandLine().getOut().printf("%-10s %s, seed %s%n", what, description, seed);
  }

  Path out() {
    return out;
  }

  /**
   * The image grids for a number of images of the generator.
   *
   * @throws ParameterException if they would make too large an image
   */
  SampleGrids grids(Generator generator, int images, String options) {
    SampleGrids grids = new SampleGrids(generator.imageShape());
    if (images > grids.most()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s images of shape %s make too large an image, at most %s fit; lower %s"
              .formatted(images, generator.imageShape(), grids.most(), options));
    }
    return grids;
  }
}
