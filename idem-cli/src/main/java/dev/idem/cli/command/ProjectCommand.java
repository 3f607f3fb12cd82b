package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Suggestions;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.generative.data.ImageFile;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.image.Fonts;
import dev.idem.generative.image.Picture;
import dev.idem.generative.image.SampleGrids;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.RecordedData;
import dev.idem.runs.RunHost;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws the projections of arbitrary images by a generator. */
@Command(
    name = "project",
    description = {
      "Draw images x and their projections f(x), f(f(x)), ...",
      "Takes images of your own (--in), or held-out images of --data, degraded (--degrade)."
    },
    footer = "  idem project --model digits --degrade mask --out projected.png")
final class ProjectCommand extends DrawCommand {

  private static final int MOST = 256;
  private static final int SAMPLES = 12;

  @Option(
      names = "--in",
      paramLabel = "IMAGE",
      description = "Image of the model's size; may be repeated.")
  private List<Path> pictures = new ArrayList<>();

  @Option(names = "--fit", description = "Centre crop and scaling of images of another size.")
  private boolean fit;

  @Option(
      names = "--degrade",
      paramLabel = "KIND",
      description = "Degradation of the images of --data: noise, grey, sketch or mask.")
  private @Nullable String degradation;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "Data set of the images to degrade: "
              + ImageData.FORMS
              + ". Default: the model's training data, of which the held-out images are used.")
  private @Nullable String data;

  @Option(names = "--n", description = "Number of images of --data. Default: 12, or all held-out.")
  private @Nullable Integer samples;

  @Option(
      names = "--iterations",
      defaultValue = "3",
      description = "Number of applications of f. Default: ${DEFAULT-VALUE}.")
  private int iterations = 3;

  private final ImageData.Sources sources;

  @Inject
  ProjectCommand(EngineFactory engines, Fonts fonts, ImageData.Sources sources) {
    super(engines, fonts);
    this.sources = sources;
  }

  @Override
  void check() {
    requireAtMost("--iterations", iterations, MOST_ITERATIONS);
    if (degradation == null) {
      checkPictures();
      return;
    }
    if (samples != null) {
      requireAtMost("--n", samples, MOST);
    }
    if (!Degradation.names().contains(degradation)) {
      throw new UsageException(
          Suggestions.unknown("degradation", degradation, Degradation.names()));
    }
    if (!pictures.isEmpty() || fit) {
      throw usage(
          "%s is for images of your own; --degrade takes images of --data", fit ? "--fit" : "--in");
    }
  }

  private void checkPictures() {
    if (pictures.isEmpty()) {
      throw usage("name images with --in, or choose --degrade noise, grey, sketch or mask");
    }
    if (data != null || samples != null) {
      throw usage(
          "%s is for images to --degrade; --in names images of your own",
          data == null ? "--n" : "--data");
    }
    for (Path picture : pictures) {
      if (absolute(picture).equals(absolute(out))) {
        throw usage("--out (%s) would replace an image of --in; name another", picture);
      }
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  @Override
  Picture draw(Generator generator, GeneratorModel loaded) throws IOException {
    float[][] images =
        degradation == null
            ? pictures(generator.imageShape())
            : degraded(generator.imageShape(), loaded, Degradation.named(degradation));
    String label = degradation == null ? "x" : degradation;
    return grids(
            generator, images.length * (iterations + 1), "the number of images or --iterations")
        .rows(SampleGrids.powers(label, "", iterations), generator.project(images, iterations));
  }

  private float[][] pictures(Shape shape) throws IOException {
    List<float[]> read = new ArrayList<>();
    for (Path picture : pictures) {
      read.add(ImageFile.read(picture, shape, fit));
    }
    return read.toArray(float[][]::new);
  }

  private float[][] degraded(Shape shape, GeneratorModel loaded, Degradation chosen)
      throws IOException {
    try (ImageData opened = accepted(() -> sources.open(data, RecordedData.of(loaded), shape))) {
      FiniteDataSource images = opened.source();
      if (opened.unused().isPresent()) {
        RunHost.Images.Unused unused = opened.unused().get();
        Path list = SafeFiles.newTemporaryFile("idem-skipped", ".txt");
        Files.writeString(list, unused.list());
        print("%s, listed in %s", unused.count(), list);
      }
      if (!images.shape().equals(shape)) {
        throw usage(
            "--data (%s) has images of shape %s, the model is for %s",
            opened.name(), images.shape(), shape);
      }
      int most = Math.min(MOST, opened.heldOutSize());
      int count = samples == null ? Math.min(SAMPLES, most) : samples;
      requireAtMost("--n", count, most);
      float[][] degraded = accepted(() -> chosen.apply(images.heldOut(seed, count), shape, seed));
      describe("data", images.description());
      describe("degraded", chosen.description());
      return degraded;
    }
  }
}
