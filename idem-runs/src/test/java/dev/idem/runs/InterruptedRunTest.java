package dev.idem.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingTask;
import dev.idem.runs.CheckpointListener.CheckpointFailedException;
import dev.idem.runs.StopRequest.RunInterruptedException;
import dev.idem.runs.experiment.RunOptions.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run with all its listeners, interrupted and continued, leaves what an uninterrupted one does.
 */
class InterruptedRunTest {

  private static final long STEPS = 11;
  private static final Checkpoints SCHEDULE = new Checkpoints(3, TimeUnit.DAYS.toSeconds(1), 2);

  @TempDir Path temporary;

  /** What a run left. */
  private record Left(
      List<Double> kernel, List<Double> average, double best, String csv, String lines) {}

  /** Asks a run to stop once a step is done. */
  private record StopAfter(long step, StopRequest request) implements TrainingListener {
    @Override
    public void stepped(StepReport report) {
      if (report.step() == step) {
        request.request();
      }
    }
  }

  private Left run(Path folder, long stopAfter) throws IOException {
    Files.createDirectories(folder);
    TrainingTask task = LinearRun.task(STEPS);
    StopRequest stop = new StopRequest();
    ExponentialMovingAverage average = new ExponentialMovingAverage(0.9, 2);
    BestMetric best =
        new BestMetric(
            "kernel", network -> network.parameter(LinearRun.KERNEL)[0], OptionalLong.empty());
    CheckpointFolder checkpoints = new CheckpointFolder(folder, 2);
    try (CsvListener csv = new CsvListener(folder.resolve("steps.csv"));
        JsonLinesListener lines =
            new JsonLinesListener(folder.resolve("events.jsonl"), Map.of("zero", network -> 0));
        CheckpointListener checkpoint =
            new CheckpointListener(
                checkpoints,
                "run",
                SCHEDULE,
                List.of(average, best, csv, lines),
                best,
                stop,
                InstantSource.system())) {
      List<StatefulListener> remembered = List.of(average, best, csv, lines);
      List<TrainingListener> listeners = new ArrayList<>(remembered);
      listeners.add(new StopAfter(stopAfter, stop));
      listeners.add(checkpoint);
      Optional<CheckpointFolder.Found> found = checkpoints.newestIntact("run", from -> {});
      found.ifPresent(
          from ->
              remembered.forEach(
                  listener ->
                      listener.restore(from.checkpoint().listeners().get(listener.name()))));
      try (TrainedNetwork network =
          found.isPresent()
              ? new ReferenceEngine().resume(task, found.get().checkpoint().state(), listeners)
              : new ReferenceEngine().train(task, listeners)) {
        return new Left(
            list(network.parameter(LinearRun.KERNEL)),
            list(average.average().orElseThrow().parameter(LinearRun.KERNEL)),
            best.best(),
            Files.readString(folder.resolve("steps.csv")),
            Files.readString(folder.resolve("events.jsonl")));
      }
    }
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4, 9})
  void goesOnWhereItWasAskedToStop(long stopAfter) throws IOException {
    Left whole = run(temporary.resolve("whole"), Long.MAX_VALUE);
    Path folder = temporary.resolve("interrupted");

    assertThatThrownBy(() -> run(folder, stopAfter))
        .isInstanceOf(RunInterruptedException.class)
        .hasMessageContaining(
            stopAfter == 0
                ? "interrupted after 1 step; saved as"
                : "interrupted after %s steps; saved as".formatted(stopAfter + 1));
    Left continued = run(folder, Long.MAX_VALUE);

    assertThat(continued).isEqualTo(whole);
    assertThat(whole.csv().lines()).hasSize(1 + (int) STEPS);
  }

  @Test
  void goesOnFromAnEarlierCheckpointIfTheNewestIsDamaged() throws IOException {
    Left whole = run(temporary.resolve("whole"), Long.MAX_VALUE);
    Path folder = temporary.resolve("interrupted");
    assertThatThrownBy(() -> run(folder, 7)).isInstanceOf(RunInterruptedException.class);
    Path newest = folder.resolve("step-000000000008.checkpoint");
    byte[] content = Files.readAllBytes(newest);
    content[content.length / 2] ^= 1;
    Files.write(newest, content);

    assertThat(run(folder, Long.MAX_VALUE)).isEqualTo(whole);
  }

  @Test
  void endsWithItsLastCheckpointIntactIfItsFolderGoesAway() throws IOException {
    Path folder = temporary.resolve("doomed");
    Path aside = temporary.resolve("aside");
    TrainingListener removing =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            if (report.step() == 6) {
              try {
                Files.move(folder, aside);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };
    Files.createDirectories(folder);
    CheckpointFolder checkpoints = new CheckpointFolder(folder, 2);
    try (CheckpointListener checkpoint =
        new CheckpointListener(
            checkpoints,
            "run",
            SCHEDULE,
            List.of(),
            null,
            new StopRequest(),
            InstantSource.system())) {
      assertThatThrownBy(
              () ->
                  new ReferenceEngine().train(LinearRun.task(STEPS), List.of(removing, checkpoint)))
          .isInstanceOf(CheckpointFailedException.class)
          .hasMessageContaining("could not be written")
          .hasMessageContaining("resumes from the last checkpoint");
    }
    // The sixth step's may have been on its way to the disk when the folder went.
    assertThat(
            new CheckpointFolder(aside, 2)
                .newestIntact("run", from -> {})
                .orElseThrow()
                .checkpoint()
                .state()
                .stepsDone())
        .isIn(3L, 6L);
  }

  @Test
  void endsEarlyWhenTheMetricGetsNoBetter() {
    BestMetric constant = new BestMetric("constant", network -> 1, OptionalLong.of(2));

    try (TrainedNetwork network = new ReferenceEngine().train(LinearRun.task(STEPS), constant)) {
      assertThat(network.steps()).isEqualTo(4);
      assertThat(network.stopReason())
          .isEqualTo("no better constant than 1.0 of step 0 in 2 evaluations");
    }
  }

  @Test
  void saysWhenTheMetricWasNeverANumber() {
    BestMetric none = new BestMetric("none", network -> Double.NaN, OptionalLong.of(1));

    try (TrainedNetwork network = new ReferenceEngine().train(LinearRun.task(STEPS), none)) {
      assertThat(network.stopReason()).isEqualTo("none was never finite, in 1 evaluation");
    }
  }
}
