package dev.idem.cli.command;

import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingState;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.models.data.Mnist;
import dev.idem.models.network.Mlp;
import dev.idem.runs.CheckpointFolder;
import dev.idem.runs.CheckpointListener;
import dev.idem.runs.StopRequest;
import dev.idem.runs.experiment.RunOptions.Checkpoints;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Cost of checkpoints: MLP 784-512-512-784 on MNIST, batches of 256, Adam, a checkpoint every 100
 * steps. Mean times, not medians: the one step in 100 that waits is what is measured.
 *
 * @param plain mean step time in milliseconds without checkpoints
 * @param saved the same with them
 * @param waited milliseconds that a checkpoint blocks the training thread for, on average
 */
public record CheckpointCost(double plain, double saved, double waited) {

  private static final int EVERY = 100;

  /** Timing begins and ends midway between checkpoints, with none being written. */
  private static final int MARGIN = EVERY / 2;

  /**
   * One round.
   *
   * @param checkpoints number of checkpoints, positive: as many hundred steps are timed
   * @param folder for the checkpoints; must exist
   * @param savedFirst which variant runs first, so that neither always finds the machine cooler
   */
  public static CheckpointCost measure(
      TrainingEngine engine, int checkpoints, Path folder, boolean savedFirst) {
    double[] saved = savedFirst ? saved(engine, checkpoints, folder) : new double[2];
    double plain = new Window(checkpoints).meanStep(engine, List.of());
    if (!savedFirst) {
      saved = saved(engine, checkpoints, folder);
    }
    return new CheckpointCost(plain, saved[0], saved[1]);
  }

  private static double[] saved(TrainingEngine engine, int checkpoints, Path folder) {
    try (CheckpointListener listener =
        new CheckpointListener(
            new CheckpointFolder(folder, 2),
            "bench",
            new Checkpoints(EVERY, TimeUnit.DAYS.toSeconds(1), 2),
            List.of(),
            null,
            new StopRequest(),
            InstantSource.system())) {
      Waiting waiting = new Waiting(listener, (long) checkpoints * EVERY);
      double step = new Window(checkpoints).meanStep(engine, List.of(waiting));
      return new double[] {step, waiting.nanoseconds / 1e6 / checkpoints};
    }
  }

  /** The step time with checkpoints over that without. */
  public double ratio() {
    return saved / plain;
  }

  /** The quartiles of the rounds' ratios. */
  public static Quartiles ratios(List<CheckpointCost> rounds) {
    return Quartiles.of(rounds.stream().map(CheckpointCost::ratio).toList());
  }

  /** Times the steps between the margins. */
  private static final class Window implements TrainingListener {
    private final int timed;
    private long began;
    private long ended;

    Window(int checkpoints) {
      timed = checkpoints * EVERY;
    }

    double meanStep(TrainingEngine engine, List<TrainingListener> others) {
      int steps = timed + 2 * MARGIN;
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
      List<TrainingListener> all = new ArrayList<>(others);
      all.add(this);
      engine.train(task, all).close();
      return (ended - began) / 1e6 / timed;
    }

    @Override
    public void stepped(StepReport report) {
      if (report.step() == MARGIN - 1) {
        began = System.nanoTime();
      } else if (report.step() == MARGIN - 1 + timed) {
        ended = System.nanoTime();
      }
    }
  }

  /** Times how long checkpoints block the training thread, excluding the last step. */
  private static final class Waiting implements TrainingListener {
    private final CheckpointListener listener;
    private final long last;
    private long nanoseconds;

    Waiting(CheckpointListener listener, long last) {
      this.listener = listener;
      this.last = last;
    }

    @Override
    public void started(TrainingTask task) {
      listener.started(task);
    }

    @Override
    public void saveable(long stepsDone, Supplier<TrainingState> state) {
      long before = System.nanoTime();
      listener.saveable(stepsDone, state);
      if (stepsDone <= last) {
        nanoseconds += System.nanoTime() - before;
      }
    }
  }
}
