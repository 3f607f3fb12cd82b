package dev.idem.api.algebra;

import java.util.Locale;

/** A function applied to each element of a tensor between layers. */
public enum Activation {
  /** x. */
  IDENTITY,
  /** max(x, 0). */
  RELU,
  /** x for x &gt; 0, else 0.2 x: the slope used by DCGAN and IGN. */
  LEAKY_RELU,
  /** tanh(x). */
  TANH,
  /** 1 / (1 + exp(-x)). */
  SIGMOID,
  /**
   * s x for x &gt; 0, else s a (exp(x) - 1), with s = 1.0507009873554805, a = 1.6732632423543772.
   */
  SELU,
  /** x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))): the tanh form of Hendrycks and Gimpel, 2016. */
  GELU;

  /** The slope of {@link #LEAKY_RELU} below zero. */
  public static final double LEAKY_SLOPE = 0.2;

  /** The scale s of {@link #SELU}. */
  public static final double SELU_SCALE = 1.0507009873554805;

  /** The factor a of {@link #SELU}. */
  public static final double SELU_ALPHA = 1.6732632423543772;

  /** The factor sqrt(2/pi) of {@link #GELU}. */
  public static final double GELU_SCALE = 0.7978845608028654;

  /** The cubic coefficient of {@link #GELU}. */
  public static final double GELU_CUBIC = 0.044715;

  /** The name in the field's spelling, lower case with hyphens: {@code leaky-relu}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The function at a number, in double precision. */
  public double value(double x) {
    return switch (this) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : LEAKY_SLOPE * x;
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SELU -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
      case GELU -> 0.5 * x * (1 + Math.tanh(geluInner(x)));
    };
  }

  /** Its derivative at a number; that from the left where it has a kink. */
  public double derivative(double x) {
    return switch (this) {
      case IDENTITY -> 1;
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : LEAKY_SLOPE;
      case TANH -> 1 - value(x) * value(x);
      case SIGMOID -> value(x) * (1 - value(x));
      case SELU -> SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x));
      case GELU -> {
        double t = Math.tanh(geluInner(x));
        double innerDerivative = GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x);
        yield 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * innerDerivative;
      }
    };
  }

  private static double geluInner(double x) {
    return GELU_SCALE * (x + GELU_CUBIC * x * x * x);
  }
}
