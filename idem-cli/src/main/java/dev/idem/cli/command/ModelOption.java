package dev.idem.cli.command;

import dev.idem.api.training.TrainingEngine;
import dev.idem.generative.model.Generator;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.generative.model.ModelFolder;
import dev.idem.tf.device.SessionOptions;
import dev.idem.tf.engine.EngineFactory;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option of every command that uses a trained generator. */
final class ModelOption {

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Folder of a generator, as 'idem train --out DIR' writes it.")
  private Path model = Path.of("");

  GeneratorModel load() throws IOException {
    return ModelFolder.load(model);
  }

  /** The model, on the device and threads asked for. */
  static Generator open(
      GeneratorModel model, EngineFactory engines, EngineOptions options, CommandSpec spec) {
    TrainingEngine engine;
    try {
      engine = engines.create(new SessionOptions(options.device(spec), options.threads(spec)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return Generator.open(model, engine);
  }
}
