package dev.idem.figures.scalarmap;

import dev.idem.api.network.ParameterSpec;
import dev.idem.api.polynomial.Dynamics;
import dev.idem.api.polynomial.Dynamics.FixedPoint;
import dev.idem.api.polynomial.Dynamics.Interval;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.polynomial.Purification;
import dev.idem.api.random.RandomStreams;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.scalarmap.ScalarMapFigure.ComplexBasins;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.LinearMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The two claims on the scalar map: where it is fixed and which of these points attract; what else
 * attracts and from how far, by starts in the complex plane and by projections of rank 8 in 16
 * dimensions that noise has moved.
 */
final class ScalarMapClaims {

  private static final List<Double> CLAIMED = List.of(0.0, 0.5, 1.0);

  private static final int WIDTH = 16;
  private static final int RANK = 8;
  private static final double TOLERANCE = 1e-12;
  private static final int MOST_APPLICATIONS = 60;
  private static final double MOST_UNDECIDED = 1e-3;
  private static final double LEAST_RETURNED = 0.95;

  /** Noise that the rule asks about, then noise that reaches the separatrix. */
  private static final double ASKED = 0.25;

  private static final double FURTHER = 0.5;

  /**
   * Projections moved by noise of one size.
   *
   * @param noise about the spectral radius of what was added
   * @param starts how many
   * @param returned of them to an idempotent of the same rank
   * @param elsewhere of them to an idempotent of another rank
   * @param applications of the iterator: median over those that returned, NaN if none did
   */
  record Returned(double noise, int starts, int returned, int elsewhere, double applications) {
    double share() {
      return (double) returned / starts;
    }

    @Override
    public String toString() {
      String how =
          returned == 0
              ? ""
              : String.format(Locale.ROOT, " in a median of %.0f applications", applications);
      return String.format(
          Locale.ROOT,
          "at spectral radius %.2f, %d of %d return%s, %d reach an idempotent of another rank",
          noise,
          returned,
          starts,
          how,
          elsewhere);
    }
  }

  private ScalarMapClaims() {}

  static Finding fixedPoints(List<FixedPoint> fixed) {
    StringBuilder measured = new StringBuilder();
    for (FixedPoint point : fixed) {
      measured.append(
          "k = %s, g′ = %s: %s;\n"
              .formatted(
                  plain(point.location()),
                  plain(point.multiplier()),
                  point.nature().name().toLowerCase(Locale.ROOT)));
    }
    if (fixed.size() != CLAIMED.size()) {
      measured.append("%s fixed points, not 3.".formatted(fixed.size()));
    } else if (deviation(fixed) == 0) {
      measured.append("no deviation from the claimed values.");
    } else {
      measured.append(
          String.format(
              Locale.ROOT, "largest deviation from the claimed values %.0e.", deviation(fixed)));
    }
    return new Finding(
        PaperClaims.SCALAR_MAP,
        "Coefficients solved for from the conditions on g at 0 and 1; real roots of g(k) − k"
            + " isolated in exact arithmetic, then rounded.",
        measured.toString(),
        fixedPointVerdict(fixed));
  }

