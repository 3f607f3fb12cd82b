package dev.idem.cli.command;

import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.eval.Progress;
import dev.idem.figures.OutputFolder;
import dev.idem.models.classifier.ClassifierModel;
import dev.idem.models.classifier.ClassifierTraining;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import dev.idem.models.network.ConvClassifier;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a digit classifier and writes it as two files. */
@Command(
    name = "classifier",
    description = {
      "Train a digit classifier, whose features serve to compare generated digits.",
      "The one included with idem was trained with '--data mnist:DIR --seed 1'."
    },
    footer = "  idem classifier --data mnist --out classifier")
final class ClassifierCommand extends Subcommand {

  private static final String DIRECTORY = "mnist:";
  private static final String FETCHED = "fetched:mnist";

  @Option(
      names = "--data",
      paramLabel = "DATA",
      required = true,
      description =
          "Data set: mnist:DIR (the four IDX files, 60,000 training images), fetched:mnist (the"
              + " same, from 'idem data fetch mnist') or mnist (the 10,000 included digits, 9,000"
              + " of them for training).")
  private String data = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the classifier; must not already hold one.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of every random draw. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Mixin private ComputeOptions.Threaded engineOptions = new ComputeOptions.Threaded();

  private final EngineFactory engines;
  private final ImageData.Sources sources;

  @Inject
  ClassifierCommand(EngineFactory engines, ImageData.Sources sources) {
    this.engines = engines;
    this.sources = sources;
  }

  @Override
  public Integer call() throws IOException {
    if (!data.equals("mnist") && !data.equals(FETCHED) && !data.startsWith(DIRECTORY)) {
      throw usage("--data (%s) must be mnist:DIR, fetched:mnist or mnist", data);
    }
    requireFree(out);
    OutputFolder folder = folder(out);
    TrainingEngine engine = engineOptions.open(engines);
    ImageDataSource digits = digits();
    ClassifierTraining training = ClassifierTraining.of(digits, seed);
    ConvClassifier network = ConvClassifier.digits();
    say("data       " + digits.description());
    print("network    %s, %,d parameters", network.description(), network.parameterCount());
    print("plan       %s", training.plan());
    ClassifierModel model = trained(training, engine);
    model.save(folder.path());
    print(
        "accuracy   %.2f %% of %,d held-out digits",
        100 * model.card().accuracy(), digits.heldOutImages().size());
    say("classifier " + folder.path());
    return ExitCode.OK;
  }

  private ClassifierModel trained(ClassifierTraining training, TrainingEngine engine) {
    Progress progress = ConsoleProgress.on(out());
    progress.begin("training", training.plan().steps());
    try {
      return training.train(
          engine,
          List.of(
              new TrainingListener() {
                @Override
                public void stepped(StepReport report) {
                  progress.advance(1);
                }
              }));
    } finally {
      progress.end();
    }
  }

  private ImageDataSource digits() throws IOException {
    if (data.startsWith(DIRECTORY)) {
      return Mnist.directory(Path.of(data.substring(DIRECTORY.length())));
    }
    if (data.equals(FETCHED)) {
      return sources.fetched("mnist");
    }
    say(
        "note       trains on 9,000 of the 10,000 included digits, all from MNIST's test split;"
            + " mnist:DIR trains on the 60,000");
    return Mnist.embedded();
  }
}
