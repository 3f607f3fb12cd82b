package dev.idem.figures;

import dev.idem.figures.efficacy.EfficacyFigure;
import dev.idem.figures.overhead.OverheadFigure;
import dev.idem.figures.scalarmap.ScalarMapFigure;

/** The claims of the paper, in its order, each with the rule that decides it here. */
public final class PaperClaims {

  /** Error / variance of f on noise below which a generator counts as idempotent. */
  public static final double IDEMPOTENT_GENERATOR = 0.3;

  /** Decided by {@link ScalarMapFigure}. */
  public static final Claim SCALAR_MAP =
      Claim.of(
          "Scalar map",
          "k → 3k² − 2k³ has the fixed points 0, 1/2 and 1; 0 and 1 attract, 1/2 repels.",
          "Reproduced if the real fixed points, isolated in exact arithmetic, are these three within"
              + " 1e-12, with |g′| < 1e-12 at 0 and at 1 and |g′| > 1 at 1/2; in part if the fixed"
              + " points are these and a multiplier is not; otherwise not reproduced.");

  /** Decided by {@link ScalarMapFigure}. */
  public static final Claim ATTRACTION =
      Claim.of(
          "Attraction",
          "Only idempotents attract, and they attract from a wide area.",
          "Only idempotents attract if every real fixed point but 0 and 1 repels and at most 1 in"
              + " 1000 starts of the grid neither reaches 0 or 1 nor leaves; the area is wide if at"
              + " least 95 % of the projections moved by noise of spectral radius about 1/4, half of the way to"
              + " the separatrix, iterate to an idempotent of the same rank, ‖K² − K‖ ≤ 1e-12"
              + " (Frobenius). Reproduced if both hold, in part if one does, otherwise not reproduced.");

  /** Decided by {@link EfficacyFigure}. */
  public static final Claim LOWER_ERROR =
      Claim.of(
          "Lower error, as published",
          "At equal learning rates the substituted gradient gives MLPs a lower idempotent error.",
          "With the gradients’ scale as published. Reproduced if the median error over the seeds is lower"
              + " at every rate at which it stays finite in at least three quarters of the MLPs, in part if it"
              + " is at more than half of all such rates, otherwise not reproduced.");

  /** Decided by {@link EfficacyFigure}. */
  public static final Claim LOWER_ERROR_EQUAL =
      Claim.of(
          "Lower error, equal scale",
          "The same with both gradients on one scale: not a claim of the paper’s, but a test of the cause.",
          "As above.");

  /** Decided by {@link EfficacyFigure}. */
  public static final Claim INFORMATIVE =
      Claim.of(
          "What the maps became",
          "The low error belongs to maps whose f(f(x)) depends on f(x), rather than to constants: a"
              + " test of the cause.",
          "A run does if error / variance of its outputs on fresh draws is below 0.5 at the end, and their"
              + " power at most 100 times the inputs’."
              + " Reproduced if all finite modified runs do, in part if more than half do, otherwise not reproduced.");

  /** Decided by {@link EfficacyFigure}. */
  public static final Claim EARLY =
      Claim.of(
          "Early gain",
          "Most of the fall in error comes within the first fifth of the epochs, the poster’s 500 of 2,500.",
          "The share of the fall of log error within that fifth, its median over networks, rates and"
              + " seeds: reproduced above a half, otherwise not reproduced.");

  /** Decided by {@link EfficacyFigure}. */
  public static final Claim MLP_EFFICACY =
      Claim.of(
          "MLP efficacy",
          "For MLPs the idempotent error is lower with the substituted gradient than with the"
              + " canonical loss.",
          "At each method’s best rate of the same grid, the substituted gradient is better from a start if"
              + " a majority of its runs is healthy and either no majority of the canonical runs is, or its"
              + " median error / variance is lower and it is lower in more seeds than it is higher, what is"
              + " below 1e-12 being rounding. Reproduced"
              + " if it is better from every start, not reproduced if from none, in part otherwise."
              + " The numbers are medians of error / variance over the seeds, a run that is not healthy counting"
              + " as infinite, substituted against canonical; a dash where no majority of runs is healthy.");

  /** Decided by {@link EfficacyFigure}. */
  public static final Claim CNN_EFFICACY =
      Claim.of(
          "CNN efficacy",
          "For CNNs the idempotent error is lower with the substituted gradient than with the"
              + " canonical loss.",
          "As for MLPs.");

  /** Decided by {@link OverheadFigure}. */
  public static final Claim NO_OVERHEAD =
      Claim.timed(
          "No overhead",
          "A step with the substituted gradient costs no more than one with the canonical loss.",
          "The ratio substituted / canonical of median step times, one per round: reproduced if its"
              + " median and upper quartile over the rounds are below 1, in part if the median alone"
              + " is, otherwise not reproduced.");

  /** Decided by the figures of generation. */
  public static final Claim GENERATION =
      Claim.of(
          "Generation",
          "Reconstruction and the substituted gradient alone train a network to generate images"
              + " (MNIST; the paper’s CelebA is not measured).",
          "A seed shows it in part if f(z) is diverse (neither collapsed nor diverged by the verdicts of the"
              + " efficacy figure, effective rank and closest pair at least half of real digits’) and error / variance"
              + " of f on noise is below "
              + IDEMPOTENT_GENERATOR
              + "; in full if besides, in the digit"
              + " classifier’s features, its Fréchet distance is lower and its coverage higher than those"
              + " of z itself and of reconstruction alone, a diverged control being worse than anything."
              + " Reproduced if more than half of the seeds show it in full, in part if more than half"
              + " show it at least in part, otherwise not reproduced.");

  private PaperClaims() {}
}
