package dev.idem.generative.objective;

import dev.idem.api.training.TrainingObjective;

/**
 * The training objective of a generator, as terms on two inputs: {@link #DATA}, which f should keep
 * unchanged, and {@link #NOISE}, which f should map to points that it keeps unchanged.
 */
public sealed interface GenerativeObjective permits IgnObjective, ReconstructionObjective {

  /** The name of the input that holds data. */
  String DATA = "x";

  /** The name of the input that holds noise. */
  String NOISE = "z";

  /** The term of {@link dev.idem.api.strategy.ReconstructionStrategy} on data. */
  String RECONSTRUCTION = "reconstruction";

  /** The terms; each is reported separately. */
  TrainingObjective terms();

  /** One line with the terms and their weights. */
  String description();
}
