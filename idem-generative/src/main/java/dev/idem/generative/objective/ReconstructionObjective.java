package dev.idem.generative.objective;

import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reconstruction of data, and a strategy that makes f idempotent on noise: Jensen and Vicary's
 * generator with {@link SubstitutedGradient}, a comparison with {@link CanonicalStrategy}, a
 * control with none.
 *
 * @param reconstruction on data
 * @param idempotency on noise; empty for the control
 */
public record ReconstructionObjective(
    ReconstructionStrategy reconstruction, Optional<IdempotencyStrategy> idempotency)
    implements GenerativeObjective {

  /** The term of the idempotency strategy on noise. */
  public static final String IDEMPOTENCY = "idempotency";

  /** Mean squared error and the paper's substituted gradient, mean over batch and pixels. */
  public static ReconstructionObjective substituted(double weight) {
    return substituted(weight, IdempotentPolynomial.cubic(), OptionalDouble.empty());
  }

  /**
   * Mean squared error and the substituted gradient of any polynomial.
   *
   * @param stepCap as {@link SubstitutedGradient#stepCap}
   */
  public static ReconstructionObjective substituted(
      double weight, IdempotentPolynomial polynomial, OptionalDouble stepCap) {
    return with(new SubstitutedGradient(polynomial, weight, Scale.BATCH_AND_WIDTH_MEAN, stepCap));
  }

  /** Mean squared error and the canonical loss, mean over batch and pixels. */
  public static ReconstructionObjective canonical(double weight) {
    return with(new CanonicalStrategy(weight, Scale.BATCH_AND_WIDTH_MEAN));
  }

  /** Mean squared error alone. */
  public static ReconstructionObjective alone() {
    return new ReconstructionObjective(new ReconstructionStrategy(), Optional.empty());
  }

  /** Mean squared error and any strategy, which carries its own weight. */
  public static ReconstructionObjective with(IdempotencyStrategy idempotency) {
    return new ReconstructionObjective(new ReconstructionStrategy(), Optional.of(idempotency));
  }

  @Override
  public TrainingObjective terms() {
    List<Term> terms = new ArrayList<>();
    terms.add(new Term(RECONSTRUCTION, reconstruction, DATA));
    idempotency.ifPresent(strategy -> terms.add(new Term(IDEMPOTENCY, strategy, NOISE)));
    return new TrainingObjective(terms);
  }

  @Override
  public String description() {
    return idempotency
        .map(
            strategy -> "reconstruction, weight " + reconstruction.weight() + "; " + said(strategy))
        .orElse("reconstruction alone");
  }

  private static String said(IdempotencyStrategy strategy) {
    if (strategy instanceof SubstitutedGradient substituted) {
      OptionalDouble cap = substituted.stepCap();
      return "substituted gradient of %s, weight %s%s"
          .formatted(
              substituted.polynomial(),
              substituted.weight(),
              cap.isPresent() ? ", step cap " + cap.getAsDouble() : "");
    }
    return strategy instanceof CanonicalStrategy canonical
        ? "canonical loss, weight " + canonical.weight()
        : strategy.toString();
  }
}
