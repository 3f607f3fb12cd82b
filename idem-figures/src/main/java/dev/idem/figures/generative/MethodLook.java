package dev.idem.figures.generative;

import dev.idem.api.strategy.Strategies;
import dev.idem.figures.Methods;
import dev.idem.figures.chart.Style;
import dev.idem.generative.recipe.Method;

/** The name and style of each method in every figure and table. */
final class MethodLook {

  private MethodLook() {}

  static String name(Method method) {
    return switch (method) {
      case RECONSTRUCTION_SUBSTITUTED -> "reconstruction + substituted gradient";
      case IGN -> "IGN";
      case RECONSTRUCTION_CANONICAL -> "reconstruction + canonical loss";
      case RECONSTRUCTION -> "reconstruction alone";
    };
  }

  static Style style(Method method) {
    return switch (method) {
      case RECONSTRUCTION_SUBSTITUTED -> Methods.style(Strategies.SUBSTITUTED);
      case RECONSTRUCTION_CANONICAL -> Methods.style(Strategies.CANONICAL);
      case IGN -> Style.EIGHTH;
      case RECONSTRUCTION -> Style.NINTH;
    };
  }
}