  /** By the rule of {@link PaperClaims#SCALAR_MAP}. */
  static Verdict fixedPointVerdict(List<FixedPoint> fixed) {
    if (fixed.size() != CLAIMED.size() || deviation(fixed) > TOLERANCE) {
      return Verdict.NOT_REPRODUCED;
    }
    boolean asClaimed =
        Math.abs(fixed.get(0).multiplier()) < TOLERANCE
            && Math.abs(fixed.get(1).multiplier()) > 1
            && Math.abs(fixed.get(2).multiplier()) < TOLERANCE;
    return asClaimed ? Verdict.REPRODUCED : Verdict.IN_PART;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static double deviation(List<FixedPoint> fixed) {
    double largest = 0;
    for (int i = 0; i < CLAIMED.size(); i++) {
      largest = Math.max(largest, Math.abs(fixed.get(i).location() - CLAIMED.get(i)));
    }
    return largest;
  }

  static Finding attraction(IdempotentPolynomial g, ComplexBasins plane, int starts, long seed) {
    Returned asked = projections(g, ASKED, starts, seed);
    Returned further = projections(g, FURTHER, starts, seed);
    Dynamics dynamics = g.dynamics();
    Interval zero = dynamics.basin(0);
    Interval one = dynamics.basin(1);
    String measured =
        String.format(
            Locale.ROOT,
            "In the square −0.6 ≤ Re k ≤ 1.6, |Im k| ≤ 1, %.1f %% reach 0 or 1, %.2f %% neither"
                + " settle nor leave; on the real line (%s, %.1f) goes to 0 and (%.1f, %.3f) to"
                + " 1.\n"
                + "Perturbed projections: %s; %s.",
            100 * plane.attractedShare(),
            100 * plane.undecidedShare(),
            String.format(Locale.ROOT, "%.3f", zero.low()).replace('-', '−'),
            zero.high(),
            one.low(),
            one.high(),
            asked,
            further);
    String setting =
        ("Starts on a grid in the complex plane, %s applications; %s × %s projections of rank %s"
                + " plus normal noise, %s for each of two sizes.")
            .formatted(ComplexBasins.MOST_ITERATIONS, WIDTH, WIDTH, RANK, starts);
    return new Finding(
        PaperClaims.ATTRACTION,
        setting,
        measured,
        attractionVerdict(dynamics.fixedPoints(), plane.undecidedShare(), asked.share()));
  }

  /** By the rule of {@link PaperClaims#ATTRACTION}. */
  static Verdict attractionVerdict(
      List<FixedPoint> fixed, double undecidedShare, double returnedShare) {
    boolean othersRepel =
        fixed.stream()
            .filter(point -> !isNear(point, 0) && !isNear(point, 1))
            .allMatch(point -> Math.abs(point.multiplier()) > 1);
    boolean only = othersRepel && undecidedShare <= MOST_UNDECIDED;
    boolean wide = returnedShare >= LEAST_RETURNED;
    if (only && wide) {
      return Verdict.REPRODUCED;
    }
    return only || wide ? Verdict.IN_PART : Verdict.NOT_REPRODUCED;
  }

  /** Moves {@code starts} projections by noise of this size and iterates. */
  static Returned projections(IdempotentPolynomial g, double noise, int starts, long seed) {
    ParameterSpec kernel =
        new LinearMap(WIDTH, Initializers.nearIdempotent(RANK, noise)).parameters().get(0);
    List<Double> applications = new ArrayList<>();
    int elsewhere = 0;
    for (int start = 0; start < starts; start++) {
      RandomGenerator random = RandomStreams.stream(seed, "attraction", start);
      double[] values = kernel.initializer().values(kernel, random);
      Purification found = g.purify(square(values), TOLERANCE, MOST_APPLICATIONS);
      boolean sameRank = Math.round(trace(found.matrix())) == RANK;
      if (found.converged() && sameRank) {
        applications.add((double) found.iterations());
      }
      elsewhere += found.converged() && !sameRank ? 1 : 0;
    }
    return new Returned(
        noise,
        starts,
        applications.size(),
        elsewhere,
        applications.isEmpty() ? Double.NaN : Quartiles.of(applications).median());
  }

  private static boolean isNear(FixedPoint point, double location) {
    return Math.abs(point.location() - location) <= TOLERANCE;
  }

  private static double[][] square(double[] values) {
    double[][] matrix = new double[WIDTH][WIDTH];
    for (int row = 0; row < WIDTH; row++) {
      System.arraycopy(values, row * WIDTH, matrix[row], 0, WIDTH);
    }
    return matrix;
  }

  /** Of an idempotent matrix, its rank. */
  private static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }
}
