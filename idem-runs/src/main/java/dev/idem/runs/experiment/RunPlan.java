package dev.idem.runs.experiment;

import dev.idem.api.training.Schedule;
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
  static final String WARM_UP = "plan.schedule.warmUp";
  static final String STEP_COUNTS = "from 1 to 1000000000000";
  static final String COUNTS = "from 1 to 1000000";
  static final String SHARE = "in [0, 1)";

  /** More steps than any warm-up has. */
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

  /** The learning rate schedule; each parameter matters to those that have it. */
  record ScheduleKeys(
      @Help("Learning rate schedule.")
          @Setting(choices = "constant, cosine, step-decay", byDefault = "constant")
          String name,
      @Help("Final factor of the cosine schedule.")
          @Setting(range = SHARE, when = "plan.schedule.name cosine", byDefault = "0")
          double floor,
      @Help("Steps between decays.") @Setting(range = STEP_COUNTS, when = OF_DECAY, required = true)
          OptionalLong every,
      @Help("Factor of a decay.") @Setting(range = "positive", when = OF_DECAY, byDefault = "0.1")
          double decay,
      @Help(
              "Steps of a linear warm-up, fewer than the run has; the schedule begins after"
                  + " them, over the remaining steps. No warm-up if not given.")
          @Setting(range = STEP_COUNTS)
          OptionalLong warmUp) {

    static final String OF_DECAY = "plan.schedule.name step-decay";

    private Schedule schedule() {
      Schedule after =
          switch (name) {
            case "cosine" -> new Schedule.Cosine(floor);
            case "step-decay" -> new Schedule.StepDecay(every.getAsLong(), decay);
            default -> new Schedule.Constant();
          };
      return warmUp.isPresent()
          ? new Schedule.WarmUp(warmUp.getAsLong(), after)
          : after;
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
    OptionalLong warmUp = settings.integer(WARM_UP);
    OptionalLong steps = settings.integer(STEPS);
    if (warmUp.isPresent() && steps.isPresent() && warmUp.getAsLong() >= steps.getAsLong()) {
      problems.add(
          settings.blame(WARM_UP, STEPS),
          "%s (%s) must be less than %s (%s)"
              .formatted(WARM_UP, warmUp.getAsLong(), STEPS, steps.getAsLong()));
      return Optional.empty();
    }
    Place place = settings.blame(STEPS, "plan.epochs", "plan.learningRate", "plan.batchSize");
    return settings
        .section("plan", RunPlan.class)
        .filter(plan -> plan.steps.isPresent() || plan.epochs.isPresent())
        .filter(
            plan ->
                problems
                    .attempt(place, () -> plan.of(0, plan.steps.orElse(UNKNOWN), UNKNOWN))
                    .isPresent());
  }

  /**
   * The plan of one run; the number of samples to train on matters where it counts epochs.
   *
   * @throws IllegalArgumentException if the epochs have no more steps than the warm-up
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
