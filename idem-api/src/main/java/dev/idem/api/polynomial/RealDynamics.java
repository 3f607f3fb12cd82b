package dev.idem.api.polynomial;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The iteration of an idempotent polynomial g on the real line, in exact arithmetic.
 *
 * <p>Why a finite set of points is enough: g maps the immediate basin I = (a, b) of a fixed point t
 * into itself and its ends, by continuity, to ends. So each end is a fixed point, is mapped to one,
 * or is in the 2-cycle a, b. Conversely, no fixed point but t, no point mapped to one, and no point
 * of a 2-cycle is in the basin. The ends of I are therefore the nearest such points on either side
 * of t. Likewise the smallest and the largest point with a bounded orbit map to one another or to
 * themselves, and are the outermost of these points.
 */
final class RealDynamics {

  /** A multiplier this close to 0, or to 1 in size, is taken to be. */
  private static final Rational MULTIPLIER_PRECISION =
      new Rational(BigInteger.ONE, BigInteger.ONE.shiftLeft(64));

  private final IntegerPolynomial g;

  /** g(k) - k. */
  private final IntegerPolynomial displacement;

  RealDynamics(IntegerPolynomial g) {
    this.g = g;
    this.displacement = g.minus(IntegerPolynomial.IDENTITY);
  }

  List<FixedPoint> fixedPoints() {
    return RealRoots.of(displacement).stream().map(this::fixedPoint).toList();
  }

  private FixedPoint fixedPoint(Rational location) {
    Rational multiplier = g.derivative().valueAt(location);
    return new FixedPoint(location.doubleValue(), multiplier.doubleValue(), nature(multiplier));
  }

  private static FixedPoint.Nature nature(Rational multiplier) {
    Rational size = multiplier.abs();
    Rational excess = size.minus(Rational.ONE);
    if (size.compareTo(MULTIPLIER_PRECISION) < 0) {
      return FixedPoint.Nature.SUPERATTRACTING;
    }
    if (excess.abs().compareTo(MULTIPLIER_PRECISION) < 0) {
      return FixedPoint.Nature.NEUTRAL;
    }
    return excess.signum() < 0 ? FixedPoint.Nature.ATTRACTING : FixedPoint.Nature.REPELLING;
  }

  Interval basin(int target) {
    Rational t = Rational.of(target);
    NavigableSet<Rational> outside = cycles();
    outside.remove(t);
    outside.addAll(preimagesOfRoots(SquareFree.dividedBy(displacement, linearFactor(t))));
    return new Interval(outside.lower(t).doubleValue(), outside.higher(t).doubleValue());
  }

  Interval boundedInterval() {
    NavigableSet<Rational> bounded = cycles();
    bounded.addAll(preimagesOfRoots(displacement));
    return new Interval(bounded.first().doubleValue(), bounded.last().doubleValue());
  }

  /** The real k with g(g(k)) = k: fixed points and 2-cycles. */
  private NavigableSet<Rational> cycles() {
    return new TreeSet<>(RealRoots.of(g.compose(g).minus(IntegerPolynomial.IDENTITY)));
  }

  /**
   * The real k with f(g(k)) = 0. Roots of f that are known exactly are taken one by one: their
   * preimages may be multiple, which is cheap to sort out only in a polynomial of low degree.
   */
  private List<Rational> preimagesOfRoots(IntegerPolynomial f) {
    List<Rational> preimages = new ArrayList<>();
    IntegerPolynomial rest = SquareFree.part(f);
    for (Rational root : RealRoots.of(rest)) {
      if (f.signAt(root) == 0) {
        preimages.addAll(RealRoots.of(linearFactor(root).compose(g)));
        rest = SquareFree.dividedBy(rest, linearFactor(root));
      }
    }
    if (rest.degree() > 0) {
      preimages.addAll(RealRoots.of(rest.compose(g)));
    }
    return Collections.unmodifiableList(preimages);
  }

  /** denominator * k - numerator, whose only root is {@code root}. */
  private static IntegerPolynomial linearFactor(Rational root) {
    return new IntegerPolynomial(List.of(root.numerator().negate(), root.denominator()));
  }
}
