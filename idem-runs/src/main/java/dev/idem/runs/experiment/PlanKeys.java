package dev.idem.runs.experiment;

import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.runs.experiment.Key.Fallback;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The keys of the section {@code plan}: training length, optimiser and schedule. */
final class PlanKeys {

  static final String STEPS = "plan.steps";
  static final String EPOCHS = "plan.epochs";
  static final String BATCH = "plan.batchSize";
  static final String RATE = "plan.learningRate";
  static final String CLIP_NORM = "plan.clipNorm";
  static final String EVALUATE = "plan.evaluateEvery";
  static final String OPTIMIZER = "plan.optimizer.name";
  static final String MOMENTUM = "plan.optimizer.momentum";
  static final String BETA1 = "plan.optimizer.beta1";
  static final String BETA2 = "plan.optimizer.beta2";
  static final String EPSILON = "plan.optimizer.epsilon";
  static final String WEIGHT_DECAY = "plan.optimizer.weightDecay";
  static final String SCHEDULE = "plan.schedule.name";
  static final String FLOOR = "plan.schedule.floor";
  static final String EVERY = "plan.schedule.every";
  static final String DECAY = "plan.schedule.decay";
  static final String WARM_UP = "plan.schedule.warmUp";
  static final String STOP_TERM = "plan.stop.term";
  static final String STOP_BELOW = "plan.stop.below";
  static final String STOP_GRADIENT = "plan.stop.gradientNormBelow";

  static final String ADAM = "adam";
  static final String ADAMW = "adamw";
  static final String STEP_DECAY = "step-decay";
  static final String MOMENTUM_NAME = "momentum";
  static final String COSINE = "cosine";

  private static final Range STEP_COUNTS = Range.between(1, 1_000_000_000_000L);
  private static final Range EPOCH_COUNTS = Range.between(1, 1_000_000);
  private static final Range BATCHES = Range.between(1, 1_000_000);

  private PlanKeys() {}

  static List<Key> keys() {
    return Stream.of(length(), optimizer(), schedule(), stop()).flatMap(List::stream).toList();
  }

  private static List<Key> length() {
    return List.of(
        Key.integer(STEPS, "Training steps.").in(STEP_COUNTS).insteadOf(EPOCHS).required().build(),
        Key.integer(EPOCHS, "Epochs: passes over the training images.")
            .in(EPOCH_COUNTS)
            .when(SubjectKeys.IS_GENERATOR)
            .insteadOf(STEPS)
            .build(),
        Key.integer(BATCH, "Batch size, of each input.").in(BATCHES).required().build(),
        Key.number(RATE, "Learning rate, before the schedule.").positive().required().build(),
        Key.number(CLIP_NORM, "Largest global norm of the gradients; no clipping if not set.")
            .positive()
            .build(),
        Key.integer(
                EVALUATE,
                "Steps between evaluations. Default: a twelfth of the steps, or one epoch.")
            .in(STEP_COUNTS)
            .otherwise(PlanKeys::evaluateEvery)
            .build());
  }

  private static Optional<Fallback> evaluateEvery(Values values) {
    OptionalLong steps = values.integer(STEPS);
    return steps.isPresent()
        ? Fallback.of(GeneratorRecipe.evaluateEvery(steps.getAsLong()))
        : Optional.empty();
  }

  private static List<Key> optimizer() {
    When adams = When.is(OPTIMIZER, List.of(ADAM, ADAMW));
    return List.of(
        Key.choice(OPTIMIZER, List.of("sgd", MOMENTUM_NAME, ADAM, ADAMW), "Optimiser.")
            .otherwise("sgd")
            .build(),
        Key.number(MOMENTUM, "Decay of the velocity.")
            .in(Range.share())
            .when(When.is(OPTIMIZER, MOMENTUM_NAME))
            .otherwise(0.9)
            .build(),
        Key.number(BETA1, "Decay of the first moment.")
            .in(Range.share())
            .when(adams)
            .otherwise(0.9)
            .build(),
        Key.number(BETA2, "Decay of the second moment.")
            .in(Range.share())
            .when(adams)
            .otherwise(0.999)
            .build(),
        Key.number(EPSILON, "Constant added to the root of the second moment.")
            .positive()
            .when(adams)
            .otherwise(1e-8)
            .build(),
        Key.number(WEIGHT_DECAY, "Decoupled decay of every parameter.")
            .in(Range.notNegative())
            .when(When.is(OPTIMIZER, ADAMW))
            .otherwise(0.01)
            .build());
  }

  private static List<Key> schedule() {
    return List.of(
        Key.choice(SCHEDULE, List.of("constant", COSINE, STEP_DECAY), "Learning rate schedule.")
            .otherwise("constant")
            .build(),
        Key.number(FLOOR, "Final factor of the cosine schedule.")
            .in(Range.share())
            .when(When.is(SCHEDULE, COSINE))
            .otherwise(0.0)
            .build(),
        Key.integer(EVERY, "Steps between decays.")
            .in(STEP_COUNTS)
            .when(When.is(SCHEDULE, STEP_DECAY))
            .required()
            .build(),
        Key.number(DECAY, "Factor of a decay.")
            .positive()
            .when(When.is(SCHEDULE, STEP_DECAY))
            .otherwise(0.1)
            .build(),
        Key.integer(
                WARM_UP,
                "Steps of a linear warm-up, fewer than the run has; the schedule begins after them,"
                    + " over the remaining steps. No warm-up if not given.")
            .in(STEP_COUNTS)
            .build());
  }

  private static List<Key> stop() {
    return List.of(
        Key.text(STOP_TERM, "Term of the objective; the run stops when it is below a threshold.")
            .build(),
        Key.number(STOP_BELOW, "Threshold of that term.")
            .positive()
            .when(When.given(STOP_TERM))
            .required()
            .build(),
        Key.number(STOP_GRADIENT, "Gradient norm (global) below which the run stops.")
            .positive()
            .build());
  }
}
