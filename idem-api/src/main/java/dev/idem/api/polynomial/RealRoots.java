package dev.idem.api.polynomial;

import dev.idem.api.check.Require;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The real roots of a polynomial c_0 + c_1 k + ... + c_n k^n with integer coefficients, c_n not 0.
 * Between neighbouring roots of its derivative it is monotone, so that a change of sign there is
 * one root, which bisection finds. Values are exact; only the points they are taken at are rounded.
 */
final class RealRoots {

  /**
   * A value this small beside its terms is 0: next to a double or triple root, which need not be a
   * double and at which the sign need not change.
   */
  private static final double ZERO = 1e-30;

  private RealRoots() {}

  /** The distinct real roots, ascending, correct to the last place; {@code f} is not constant. */
  static List<Double> of(List<BigInteger> f) {
    Require.argument(f.size() > 1, "polynomial %s must not be constant", f);
    double bound = bound(f);
    TreeSet<Double> ends = new TreeSet<>(List.of(-bound, 0.0, bound));
    if (f.size() > 2) {
      ends.addAll(of(derivative(f)));
    }
    List<Double> roots = new ArrayList<>();
    double low = -bound;
    int signAtLow = 0;
    for (double high : ends) {
      int sign = sign(f, high);
      if (sign == 0) {
        roots.add(high);
      } else if (sign * signAtLow < 0) {
        roots.add(bisected(f, low, high, sign));
      }
      low = high;
      signAtLow = sign;
    }
    return roots;
  }

  /** Cauchy's bound on the size of roots, with room for its rounding. */
  private static double bound(List<BigInteger> f) {
    double largest = f.stream().mapToDouble(c -> Math.abs(c.doubleValue())).max().orElse(0);
    return 2 + largest / Math.abs(f.get(f.size() - 1).doubleValue());
  }

  private static double bisected(List<BigInteger> f, double below, double above, int signAbove) {
    double low = below;
    double high = above;
    double middle = low + (high - low) / 2;
    while (low < middle && middle < high) {
      int sign = sign(f, middle);
      if (sign == 0) {
        return middle;
      }
      if (sign == signAbove) {
        high = middle;
      } else {
        low = middle;
      }
      middle = low + (high - low) / 2;
    }
    return value(f, low).abs().compareTo(value(f, high).abs()) < 0 ? low : high;
  }

  private static int sign(List<BigInteger> f, double k) {
    double size = 0;
    for (int power = f.size() - 1; power >= 0; power--) {
      size = size * Math.abs(k) + Math.abs(f.get(power).doubleValue());
    }
    BigDecimal value = value(f, k);
    return Math.abs(value.doubleValue()) <= ZERO * size ? 0 : value.signum();
  }

  /** f(k) by Horner's rule, exactly. */
  static BigDecimal value(List<BigInteger> f, double k) {
    BigDecimal at = new BigDecimal(k);
    BigDecimal value = BigDecimal.ZERO;
    for (int power = f.size() - 1; power >= 0; power--) {
      value = value.multiply(at).add(new BigDecimal(f.get(power)));
    }
    return value;
  }

  static List<BigInteger> derivative(List<BigInteger> f) {
    List<BigInteger> derivative = new ArrayList<>();
    for (int power = 1; power < f.size(); power++) {
      derivative.add(f.get(power).multiply(BigInteger.valueOf(power)));
    }
    return derivative;
  }
}
