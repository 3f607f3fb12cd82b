package dev.idem.cli.figure.generative;

import dev.idem.eval.chart.Style;
import dev.idem.generative.recipe.Method;

/** How the methods are called and drawn in every picture and table. */
final class MethodLook {

  private MethodLook() {}

  static String name(Method method) {
    return switch (method) {
      case RECONSTRUCTION_ITERATOR -> "reconstruction + substituted gradient";
      case IGN -> "IGN";
      case RECONSTRUCTION_CANONICAL -> "reconstruction + canonical loss";
      case RECONSTRUCTION -> "reconstruction alone";
    };
  }

  static Style style(Method method) {
    return switch (method) {
      case RECONSTRUCTION_ITERATOR -> Style.FIRST;
      case RECONSTRUCTION_CANONICAL -> Style.SECOND;
      case IGN -> Style.THIRD;
      case RECONSTRUCTION -> Style.FOURTH;
    };
  }
}
