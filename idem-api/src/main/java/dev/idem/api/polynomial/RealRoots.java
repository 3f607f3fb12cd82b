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

  private RealRoots() {}

  /** The distinct real roots, ascending, correct to the last place; {@code f} is not constant. */
  static List<Double> of(List<BigInteger> f) {
    Require.argument(f.size() > 1, "polynomial %s must not be constant", f);
    double bound = bound(f);
    List<Double> turns = f.size() > 2 ? of(derivative(f)) : List.of();
    TreeSet<Double> ends = new TreeSet<>(turns);
    ends.addAll(List.of(-bound, 0.0, bound));
    List<Double> roots = new ArrayList<>();
    double low = -bound;
    int signAtLow = 0;
    for (double high : ends) {
      int sign = turns.contains(high) && touches(f, high) ? 0 : scaled(f, high).signum();
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
      int sign = scaled(f, middle).signum();
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

  /** Whether f(k) is at most f''(k) ulp(k)^2, which is what rounding a multiple root leaves. */
  private static boolean touches(List<BigInteger> f, double k) {
    BigInteger curvature = scaled(derivative(derivative(f)), k);
    return scaled(f, k).abs().compareTo(curvature.abs()) <= 0;
  }

  /** f(k) 2^(n places(k)), n the degree: a whole number, for k is a multiple of 2^-places(k). */
  private static BigInteger scaled(List<BigInteger> f, double k) {
    int places = places(k);
    BigInteger at = new BigDecimal(Math.scalb(k, places)).toBigIntegerExact();
    BigInteger value = BigInteger.ZERO;
    int shift = 0;
    for (int power = f.size() - 1; power >= 0; power--) {
      value = value.multiply(at).add(f.get(power).shiftLeft(shift));
      shift += places;
    }
    return value;
  }

  /** Binary places of k, or more: for 0 as many as any double has. */
  private static int places(double k) {
    return Math.max(0, 52 - Math.getExponent(k));
  }

  /** Whether f(k) is below (-1), at (0) or above (1) a bound, exactly. */
  static int compare(List<BigInteger> f, double k, double bound) {
    BigDecimal unit = new BigDecimal(BigInteger.ONE.shiftLeft(places(k) * (f.size() - 1)));
    return new BigDecimal(scaled(f, k)).compareTo(new BigDecimal(bound).multiply(unit));
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
