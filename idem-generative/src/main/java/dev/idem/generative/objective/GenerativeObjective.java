package dev.idem.generative.objective;

import dev.idem.api.training.TrainingObjective;

/**
 * What a generator is trained with, as terms on two inputs: {@link #DATA}, which f is to leave in
 * its place, and {@link #NOISE}, which f is to send where it leaves things in their place.
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

  /** A line that tells a reader the terms and their weights. */
  String description();
}
