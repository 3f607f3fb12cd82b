package dev.idem.cli.command.generator;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Suggestions;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.api.training.EngineFactory;
import dev.idem.cli.command.base.ComputeOptions;
import dev.idem.cli.command.data.FetchedImages;
import dev.idem.cli.command.data.ImageData;
import dev.idem.generative.data.ImageFile;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.image.ImageGrid;
import dev.idem.generative.image.SampleGrids;
import dev.idem.generative.model.Generator;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.RecordedData;
import dev.idem.runs.RunHost;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Draws the projections of arbitrary images by a generator. */
@Command(
    name = "project",
    description = {
      "Draw images x and their projections f(x), f(f(x)), ...",
      "Takes images of your own (--in), or held-out images of --data, degraded (--degrade)."
    },
    mixinStandardHelpOptions = true)
public final class ProjectCommand implements Callable<Integer> {

  private static final int MOST = 256;
  private static final int MOST_ITERATIONS = 100;
  private static final int SAMPLES = 12;

  @Mixin private GeneratorOptions options = new GeneratorOptions();

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

  @Spec private CommandSpec spec = CommandSpec.create();

  private final EngineFactory engines;
  private final FetchedImages fetched;

  @Inject
  ProjectCommand(EngineFactory engines, FetchedImages fetched) {
    this.engines = engines;
    this.fetched = fetched;
  }

  @Override
  public Integer call() throws IOException {
    ComputeOptions.requireRange(spec, "--iterations", iterations, MOST_ITERATIONS);
    if (degradation == null) {
      requirePictures();
      return options.draw(
          engines, (generator, model, seed) -> grid(generator, "x", pictures(generator)));
    }
    String kind = degradation;
    if (samples != null) {
      ComputeOptions.requireRange(spec, "--n", samples, MOST);
    }
    if (!Degradation.names().contains(kind)) {
      throw usage(Suggestions.unknown("degradation", kind, Degradation.names()));
    }
    if (!pictures.isEmpty() || fit) {
      throw usage(
          "%s is for images of your own; --degrade takes images of --data"
              .formatted(fit ? "--fit" : "--in"));
    }
    return options.draw(
        engines,
        (generator, model, seed) ->
            grid(generator, kind, degraded(generator, RecordedData.of(model), kind, seed)));
  }

  private void requirePictures() {
    if (pictures.isEmpty()) {
      throw usage("name images with --in, or choose --degrade noise, grey, sketch or mask");
    }
    if (data != null || samples != null) {
      throw usage(
          "%s is for images to --degrade; --in names images of your own"
              .formatted(data == null ? "--n" : "--data"));
    }
    for (Path picture : pictures) {
      if (absolute(picture).equals(absolute(options.out()))) {
        throw usage("--out (%s) would replace an image of --in; name another".formatted(picture));
      }
    }
  }

  private float[][] pictures(Generator generator) throws IOException {
    List<float[]> read = new ArrayList<>();
    for (Path picture : pictures) {
      read.add(ImageFile.read(picture, generator.imageShape(), fit));
    }
    return read.toArray(float[][]::new);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private float[][] degraded(
      Generator generator, Optional<RecordedData> trainedOn, String kind, long seed)
      throws IOException {
    Shape shape = generator.imageShape();
    try (ImageData opened = ImageData.open(data, trainedOn, shape, fetched, spec)) {
      FiniteDataSource images = opened.source();
      if (opened.unused().isPresent()) {
        RunHost.Images.Unused unused = opened.unused().get();
        Path list = SafeFiles.newTemporaryFile("idem-skipped", ".txt");
        Files.writeString(list, unused.list());
        spec.commandLine().getOut().printf("%s, listed in %s%n", unused.count(), list);
      }
      if (!images.shape().equals(shape)) {
        throw usage(
            "--data (%s) has images of shape %s, the model is for %s"
                .formatted(opened.name(), images.shape(), shape));
      }
      int most = Math.min(MOST, opened.heldOutSize());
      int count = samples == null ? Math.min(SAMPLES, most) : samples;
      ComputeOptions.requireRange(spec, "--n", count, most);
      Degradation chosen = Degradation.named(kind);
      float[][] degraded = chosen.apply(images.heldOut(seed, count), shape, seed);
      options.say("data", images.description());
      options.say("degraded", chosen.description());
      return degraded;
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ImageGrid grid(Generator generator, String label, float[][] images) {
    return options
        .grids(generator, images.length * (iterations + 1), "the number of images or --iterations")
        .rows(SampleGrids.powers(label, "", iterations), generator.project(images, iterations));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
