package dev.idem.runs.experiment;

import dev.idem.api.training.StopRule;
import dev.idem.api.training.TrainingPlan;
import dev.idem.runs.experiment.Key.Help;
import dev.idem.runs.experiment.Key.Setting;
import dev.idem.runs.experiment.Problems.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Section {@code plan}: the training plan of a run, which may count epochs instead of steps. Each
 * component is described by its help.
 */
record RunPlan(
    @Help("Training steps.")
        @Setting(range = STEP_COUNTS, insteadOf = "plan.epochs", required = true)
        OptionalLong steps,
    @Help("Epochs: passes over the training images.")
        @Setting(range = COUNTS, when = ExperimentFile.OF_GENERATOR, insteadOf = STEPS)
        OptionalLong epochs,
    @Help("Batch size, of each input.") @Setting(range = COUNTS, required = true) int batchSize,
    @Help("Learning rate, before the schedule.") @Setting(range = "positive", required = true)
        double learningRate,
    @Help("Largest global norm of the gradients; no clipping if not set.")
        @Setting(range = "positive")
        OptionalDouble clipNorm,
    @Help("Steps between evaluations. Default: a twelfth of the steps, or one epoch.")
        @Setting(range = STEP_COUNTS)
        OptionalLong evaluateEvery,
    Optimizer optimizer,
    ScheduleKeys schedule,
    Stop stop) {

  static final String STEPS = "plan.steps";
  static final String STEP_COUNTS = "from 1 to 1000000000000";
  static final String COUNTS = "from 1 to 1000000";
  static final String SHARE = "in [0, 1)";

  /** More steps than any schedule has. */
  private static final long UNKNOWN = Long.MAX_VALUE;

  /** The optimiser; each parameter matters to those that have it. */
  record Optimizer(
      @Help("Optimiser.") @Setting(choices = "sgd, momentum, adam, adamw", byDefault = "sgd")
          String name,
      @Help("Decay of the velocity.")
          @Setting(range = SHARE, when = "plan.optimizer.name momentum", byDefault = "0.9")
          double momentum,
      @Help("Decay of the first moment.")
          @Setting(range = SHARE, when = OF_ADAMS, byDefault = "0.9")
          double beta1,
      @Help("Decay of the second moment.")
          @Setting(range = SHARE, when = OF_ADAMS, byDefault = "0.999")
          double beta2,
      @Help("Constant added to the root of the second moment.")
          @Setting(range = "positive", when = OF_ADAMS, byDefault = "1e-8")
          double epsilon,
      @Help("Decoupled decay of every parameter.")
          @Setting(range = "0 or more", when = "plan.optimizer.name adamw", byDefault = "0.01")
          double weightDecay) {

    static final String OF_ADAMS = "plan.optimizer.name adam, adamw";

    private dev.idem.api.training.Optimizer optimizer() {
      return switch (name) {
        case "momentum" -> new dev.idem.api.training.Optimizer.Momentum(momentum);
        case "adam" -> new dev.idem.api.training.Optimizer.Adam(beta1, beta2, epsilon);
        case "adamw" ->
            new dev.idem.api.training.Optimizer.AdamW(beta1, beta2, epsilon, weightDecay);
        default -> new dev.idem.api.training.Optimizer.Sgd();
      };
    }
  }

  /** Conditions that end a run early. */
  record Stop(
      @Help("Term of the objective; the run stops when it is below a threshold.")
          Optional<String> term,
      @Help("Threshold of that term.") @Setting(range = "positive", when = TERM, required = true)
          OptionalDouble below,
      @Help("Gradient norm (global) below which the run stops.") @Setting(range = "positive")
          OptionalDouble gradientNormBelow) {

    static final String TERM = "plan.stop.term";

    private List<StopRule> rules() {
      List<StopRule> rules = new ArrayList<>();
      term.ifPresent(name -> rules.add(new StopRule.TermBelow(name, below.getAsDouble())));
      gradientNormBelow.ifPresent(norm -> rules.add(new StopRule.GradientNormBelow(norm)));
      return rules;
    }
  }

  /** The section, if it makes a plan; what does not is a problem. */
  static Optional<RunPlan> read(Settings settings, Problems problems) {
    Place place = settings.blame(STEPS, "plan.epochs", "plan.learningRate", "plan.batchSize");
    return settings
        .section("plan", RunPlan.class)
        .filter(plan -> plan.steps.isPresent() || plan.epochs.isPresent())
        .filter(plan -> plan.schedule.read("plan.schedule", settings, problems).isPresent())
        .filter(
            plan ->
                problems
                    .attempt(place, () -> plan.of(0, plan.steps.orElse(UNKNOWN), UNKNOWN))
                    .isPresent());
  }

  /**
   * The plan of one run; the number of samples to train on matters where it counts epochs.
   *
   * @throws IllegalArgumentException if the schedule does not end before the epochs do
   */
  TrainingPlan of(long seed, int trainingSize) {
    long stepsAnEpoch = Math.max(1, trainingSize / batchSize);
    return epochs.isPresent()
        ? of(seed, Math.multiplyExact(epochs.getAsLong(), stepsAnEpoch), stepsAnEpoch)
        : of(seed, steps.getAsLong(), 1);
  }

  private TrainingPlan of(long seed, long planned, long evaluation) {
    TrainingPlan.Builder plan =
        TrainingPlan.quick().toBuilder()
            .seed(seed)
            .steps(planned)
            .batchSize(batchSize)
            .learningRate(learningRate)
            .optimizer(optimizer.optimizer())
            .schedule(schedule.schedule())
            .evaluateEvery(evaluateEvery.orElse(evaluation))
            .stopRules(stop.rules().toArray(StopRule[]::new));
    clipNorm.ifPresent(plan::clipNorm);
    return plan.build();
  }
}
