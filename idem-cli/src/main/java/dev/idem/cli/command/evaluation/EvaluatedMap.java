package dev.idem.cli.command.evaluation;

import dev.idem.api.algebra.Shape;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingEngine;
import dev.idem.eval.evaluation.Evaluation.Iteration;
import dev.idem.figures.evaluation.EvaluationCard;
import dev.idem.figures.evaluation.EvaluationCard.Subject;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.runs.RecordedData;
import dev.idem.runs.RunFolder;
import dev.idem.tf.engine.SavedModelFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The map that is evaluated: a generator, or any function.
 *
 * @param subject its name and fingerprint
 * @param shape of its samples
 * @param generator if it is one
 * @param data what it was trained on, if a generator's model records it
 * @param onData how it is applied to images
 * @param release frees its resources
 */
record EvaluatedMap(
    Subject subject,
    Shape shape,
    Optional<Generator> generator,
    Optional<RecordedData> data,
    Iteration onData,
    Runnable release)
    implements AutoCloseable {

  static EvaluatedMap model(Path folder, TrainingEngine engine) throws IOException {
    Path model = RunFolder.modelAt(folder);
    GeneratorModel loaded = GeneratorModel.load(model);
    Generator generator = Generator.open(loaded, engine);
    return new EvaluatedMap(
        new Subject(
            name(folder), EvaluationCard.fingerprint(model, List.of("weights.bin", "noise.bin"))),
        generator.imageShape(),
        Optional.of(generator),
        RecordedData.of(loaded),
        generator::project,
        generator::close);
  }

  /**
   * A function.
   *
   * @param images the shape of a sample of one that takes images of any height and width
   * @throws IllegalArgumentException if the name is ambiguous, or the function changes the shape
   */
  static EvaluatedMap function(SavedModelName named, Optional<Shape> images, EngineOptions options)
      throws IOException {
    SavedModelFunction function = named.open(images, options);
    try {
      function.requireSameShape();
    } catch (IllegalArgumentException e) {
      function.close();
      throw SavedModelName.told(e);
    }
    return new EvaluatedMap(
        new Subject(name(named.folder()), EvaluationCard.fingerprint(named.folder())),
        function.sampleShape(),
        Optional.empty(),
        Optional.empty(),
        Iteration.of(function),
        function::close);
  }

  /** The last name of the path, made absolute. */
  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  /** {@code generator} or {@code function}. */
  String kind() {
    return generator.isPresent() ? "generator" : "function";
  }

  @Override
  public void close() {
    release.run();
  }
}
