package dev.idem.cli.command;

import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.overhead.OverheadFigure.StepCost;
import dev.idem.models.data.Mnist;
import dev.idem.models.network.Mlp;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.CheckpointFolder;
import dev.idem.runs.CheckpointListener;
import dev.idem.runs.StopRequest;
import dev.idem.runs.experiment.RunOptions.Checkpoints;
import dev.idem.tf.engine.TensorFlowEngine;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures what a step of the substituted method costs against a canonical step, or what
 * checkpoints cost.
 */
@Command(
    name = "bench",
    description = {
      "Time a training step of the substituted method against a canonical step.",
      "MLP 784-512-512-784 on MNIST, batch 256; rounds alternate; theory predicts 5/6.",
      "With --checkpoints: steps with a checkpoint every 100 steps against steps without, Adam."
    },
    footer = "  idem bench --rounds 2 --steps 20")
final class BenchCommand extends Subcommand {

  private static final int STEPS = 30;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "Number of rounds; each times both strategies. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--steps", description = "Timed steps per strategy and round. Default: 30.")
  private @Nullable Integer steps;

  @Option(
      names = "--checkpoints",
      paramLabel = "N",
      description =
          "Number of checkpoints per round. Times N times 100 steps with checkpoints and as many"
              + " without, instead of the two strategies.")
  private @Nullable Integer checkpoints;

  @Mixin private ComputeOptions.Threaded engineOptions = new ComputeOptions.Threaded();

  @Inject
  BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    requirePositive("--rounds", rounds);
    if (steps != null && checkpoints != null) {
      throw usage(
          "--steps (%s) does not apply to --checkpoints, which sets the number of steps", steps);
    }
    int timed = steps == null ? STEPS : steps;
    requirePositive("--steps", timed);
    TrainingEngine engine = engineOptions.open(TensorFlowEngine::new);
    say(engine.description());
    if (checkpoints != null) {
      requirePositive("--checkpoints", checkpoints);
      timeCheckpoints(engine, checkpoints);
    } else {
      timeStrategies(engine, timed);
    }
    return ExitCode.OK;
  }

  private void timeStrategies(TrainingEngine engine, int timed) {
    List<StepCost> costs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      StepCost cost = StepCost.measure(engine, timed);
      costs.add(cost);
      print(
          "round %2d: canonical %.2f ms, substituted %.2f ms, ratio %.3f",
          round, cost.canonical(), cost.substituted(), cost.ratio());
    }
    Quartiles ratios = StepCost.ratios(costs);
    print(
        "ratio substituted / canonical: median %.3f, quartiles %.3f to %.3f, of %d rounds",
        ratios.median(), ratios.lower(), ratios.upper(), rounds);
  }

  private void timeCheckpoints(TrainingEngine engine, int each) throws IOException {
    Path folder = SafeFiles.newTemporaryFolder("idem-bench");
    try {
      List<CheckpointCost> costs = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        CheckpointCost cost = CheckpointCost.measure(engine, each, folder, round % 2 == 0);
        costs.add(cost);
        print(
            "round %2d: without %.2f ms, with %.2f ms, ratio %.4f; a checkpoint blocks the"
                + " training thread for %.1f ms",
            round, cost.plain(), cost.saved(), cost.ratio(), cost.waited());
      }
      Quartiles ratios = Quartiles.of(costs.stream().map(CheckpointCost::ratio).toList());
      print(
          "ratio with / without a checkpoint every 100 steps: median %.4f, quartiles %.4f to"
              + " %.4f, of %d rounds",
          ratios.median(), ratios.lower(), ratios.upper(), rounds);
      Quartiles waits = Quartiles.of(costs.stream().map(CheckpointCost::waited).toList());
      print(
          "training thread blocked per checkpoint: median %.1f ms, quartiles %.1f to %.1f",
          waits.median(), waits.lower(), waits.upper());
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /**
   * Cost of checkpoints, all in milliseconds: the mean step time without and with them, and how
   * long each blocks the training thread on average. Mean times, not medians: the one step in 100
   * that waits is what is measured.
   */
  private record CheckpointCost(double plain, double saved, double waited) {

    private static final int EVERY = 100;

    /** Timing begins and ends midway between checkpoints, with none being written. */
    private static final int MARGIN = EVERY / 2;

    /**
     * One round.
     *
     * @param savedFirst which variant runs first, so that neither always finds the machine cooler
     */
    static CheckpointCost measure(
        TrainingEngine engine, int checkpoints, Path folder, boolean savedFirst) {
      int timed = checkpoints * EVERY;
      double first = savedFirst ? 0 : new Timing(timed, null).meanStep(engine);
      Timing saving;
      double saved;
      try (CheckpointListener listener =
          new CheckpointListener(
              new CheckpointFolder(folder, 2),
              "bench",
              new Checkpoints(EVERY, Duration.ofDays(1).toSeconds(), 2),
              List.of(),
              null,
              new StopRequest(),
              InstantSource.system())) {
        saving = new Timing(timed, listener);
        saved = saving.meanStep(engine);
      }
      double plain = savedFirst ? new Timing(timed, null).meanStep(engine) : first;
      return new CheckpointCost(plain, saved, saving.waited / 1e6 / checkpoints);
    }

    /** The step time with checkpoints over that without. */
    double ratio() {
      return saved / plain;
    }
  }

  /**
   * Times the steps between the margins, and how long checkpoints block the training thread,
   * excluding the last step.
   */
  private static final class Timing implements TrainingListener {
    private final int timed;
    private final @Nullable CheckpointListener checkpoints;
    private long began;
    private long ended;
    private long waited;

    Timing(int timed, @Nullable CheckpointListener checkpoints) {
      this.timed = timed;
      this.checkpoints = checkpoints;
    }

    /** The mean time of a step in milliseconds. */
    double meanStep(TrainingEngine engine) {
      int steps = timed + 2 * CheckpointCost.MARGIN;
      TrainingPlan plan =
          TrainingPlan.quick().toBuilder()
              .steps(steps)
              .batchSize(256)
              .learningRate(1e-6)
              .optimizer(new Optimizer.Adam())
              .evaluateEvery(steps)
              .build();
      TrainingTask task =
          TrainingTask.of(
              Mlp.of(784, 512, 512, 784),
              TrainingObjective.of(new SubstitutedGradient()),
              Mnist.embedded(),
              plan);
      engine.train(task, List.of(this)).close();
      return (ended - began) / 1e6 / timed;
    }

    @Override
    public void started(TrainingTask task) {
      if (checkpoints != null) {
        checkpoints.started(task);
      }
    }

    @Override
    public void stepped(StepReport report) {
      if (report.step() == CheckpointCost.MARGIN - 1) {
        began = System.nanoTime();
      } else if (report.step() == CheckpointCost.MARGIN - 1 + timed) {
        ended = System.nanoTime();
      }
    }

    @Override
    public void saveable(long stepsDone, Supplier<TrainingState> state) {
      if (checkpoints != null) {
        long before = System.nanoTime();
        checkpoints.saveable(stepsDone, state);
        if (stepsDone <= timed) {
          waited += System.nanoTime() - before;
        }
      }
    }
  }
}
