package dev.idem.figures.scalarmap;

import dev.idem.api.polynomial.FixedPoint;
import dev.idem.figures.Finding;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Verdict;
import java.util.List;
import java.util.Locale;

/** Where the scalar map is fixed, and which of these points attract. */
final class ScalarMapClaim {

  private static final double TOLERANCE = 1e-12;
  private static final List<Double> CLAIMED = List.of(0.0, 0.5, 1.0);

  private ScalarMapClaim() {}

  static Finding finding(List<FixedPoint> fixed) {
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
        "Coefficients solved for from the conditions on g at 0 and 1; real roots of g(k) − k isolated"
            + " in exact arithmetic, then rounded.",
        measured.toString(),
        verdict(fixed));
  }

  /** By the rule of {@link PaperClaims#SCALAR_MAP}. */
  static Verdict verdict(List<FixedPoint> fixed) {
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

  static boolean isNear(FixedPoint point, double location) {
    return Math.abs(point.location() - location) <= TOLERANCE;
  }

  private static double deviation(List<FixedPoint> fixed) {
    double largest = 0;
    for (int i = 0; i < CLAIMED.size(); i++) {
      largest = Math.max(largest, Math.abs(fixed.get(i).location() - CLAIMED.get(i)));
    }
    return largest;
  }
}
