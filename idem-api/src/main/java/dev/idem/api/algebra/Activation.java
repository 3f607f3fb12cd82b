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
}
