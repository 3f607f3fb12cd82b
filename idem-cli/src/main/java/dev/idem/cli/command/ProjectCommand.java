package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.FiniteDataSource;
import dev.idem.cli.catalogue.Suggestions;
import dev.idem.generative.data.PictureFile;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.degradation.Degradations;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.tf.engine.EngineFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Draws what a generator makes of images that are not of its kind. */
@Command(
    name = "project",
    description = {
      "Draw images and what one, two, three applications of f make of them.",
      "Either images of your own, or held-out ones of --data, degraded."
    },
    mixinStandardHelpOptions = true)
public final class ProjectCommand implements Callable<Integer> {

  private static final int MOST = 256;

  /** Where the images come from: one or the other. */
  static final class Source {
    @Option(
        names = "--in",
        paramLabel = "IMAGE",
        description = "A picture of the model's extent; may be given again.")
    private List<Path> images = new ArrayList<>();

    @Option(
        names = "--degrade",
        paramLabel = "KIND",
        description = "noise, grey, sketch or mask: what is done to images of --data.")
    private @Nullable String degradation;
  }

  @Mixin private ModelOption modelOption = new ModelOption();

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--fit",
      description = "Cut pictures of another extent to the middle, and scale them.")
  private boolean fit;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = "mnist",
      description = "mnist, mnist:DIR or images:DIR, to degrade. Default: ${DEFAULT-VALUE}.")
  private String data = "mnist";

  @Option(
      names = "--n",
      defaultValue = "12",
      description = "Images of --data. Default: ${DEFAULT-VALUE}.")
  private int samples = 12;

  @Option(
      names = "--iterations",
      defaultValue = "3",
      description = "The most applications of f. Default: ${DEFAULT-VALUE}.")
  private int iterations = 3;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the choice of images and of what degrades them. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "projection.png",
      description = "The picture, a PNG. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("projection.png");

  @Mixin private EngineOptions engineOptions = new EngineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final EngineFactory engines;

  @Inject
  ProjectCommand(EngineFactory engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws IOException {
    EngineOptions.requireRange(spec, "--n", samples, MOST);
    EngineOptions.requireRange(spec, "--iterations", iterations, MOST);
    if (source.degradation != null && !Degradations.names().contains(source.degradation)) {
      throw usage(Suggestions.unknown("degradation", source.degradation, Degradations.names()));
    }
    ImageFile file = ImageFile.open(spec, out);
    GeneratorModel model = modelOption.load();
    float[][] images = images(model.imageShape());
    String label = source.degradation == null ? "x" : source.degradation;
    try (Generator generator = ModelOption.open(model, engines, engineOptions, spec)) {
      file.write(
          spec,
          new SampleGrids(model.imageShape())
              .rows(
                  SampleGrids.powers(label, "", iterations),
                  generator.project(images, iterations)));
    }
    return ExitCode.DONE;
  }

  private float[][] images(Shape shape) throws IOException {
    if (source.degradation == null) {
      List<float[]> read = new ArrayList<>();
      for (Path image : source.images) {
        read.add(PictureFile.read(image, shape, fit));
      }
      return read.toArray(float[][]::new);
    }
    Degradation degradation = Degradations.named(source.degradation);
    try (ImageData opened = ImageData.open(data, shape, engineOptions.threads(spec))) {
      FiniteDataSource images = opened.source();
      if (!images.shape().equals(shape)) {
        throw usage(
            "--data (%s) has images of shape %s, the model is for %s"
                .formatted(data, images.shape(), shape));
      }
      return degradation.apply(images.heldOut(seed, samples), shape, seed);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
