package dev.idem.cli.command;

import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.figures.OutputFolder;
import dev.idem.generative.image.Fonts;
import dev.idem.generative.image.Picture;
import dev.idem.generative.image.SampleGrids;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.runs.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws an image of a trained generator. */
abstract class DrawCommand extends Subcommand {

  static final int MOST_ITERATIONS = 100;

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
  long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "${COMMAND-NAME}.png",
      description = "PNG file to write. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("");

  @Mixin private ComputeOptions.Threaded engineOptions = new ComputeOptions.Threaded();

  private final EngineFactory engines;
  private final Fonts fonts;

  DrawCommand(EngineFactory engines, Fonts fonts) {
    this.engines = engines;
    this.fonts = fonts;
  }

  /** Refuses unsuitable options, before anything is loaded. */
  abstract void check();

  abstract Picture draw(Generator generator, GeneratorModel loaded) throws IOException;

  @Override
  public final Integer call() throws IOException {
    check();
    requireNamed("--model", model);
    String name = String.valueOf(out.getFileName());
    if (!name.toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw usage("--out (%s) must be a file whose name ends in .png", out);
    }
    fonts.require();
    Path parent = out.toAbsolutePath().getParent();
    OutputFolder folder = folder(parent == null ? Path.of(".") : parent);
    GeneratorModel loaded = GeneratorModel.load(RunFolder.modelAt(model));
    Picture picture;
    try (Generator generator = Generator.open(loaded, engineOptions.open(engines))) {
      picture = draw(generator, loaded);
    }
    boolean there = Files.exists(folder.path().resolve(name));
    say(folder.write(name, picture.png()) + (there ? ", replacing the existing file" : ""));
    return ExitCode.OK;
  }

  /** Reports the source of the drawing, with the seed. */
  final void describe(String what, String description) {
    print("%-10s %s, seed %s", what, description, seed);
  }

  /** The grids for a number of images, unless they would make too large an image. */
  static SampleGrids grids(Generator generator, int images, String options) {
    SampleGrids grids = new SampleGrids(generator.imageShape());
    if (images > grids.most()) {
      throw usage(
          "%s images of shape %s make too large an image, at most %s fit; lower %s",
          images, generator.imageShape(), grids.most(), options);
    }
    return grids;
  }

  /** Draws samples of a generator. */
  @Command(
      name = "generate",
      description = {
        "Draw z, f(z), f(f(z)), ... of a trained generator from new noise samples.",
        "The same model and seed give an identical file."
      },
      footer = "  idem generate --model digits --n 16 --out samples.png")
  static final class Generate extends DrawCommand {

    private static final int MOST_SAMPLES = 4_096;

    @Option(names = "--n", defaultValue = "64", description = "Samples. Default: ${DEFAULT-VALUE}.")
    private int samples = 64;

    @Option(
        names = "--iterations",
        defaultValue = "3",
        description = "Number of applications of f. Default: ${DEFAULT-VALUE}.")
    private int iterations = 3;

    @Inject
    Generate(EngineFactory engines, Fonts fonts) {
      super(engines, fonts);
    }

    @Override
    void check() {
      requireAtMost("--n", samples, MOST_SAMPLES);
      requireAtMost("--iterations", iterations, MOST_ITERATIONS);
    }

    @Override
    Picture draw(Generator generator, GeneratorModel loaded) {
      SampleGrids grids = grids(generator, samples * (iterations + 1), "--n or --iterations");
      describe("noise", loaded.noise().description());
      List<float[][]> iterates = generator.generate(generator.noise(seed, samples), iterations);
      return grids.blocks(SampleGrids.powers("z", "(z)", iterations), iterates);
    }
  }

  /** Draws a generator's outputs along paths between noise samples. */
  @Command(
      name = "interpolate",
      description = {
        "Draw f along paths between noise samples, one row per path.",
        "A path preserves the noise's covariance: m + cos(t) (a - m) + sin(t) (b - m), m its mean."
      },
      footer = "  idem interpolate --model digits --ways 4 --out paths.png")
  static final class Interpolate extends DrawCommand {

    private static final int MOST = 256;

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

    @Inject
    Interpolate(EngineFactory engines, Fonts fonts) {
      super(engines, fonts);
    }

    @Override
    void check() {
      requireAtMost("--ways", ways, MOST);
      requireRange("--steps", steps, 2, MOST);
    }

    @Override
    Picture draw(Generator generator, GeneratorModel loaded) {
      SampleGrids grids = grids(generator, ways * steps, "--ways or --steps");
      describe("noise", loaded.noise().description());
      float[][] images = generator.generate(generator.interpolate(seed, ways, steps), 1).get(1);
      List<float[][]> rows = new ArrayList<>();
      for (int way = 0; way < ways; way++) {
        rows.add(Arrays.copyOfRange(images, way * steps, (way + 1) * steps));
      }
      return grids.rows(IntStream.rangeClosed(1, ways).mapToObj(Integer::toString).toList(), rows);
    }
  }
}
