package dev.idem.api.polynomial;

/** Horner's rule in double precision for c_1 k + ... + c_n k^n; index is the power, c_0 unused. */
final class Horner {

  private Horner() {}

  static double value(double[] coefficients, double k) {
    double value = 0;
    for (int power = coefficients.length - 1; power >= 1; power--) {
      value = (value + coefficients[power]) * k;
    }
    return value;
  }

  static double derivative(double[] coefficients, double k) {
    double value = 0;
    for (int power = coefficients.length - 1; power >= 1; power--) {
      value = value * k + power * coefficients[power];
    }
    return value;
  }

  static Complex value(double[] coefficients, Complex k) {
    double re = 0;
    double im = 0;
    for (int power = coefficients.length - 1; power >= 1; power--) {
      double shifted = re + coefficients[power];
      re = shifted * k.re() - im * k.im();
      im = shifted * k.im() + im * k.re();
    }
    return new Complex(re, im);
  }

  /** One matrix product fewer than the degree. */
  static double[][] value(double[] coefficients, double[][] k) {
    double[][] value = SquareMatrices.scaled(k, coefficients[coefficients.length - 1]);
    for (int power = coefficients.length - 2; power >= 1; power--) {
      SquareMatrices.addToDiagonal(value, coefficients[power]);
      value = SquareMatrices.product(value, k);
    }
    return value;
  }

  /**
   * R with |g(k)| &gt;= 2 |k| wherever |k| &gt; R, for complex k: from |g(k)| &gt;= |k|^(n-1)
   * (|c_n| |k| - |c_1| - ... - |c_(n-1)|). The degree must be at least 2.
   */
  static double escapeRadius(double[] coefficients) {
    int degree = coefficients.length - 1;
    double lower = 0;
    for (int power = 1; power < degree; power++) {
      lower += Math.abs(coefficients[power]);
    }
    return Math.max(1, (lower + 2) / Math.abs(coefficients[degree]));
  }
}
