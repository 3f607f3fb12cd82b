package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.cli.command.EvaluationSession.EvaluatedMap;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.cli.plugin.Plugins;
import dev.idem.eval.distribution.DistributionMetric;
import dev.idem.figures.OutputFolder;
import dev.idem.generative.image.Fonts;
import dev.idem.runs.RecordedData;
import dev.idem.runs.RunFolder;
import dev.idem.runs.RunHost;
import dev.idem.runs.catalogue.Catalogue;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a generator or a function, and writes one table. */
@Command(
    name = "evaluate",
    description = {
      "Measure a generator or a function: idempotency, distributions, copies, restoration.",
      "Writes one table (text, CSV, JSON) and figures; the same seed gives identical files."
    },
    footer = "  idem evaluate --model digits --without trees-accuracy --out digits-evaluation")
final class EvaluateCommand extends Subcommand {

  private static final Shape DIGIT = Shape.of(28, 28, 1);
  private static final int SAMPLES = 1_000;
  private static final int LEAST = 4;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of a generator, as written by 'idem train --out DIR'.")
  private @Nullable Path model;

  @Option(
      names = "--function",
      paramLabel = "FUNCTION",
      description =
          "TensorFlow SavedModel whose output has the shape of its input: saved-model:DIR, or, if"
              + " it has several signatures, inputs or outputs,"
              + " saved-model:DIR#signature=NAME,input=NAME,output=NAME; for one that takes any"
              + " height and width, add shape=HxWxC.")
  private @Nullable String function;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "Data set: "
              + ImageData.FORMS
              + ". Default: the model's training data; required with --function.")
  private @Nullable String data;

  @Option(
      names = "--samples",
      description =
          "Number of held-out samples to compare with; a function needs twice as many. Default:"
              + " 1000, or all there are.")
  private @Nullable Integer samples;

  @Option(
      names = "--features",
      paramLabel = "SPACE",
      description =
          "Feature space in which distributions are compared: pixels, pca, digits or"
              + " saved-model:DIR (parts as for --function). Default: digits for MNIST, recognised"
              + " by SHA-256, else pca.")
  private @Nullable String features;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of every random draw. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for tables and figures; must not already hold an evaluation.")
  private Path out = Path.of("");

  @Mixin private MeasureOptions measureOptions = new MeasureOptions();
  @Mixin private ComputeOptions.Threaded engineOptions = new ComputeOptions.Threaded();

  private final EngineFactory engines;
  private final Fonts fonts;
  private final ImageData.Sources sources;
  private final Catalogue<DistributionMetric> metrics;
  private final Plugins plugins;

  @Inject
  EvaluateCommand(
      EngineFactory engines,
      Fonts fonts,
      ImageData.Sources sources,
      Catalogue<DistributionMetric> metrics,
      Plugins plugins) {
    this.engines = engines;
    this.fonts = fonts;
    this.sources = sources;
    this.metrics = metrics;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws IOException {
    requireOne();
    MeasureOptions.Chosen measures = measureOptions.chosen(metrics.contributed());
    if (features != null) {
      EvaluationSpace.requireKnown(features);
      if (SavedModelName.isOne(features)) {
        named("--features", features);
      }
    }
    if (function != null) {
      named("--function", function);
    }
    if (samples != null) {
      requirePositive("--samples", samples);
    }
    requireFree(out);
    fonts.require();
    TrainingEngine engine = engineOptions.open(engines);
    EngineOptions options = engineOptions.engine();
    try (EvaluatedMap map = accepted(() -> opened(engine, options));
        ImageData images = sources.open(data, map.data(), imageShape(map))) {
      FiniteDataSource source = images.source();
      if (!source.shape().sameRows(map.shape())) {
        throw usage(
            "--data (%s) has images of shape %s, %s is for %s",
            images.name(), source.shape(), map.subject().name(), map.shape());
      }
      EvaluationSession session =
          new EvaluationSession(
              map,
              source,
              count(map, images),
              seed,
              measures.measures(),
              measures.metrics(metrics),
              ConsoleProgress.on(out()));
      boolean digits = images.isDigits();
      String space = features == null ? EvaluationSpace.standard(digits) : features;
      try (EvaluationSpace opened =
          accepted(
              () ->
                  EvaluationSpace.open(
                      space, source, digits, session.training(), engine, options))) {
        OutputFolder folder = folder(out);
        if (images.unused().isPresent()) {
          RunHost.Images.Unused unused = images.unused().get();
          Path list =
              folder.write(RunFolder.SKIPPED, unused.list().getBytes(StandardCharsets.UTF_8));
          print("%s, listed in %s", unused.count(), list);
        }
        session
            .run(opened, measures.provenance(engine, plugins), otherData(map, images), folder)
            .forEach(this::say);
        say("");
        say("evaluation " + folder.path());
      }
    }
    return ExitCode.OK;
  }

  private void requireOne() {
    if (model == null && function == null) {
      throw usage("name what to evaluate: --model DIR or --function saved-model:DIR");
    }
    if (model != null && function != null) {
      throw usage("--model and --function exclude one another; evaluate one after the other");
    }
    if (model != null) {
      requireNamed("--model", model);
    } else if (data == null) {
      throw usage(
          "--function records no training data; name the images to apply it to by --data: %s",
          ImageData.FORMS);
    }
  }

  private static SavedModelName named(String option, @Nullable String text) {
    try {
      return SavedModelName.of(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }

  private EvaluatedMap opened(TrainingEngine engine, EngineOptions options) throws IOException {
    if (model != null) {
      return EvaluatedMap.model(model, engine);
    }
    boolean digits = data != null && ImageData.isMnist(data);
    return EvaluatedMap.function(
        named("--function", function), digits ? Optional.of(DIGIT) : Optional.empty(), options);
  }

  /** The shape that images of a folder are resized to: the map's, if it takes images. */
  private Shape imageShape(EvaluatedMap map) {
    Shape shape = map.shape();
    boolean images = shape.rank() == 3 && (shape.last() == 1 || shape.last() == 3);
    if (data != null && !ImageData.isMnist(data) && !images) {
      throw usage(
          "--data (%s) needs a map of images [h, w, 1] or [h, w, 3]; %s takes %s",
          data, map.subject().name(), shape);
    }
    return shape;
  }

  private int count(EvaluatedMap map, ImageData images) {
    int heldOut = images.heldOutSize();
    // A function must not be applied to the samples that its outputs are compared with.
    int most = map.generator().isPresent() ? heldOut : heldOut / 2;
    if (most < LEAST) {
      throw usage("--data (%s) holds out %s images; too few to compare", images.name(), heldOut);
    }
    int count = samples == null ? Math.min(SAMPLES, most) : samples;
    if (count < LEAST || count > most) {
      String others = most == heldOut ? "" : ", and a function is applied to as many others";
      throw usage(
          "--samples (%s) must be from %s to %s: %s images are held out%s",
          count, LEAST, most, heldOut, others);
    }
    return count;
  }

  /** A note, if a generator is not known to have been trained on the images. */
  private Optional<String> otherData(EvaluatedMap map, ImageData images) {
    if (map.generator().isEmpty() || data == null) {
      return Optional.empty();
    }
    if (map.data().isEmpty()) {
      return Optional.of(
          "the model does not record what it was trained on; copies are looked for among the"
              + " training images of --data");
    }
    RecordedData trainedOn = map.data().get();
    return images.recorded().sameImages(trainedOn)
        ? Optional.empty()
        : Optional.of(
            "the model was trained on other images, %s; copies are looked for among those of --data alone"
                .formatted(trainedOn.description()));
  }
}
