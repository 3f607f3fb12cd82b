package dev.idem.figures.overhead;

import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.models.data.Mnist;
import dev.idem.models.network.Mlp;
import java.util.ArrayList;
import java.util.List;

/**
 * The cost of a training step: MLP 784-512-512-784 on MNIST, batches of 256. The methods take
 * turns, so that a machine that gets slower or faster does so for both.
 *
 * @param canonical median step time in milliseconds
 * @param substituted the same of the substituted gradient
 */
public record StepCost(double canonical, double substituted) {

  /** The setting, for captions. */
  static final String SETTING = "MLP 784-512-512-784 on MNIST digits, batches of 256";

  private static final int WARM_UP = 5;

  /**
   * One round.
   *
   * @param steps timed of each method, positive, after a few that are not
   */
  public static StepCost measure(TrainingEngine engine, int steps) {
    return new StepCost(
        medianStep(engine, new CanonicalStrategy(), steps),
        medianStep(engine, new SubstitutedGradient(), steps));
  }

  /** Substituted over canonical; theory says 5/6. */
  public double ratio() {
    return substituted / canonical;
  }

  /** The quartiles of the rounds' ratios. */
  public static Quartiles ratios(List<StepCost> rounds) {
    return Quartiles.of(rounds.stream().map(StepCost::ratio).toList());
  }

  /** The median of the step times in milliseconds; a median shrugs off a busy machine's spikes. */
  private static double medianStep(TrainingEngine engine, IdempotencyStrategy strategy, int steps) {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(WARM_UP + steps)
            .batchSize(256)
            .learningRate(1e-6)
            .evaluateEvery(WARM_UP + steps)
            .build();
    List<Long> ends = new ArrayList<>();
    TrainingListener clock =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            ends.add(System.nanoTime());
          }
        };
    TrainingTask task =
        TrainingTask.of(
            Mlp.of(784, 512, 512, 784), TrainingObjective.of(strategy), Mnist.embedded(), plan);
    engine.train(task, clock).close();
    List<Double> milliseconds = new ArrayList<>();
    for (int i = WARM_UP; i < ends.size(); i++) {
      milliseconds.add((ends.get(i) - ends.get(i - 1)) / 1e6);
    }
    return Quartiles.of(milliseconds).median();
  }
}
