package dev.idem.figures;

import dev.idem.figures.Claim.Aspect;
import java.util.Map;

/** The claims of the paper and our further tests, each with the rule that decides it here. */
public final class PaperClaims {

  /** Error / variance of f on noise below which a generator counts as idempotent. */
  public static final double IDEMPOTENT_GENERATOR = 0.3;

  /** The verdict on maps: {@link FinalMap#verdict}, in words. */
  private static final String MAPS =
      FinalMap.RULE
          + "; reproduced if all are, in part if more than half are, otherwise not reproduced.";

  /** Decided by the figure scalar-map. */
  public static final Claim SCALAR_MAP =
      Claim.of(
          "Scalar map",
          "k → 3k² − 2k³ has the fixed points 0, 1/2 and 1; 0 and 1 attract, 1/2 repels.",
          "Reproduced if the real fixed points, isolated in exact arithmetic, are these three within"
              + " 1e-12, with |g′| < 1e-12 at 0 and at 1 and |g′| > 1 at 1/2; in part if the fixed"
              + " points are these and a multiplier is not; otherwise not reproduced.");

  /** Decided by the figure scalar-map. */
  public static final Claim ATTRACTION =
      Claim.of(
          "Attraction",
          "Only idempotents attract, and they attract from a wide area.",
          "Only idempotents attract if every real fixed point but 0 and 1 repels and at most 1 in"
              + " 1000 starts of the grid neither reaches 0 or 1 nor leaves; the area is wide if at"
              + " least 95 % of the projections moved by noise of spectral radius about 1/4, half of the way to"
              + " the separatrix, iterate to an idempotent of the same rank, ‖K² − K‖ ≤ 1e-12"
              + " (Frobenius). Reproduced if both hold, in part if one does, otherwise not reproduced.");

  /** Decided by the figure efficacy. */
  public static final Claim LOWER_ERROR =
      Claim.ofPaper(
          "Lower error",
          "At equal learning rates the substituted gradient gives MLPs a lower idempotent error.",
          "As published and at equal scale: reproduced if the median error over the seeds is lower at"
              + " every rate at which it stays finite in at least three quarters of the MLPs, in part"
              + " if it is at more than half of all such rates, otherwise not reproduced. Maps: of the"
              + " modified runs that end finite, "
              + MAPS,
          Map.of());

  /** Decided by the figure efficacy. */
  public static final Claim EARLY =
      Claim.ofPaper(
          "Early gain",
          "Most of the gain over the canonical loss comes within the first fifth of the epochs, the"
              + " poster’s 500 of 2,500.",
          "The gain of an MLP at a rate from a seed is log(ordinary error / modified error); only where"
              + " it is positive after the last epoch can a share of it come early. As published and at"
              + " equal scale: reproduced if such gains are more than half of all finite ones and the"
              + " median share within the first fifth is above a half, in part if only the latter,"
              + " otherwise not reproduced. Maps: as published, counting only modified runs that end"
              + " informative; not reproduced unless more than half do.",
          Map.of());

  /** Decided by the figure trajectory. */
  public static final Claim STRONGER_SIGNAL =
      Claim.ofPaper(
          "Stronger gradient signal",
          "The substituted gradient is longer than that of the canonical loss.",
          "The ratio of the norms over all parameters, modified / ordinary, both at the same parameters:"
              + " in each run the median over the places visited by both methods. As published and at"
              + " equal scale: reproduced if it is above 1 in every run, in part if in more than half,"
              + " otherwise not reproduced. Maps: of the modified runs, "
              + MAPS,
          Map.of());

  /** Decided by the figure trajectory. */
  public static final Claim DIFFERENT_TRAJECTORY =
      Claim.ofPaper(
          "Different trajectory",
          "The substituted gradient takes another trajectory than the canonical loss.",
          "Two signs in each run: the median |cosine| of both gradients at the same parameters, over the"
              + " places visited by both methods, is below 0.71, an angle of 45°; and the end points of"
              + " both methods are farther apart than half the longer way from the start to an end. As"
              + " published and at equal scale: reproduced if every run shows both, in part if more than"
              + " half show at least one, otherwise not reproduced. Maps: of the runs of both methods, "
              + MAPS,
          Map.of());

  /** Decided by the figure efficacy. */
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

  /** Decided by the figure efficacy. */
  public static final Claim CNN_EFFICACY =
      Claim.of(
          "CNN efficacy",
          "For CNNs the idempotent error is lower with the substituted gradient than with the"
              + " canonical loss.",
          "As for MLPs.");

  /** Decided by the figure overhead. */
  public static final Claim SAME_COST =
      Claim.ofPaper(
              "Same cost",
              "A step with the substituted gradient costs no more than one with the canonical loss.",
              "The ratio substituted / canonical of median step times, one per round: reproduced if its"
                  + " median and upper quartile over the rounds are below 1, in part if the median"
                  + " alone is, otherwise not reproduced.",
              Map.of(
                  Aspect.EQUAL_SCALE, "the cost of a step does not depend on the gradients’ scale",
                  Aspect.MAPS, "the cost of a step does not depend on what is learnt"))
          .timed();

  /** Decided by the figures of generation. */
  public static final Claim GENERATION =
      Claim.ofPaper(
          "Comparable generation",
          "Reconstruction and the substituted gradient alone train a network to generate images"
              + " (MNIST; the paper’s CelebA is not measured).",
          "As published: a seed shows it in part if f(z) is diverse (neither collapsed nor diverged by the verdicts of the"
              + " efficacy figure, effective rank and closest pair at least half of real digits’); in full"
              + " if besides, in the digit classifier’s features, its Fréchet distance is lower and its"
              + " coverage higher than those of z itself and of reconstruction alone, a diverged control"
              + " being worse than anything. Reproduced if more than half of the seeds show it in full,"
              + " in part if more than half show it at least in part, otherwise not reproduced. Maps: a"
              + " seed shows it if f(z) is diverse and error / variance of f on noise below "
              + IDEMPOTENT_GENERATOR
              + ";"
              + " reproduced if all seeds do, in part if more than half do, otherwise not reproduced.",
          Map.of(
              Aspect.EQUAL_SCALE,
              "the weight of the idempotency term is chosen for the samples, so that no scale is given"));

  /** Decided by the figure front. */
  public static final Claim EXACT_NETWORKS =
      Claim.of(
          "Exact networks",
          "At equal parameters a network that is idempotent by construction, trained for the task"
              + " alone, is ahead of every strategy.",
          "The network is 'exact' of the figure 'front', the same construction on every task. It leads"
              + " on a task if its median hypervolume is above that of every strategy and its median"
              + " task loss is at most 1.1 times that of the plain network trained for the task"
              + " alone. Reproduced if it leads on at least three quarters of the tasks, in part if"
              + " on at least half, otherwise not reproduced.");

  private PaperClaims() {}
}
