package dev.idem.api.reference;

import dev.idem.api.algebra.Activation;

/** Activations and their derivatives at a number. */
final class Activations {

  private Activations() {}

  static double value(Activation activation, double x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : Activation.LEAKY_SLOPE * x;
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x);
      case SELU -> Activation.SELU_SCALE * (x > 0 ? x : Activation.SELU_ALPHA * Math.expm1(x));
      case GELU -> 0.5 * x * (1 + Math.tanh(geluInner(x)));
    };
  }

  static double derivative(Activation activation, double x) {
    return switch (activation) {
      case IDENTITY -> 1;
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : Activation.LEAKY_SLOPE;
      case TANH -> 1 - square(Math.tanh(x));
      case SIGMOID -> sigmoid(x) * (1 - sigmoid(x));
      case SELU -> Activation.SELU_SCALE * (x > 0 ? 1 : Activation.SELU_ALPHA * Math.exp(x));
      case GELU -> {
        double t = Math.tanh(geluInner(x));
        double innerDerivative = Activation.GELU_SCALE * (1 + 3 * Activation.GELU_CUBIC * x * x);
        yield 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * innerDerivative;
      }
    };
  }

  private static double geluInner(double x) {
    return Activation.GELU_SCALE * (x + Activation.GELU_CUBIC * x * x * x);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double square(double x) {
    return x * x;
  }
}
