package dev.idem.runs.experiment;

import dev.idem.api.training.LearningRateSchedule;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.StopRule;
import dev.idem.api.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The section {@code plan} as a plan. */
final class PlanReader {

  private final Values values;
  private final Resolver resolver;
  private final Problems problems;

  PlanReader(Values values, Resolver resolver, Problems problems) {
    this.values = values;
    this.resolver = resolver;
    this.problems = problems;
  }

  Optional<RunPlan> read() {
    Optional<Optimizer> optimizer =
        problems.attempt(resolver.blame(PlanKeys.OPTIMIZER), this::optimizer);
    Optional<LearningRateSchedule> schedule =
        problems.attempt(resolver.blame(PlanKeys.SCHEDULE), this::schedule);
    return optimizer.isEmpty() || schedule.isEmpty() || !warmUpEnds()
        ? Optional.empty()
        : problems.attempt(
            resolver.blame(PlanKeys.STEPS, PlanKeys.EPOCHS, PlanKeys.RATE, PlanKeys.BATCH),
            () -> plan(optimizer.get(), schedule.get()));
  }

  /** Whether the warm-up ends before the run does; of epochs that is known with the data. */
  private boolean warmUpEnds() {
    OptionalLong warmUp = values.integer(PlanKeys.WARM_UP);
    OptionalLong steps = values.integer(PlanKeys.STEPS);
    boolean ends = warmUp.isEmpty() || steps.isEmpty() || warmUp.getAsLong() < steps.getAsLong();
    if (!ends) {
      problems.add(
          resolver.blame(PlanKeys.WARM_UP, PlanKeys.STEPS),
          "%s (%s) must be less than %s (%s)"
              .formatted(PlanKeys.WARM_UP, warmUp.getAsLong(), PlanKeys.STEPS, steps.getAsLong()));
    }
    return ends;
  }

  private RunPlan plan(Optimizer optimizer, LearningRateSchedule schedule) {
    OptionalLong epochs = values.integer(PlanKeys.EPOCHS);
    OptionalLong evaluateEvery = values.integer(PlanKeys.EVALUATE);
    TrainingPlan.Builder plan =
        TrainingPlan.quick().toBuilder()
            .steps(epochs.isPresent() ? RunPlan.UNKNOWN : values.integerOf(PlanKeys.STEPS))
            .batchSize(Math.toIntExact(values.integerOf(PlanKeys.BATCH)))
            .learningRate(values.numberOf(PlanKeys.RATE))
            .optimizer(optimizer)
            .schedule(schedule)
            .evaluateEvery(evaluateEvery.orElse(1))
            .stopRules(stopRules().toArray(StopRule[]::new));
    values.number(PlanKeys.CLIP_NORM).ifPresent(plan::clipNorm);
    return new RunPlan(plan.build(), epochs, evaluateEvery.isEmpty());
  }

  private Optimizer optimizer() {
    return switch (values.textOf(PlanKeys.OPTIMIZER)) {
      case PlanKeys.MOMENTUM_NAME -> new Optimizer.Momentum(values.numberOf(PlanKeys.MOMENTUM));
      case PlanKeys.ADAM ->
          new Optimizer.Adam(
              values.numberOf(PlanKeys.BETA1),
              values.numberOf(PlanKeys.BETA2),
              values.numberOf(PlanKeys.EPSILON));
      case PlanKeys.ADAMW ->
          new Optimizer.AdamW(
              values.numberOf(PlanKeys.BETA1),
              values.numberOf(PlanKeys.BETA2),
              values.numberOf(PlanKeys.EPSILON),
              values.numberOf(PlanKeys.WEIGHT_DECAY));
      default -> new Optimizer.Sgd();
    };
  }

  private LearningRateSchedule schedule() {
    LearningRateSchedule schedule =
        switch (values.textOf(PlanKeys.SCHEDULE)) {
          case PlanKeys.COSINE -> new LearningRateSchedule.Cosine(values.numberOf(PlanKeys.FLOOR));
          case PlanKeys.STEP_DECAY ->
              new LearningRateSchedule.StepDecay(
                  values.integerOf(PlanKeys.EVERY), values.numberOf(PlanKeys.DECAY));
          default -> new LearningRateSchedule.Constant();
        };
    OptionalLong warmUp = values.integer(PlanKeys.WARM_UP);
    return warmUp.isPresent()
        ? new LearningRateSchedule.WarmUp(warmUp.getAsLong(), schedule)
        : schedule;
  }

  private List<StopRule> stopRules() {
    List<StopRule> rules = new ArrayList<>();
    values
        .text(PlanKeys.STOP_TERM)
        .ifPresent(
            term -> rules.add(new StopRule.TermBelow(term, values.numberOf(PlanKeys.STOP_BELOW))));
    values
        .number(PlanKeys.STOP_GRADIENT)
        .ifPresent(norm -> rules.add(new StopRule.GradientNormBelow(norm)));
    return rules;
  }
}
