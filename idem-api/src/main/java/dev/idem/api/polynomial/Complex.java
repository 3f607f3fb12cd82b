package dev.idem.api.polynomial;

/**
 * A complex number re + i im in double precision, with the arithmetic that iterating a polynomial
 * needs. Any doubles are allowed; an overflow or a NaN spreads as in real arithmetic.
 */
public record Complex(double re, double im) {

  /** 0. */
  public static final Complex ZERO = new Complex(0, 0);

  /** 1. */
  public static final Complex ONE = new Complex(1, 0);

  /** this + other. */
  public Complex plus(Complex other) {
    return new Complex(re + other.re, im + other.im);
  }

  /** this - other. */
  public Complex minus(Complex other) {
    return new Complex(re - other.re, im - other.im);
  }

  /** this * other. */
  public Complex times(Complex other) {
    return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
  }

  /** this * factor for a real factor. */
  public Complex times(double factor) {
    return new Complex(re * factor, im * factor);
  }

  /** re - i im. */
  public Complex conjugate() {
    return new Complex(re, -im);
  }

  /** |this| = sqrt(re^2 + im^2), without overflow on the way. */
  public double modulus() {
    return Math.hypot(re, im);
  }

  /** Whether both parts are finite. */
  public boolean isFinite() {
    return Double.isFinite(re) && Double.isFinite(im);
  }

  /** Written 0.5 + 1.25i. */
  @Override
  public String toString() {
    boolean below = im < 0;
    return re + (below ? " - " : " + ") + (below ? -im : im) + "i";
  }
}
