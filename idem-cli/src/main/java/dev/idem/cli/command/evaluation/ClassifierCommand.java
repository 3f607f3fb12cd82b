package dev.idem.cli.command.evaluation;

import dev.idem.api.training.EngineFactory;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingPlan;
import dev.idem.cli.command.base.ComputeOptions;
import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.command.data.FetchedImages;
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
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a digit classifier and writes it as two files. */
@Command(
    name = "classifier",
    description = {
      "Train a digit classifier, whose features serve to compare generated digits.",
      "The one included with idem was trained with '--data mnist:DIR --seed 1'."
    },
    mixinStandardHelpOptions = true)
public final class ClassifierCommand implements Callable<Integer> {

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

  @Mixin private ComputeOptions engineOptions = new ComputeOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final EngineFactory engines;
  private final FetchedImages fetched;

  @Inject
  ClassifierCommand(EngineFactory engines, FetchedImages fetched) {
    this.engines = engines;
    this.fetched = fetched;
  }

  @Override
  public Integer call() throws IOException {
    requireDigits();
    OutputFolder folder = opened();
    TrainingEngine engine = engine();
    ImageDataSource digits = digits();
    ClassifierTraining training = ClassifierTraining.of(digits, seed);
    TrainingPlan plan = training.plan();
    ConvClassifier network = ConvClassifier.digits();
    say("data       " + digits.description());
    say(
        String.format(
            Locale.ROOT,
            "network    %s, %,d parameters",
            network.description(),
            network.parameterCount()));
    say(
        "plan       %s steps of %s, rate %s, %s, seed %s"
            .formatted(
                plan.steps(), plan.batchSize(), plan.learningRate(), plan.optimizer(), seed));
    ClassifierModel model = trained(training, engine);
    model.save(folder.path());
    say(
        String.format(
            Locale.ROOT,
            "accuracy   %.2f %% of %,d held-out digits",
            100 * model.card().accuracy(),
            digits.heldOutImages().size()));
    say("classifier " + folder.path());
    return ExitCode.DONE;
  }

  private ClassifierModel trained(ClassifierTraining training, TrainingEngine engine) {
    Progress progress = ConsoleProgress.on(spec.commandLine().getOut());
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

  private void requireDigits() {
    if (!data.equals("mnist") && !data.equals(FETCHED) && !data.startsWith(DIRECTORY)) {
      throw usage("--data (%s) must be mnist:DIR, fetched:mnist or mnist".formatted(data));
    }
  }

  private ImageDataSource digits() throws IOException {
    if (data.startsWith(DIRECTORY)) {
      return Mnist.directory(Path.of(data.substring(DIRECTORY.length())));
    }
    if (data.equals(FETCHED)) {
      return fetched.open("mnist");
    }
    say(
        "note       trains on 9,000 of the 10,000 included digits, all from MNIST's test split;"
            + " mnist:DIR trains on the 60,000");
    return Mnist.embedded();
  }

  private OutputFolder opened() {
    if (Files.exists(out.resolve(ClassifierModel.CARD))) {
      throw usage("--out (%s) holds a classifier already; name another folder".formatted(out));
    }
    try {
      return OutputFolder.open(out);
    } catch (IOException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private TrainingEngine engine() {
    try {
      return engines.create(engineOptions.session(spec));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void say(String line) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(line);
    console.flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
