package dev.idem.api.polynomial;

import dev.idem.api.check.Require;

/**
 * The quintics that keep all the cubic keeps and are steeper between:
 *
 * <pre>g(K) = 3K^2 - 2K^3 + c K^2 (I - K)^2 (2K - I)</pre>
 *
 * <p>g(0) = 0, g(1) = 1, g'(0) = g'(1) = 0 and g(1 - k) = 1 - g(k) for every c; the slope at the
 * separatrix is g'(1/2) = 3/2 + c/8. c = 0 is the cubic, c = 3 the smoothstep of order 2.
 */
public final class SteepQuintic {

  private SteepQuintic() {}

  /**
   * The quintic of {@code steepness} c.
   *
   * @param steepness 1 to 8: at 8 the slope is 5/2, more than the 9/4 of two cubic steps, and [0,
   *     1] is mapped into (-0.031, 1.031), well within the basins; far above, it no longer is
   */
  public static IdempotentPolynomial of(int steepness) {
    Require.argument(
        steepness >= 1 && steepness <= 8, "steepness (%s) must be from 1 to 8", steepness);
    long c = steepness;
    return IdempotentPolynomial.of(0, 3 - c, 4 * c - 2, -5 * c, 2 * c);
  }
}
