package dev.idem.api.polynomial;

/**
 * Where the iteration of a polynomial took a start.
 *
 * @param attractor what was reached
 * @param iterations how many applications it took; all that were allowed if undecided
 */
public record Attraction(Attractor attractor, int iterations) {

  /** What the iteration of a polynomial can be seen to reach. */
  public enum Attractor {
    /** The superattracting fixed point 0. */
    ZERO,
    /** The superattracting fixed point 1. */
    ONE,
    /** The iterates grow without bound. */
    INFINITY,
    /** None of these within the iterations allowed. */
    UNDECIDED
  }

  /** Iterates {@code g}, which must at least double every modulus beyond {@code escapeRadius}. */
  static Attraction of(
      IdempotentPolynomial g,
      Complex start,
      int maxIterations,
      double tolerance,
      double escapeRadius) {
    Complex z = start;
    for (int iteration = 0; iteration <= maxIterations; iteration++) {
      Attractor reached = reached(z, tolerance, escapeRadius);
      if (reached != Attractor.UNDECIDED) {
        return new Attraction(reached, iteration);
      }
      if (iteration < maxIterations) {
        z = g.evaluate(z);
      }
    }
    return new Attraction(Attractor.UNDECIDED, maxIterations);
  }

  private static Attractor reached(Complex z, double tolerance, double escapeRadius) {
    if (z.modulus() <= tolerance) {
      return Attractor.ZERO;
    }
    if (z.minus(Complex.ONE).modulus() <= tolerance) {
      return Attractor.ONE;
    }
    return z.modulus() <= escapeRadius ? Attractor.UNDECIDED : Attractor.INFINITY;
  }
}
