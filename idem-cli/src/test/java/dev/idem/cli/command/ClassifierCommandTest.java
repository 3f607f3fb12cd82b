package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.classifier.ClassifierModel;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataSets;
import dev.idem.tf.engine.TensorFlowEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The classifier's training, from the command line to the files. */
class ClassifierCommandTest {

  private static final int STEPS = 60;

  /** An engine that gives up after a few steps. */
  private record Impatient(TrainingEngine engine) implements TrainingEngine {
    @Override
    public TrainedNetwork train(TrainingTask task, List<? extends TrainingListener> listeners) {
      TrainingPlan plan = task.plan().toBuilder().steps(STEPS).build();
      return engine.train(
          new TrainingTask(task.network(), task.objective(), task.inputs(), plan), listeners);
    }

    @Override
    public TrainedNetwork resume(
        TrainingTask task, TrainingState from, List<? extends TrainingListener> listeners) {
      throw new UnsupportedOperationException("a classifier's training is not resumed");
    }

    @Override
    public LiveNetwork open(Network network, NetworkState state) {
      return engine.open(network, state);
    }

    @Override
    public String description() {
      return engine.description();
    }
  }

  private static String run(Path out) {
    StringWriter console = new StringWriter();
    CommandLine line =
        new CommandLine(
            new ClassifierCommand(
                options -> new Impatient(new TensorFlowEngine(options)),
                new ImageData.Sources(
                    DataSets.published(), () -> new DataCache(out.resolve("cache")))));
    line.setOut(new PrintWriter(console, true)).setErr(new PrintWriter(console, true));
    int exitCode =
        line.execute("--data", "mnist", "--seed", "3", "--threads", "1", "--out", out.toString());
    assertThat(exitCode).as(console.toString()).isZero();
    return console.toString();
  }

  @Test
  void theCommandTrainsAClassifierAndWritesTheSameFilesAgain(@TempDir Path temporary)
      throws IOException {
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    assertThat(run(first))
        .contains("note       trains on 9,000", "93,242 parameters", "of 1,000 held-out digits");
    run(second);
    ClassifierModel model = ClassifierModel.load(first);
    assertThat(model.card().accuracy()).isGreaterThan(0.7);
    assertThat(model.card().seed()).isEqualTo(3);
    for (String name : new String[] {"classifier.safetensors", "classifier.properties"}) {
      assertThat(second.resolve(name)).hasBinaryContent(Files.readAllBytes(first.resolve(name)));
    }
  }
}
