package dev.idem.figures;

import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Strategies;
import dev.idem.figures.chart.Style;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods that figures compare, and the one style that each has in all of them. */
public final class Methods {

  /** The canonical loss and the substituted gradient together. */
  public static final String BOTH = Strategies.CANONICAL + " + " + Strategies.SUBSTITUTED;

  /** An encoder and a decoder made idempotent by construction, trained for the task alone. */
  public static final String EXACT = "exact";

  /** The same between trained reflections. */
  public static final String EXACT_TURNED = EXACT + ", turned";

  /** An invertible network around a fixed projection, trained for the task alone. */
  public static final String LINEARIZER = "linearizer";

  /** An orthogonal projection onto a trained subspace. */
  public static final String PROJECTION = "orthogonal projection";

  /** A plain network that the code's share of a sample bypasses, trained for the task alone. */
  public static final String BYPASS = "task alone, bypass";

  /** Suffix of a plug-in's method, so that no reader takes it for one of ours. */
  private static final String OF_PLUGIN = " (plug-in)";

  private static final Map<String, Style> STYLES =
      Map.ofEntries(
          Map.entry(Strategies.SUBSTITUTED, Style.FIRST),
          Map.entry(Strategies.CANONICAL, Style.SECOND),
          Map.entry(Strategies.LIMITED, Style.THIRD),
          Map.entry(Strategies.ACCELERATED, Style.FOURTH),
          Map.entry(Strategies.ANCHORED, Style.FIFTH),
          Map.entry(Strategies.FROZEN_TARGET, Style.SIXTH),
          Map.entry(BOTH, Style.SEVENTH),
          Map.entry(EXACT, Style.ELEVENTH),
          Map.entry(EXACT_TURNED, Style.TWELFTH),
          Map.entry(LINEARIZER, Style.THIRTEENTH),
          Map.entry(PROJECTION, Style.FOURTEENTH),
          Map.entry(BYPASS, Style.FIFTEENTH));

  private static final List<Style> OF_PLUGINS = List.of(Style.EIGHTH, Style.NINTH, Style.TENTH);

  private Methods() {}

  /** The paper's two by name, in the order of every legend and table. */
  public static Map<String, IdempotencyStrategy> all() {
    return named(Strategies.CANONICAL, Strategies.SUBSTITUTED);
  }

  /** The paper's two, then ours. */
  public static Map<String, IdempotencyStrategy> withOurs() {
    return named(
        Strategies.CANONICAL,
        Strategies.SUBSTITUTED,
        Strategies.LIMITED,
        Strategies.ACCELERATED,
        Strategies.ANCHORED);
  }

  private static Map<String, IdempotencyStrategy> named(String... names) {
    Map<String, IdempotencyStrategy> methods = new LinkedHashMap<>();
    for (String name : names) {
      methods.put(name, Strategies.named(name));
    }
    return methods;
  }

  /** The name of a plug-in's strategy among the methods. */
  public static String ofPlugin(String strategy) {
    return strategy + OF_PLUGIN;
  }

  /** Whether a method is a plug-in's. */
  public static boolean isOfPlugin(String name) {
    return name.endsWith(OF_PLUGIN);
  }

  /** Whether the paper compares this method. */
  public static boolean inPaper(String name) {
    return name.equals(Strategies.CANONICAL) || name.equals(Strategies.SUBSTITUTED);
  }

  /**
   * The style of a method among others; that of a plug-in's by its place among those of plug-ins.
   */
  public static Style style(String name, List<String> among) {
    if (!isOfPlugin(name)) {
      return style(name);
    }
    int place = among.stream().filter(Methods::isOfPlugin).toList().indexOf(name);
    return OF_PLUGINS.get(Math.floorMod(place, OF_PLUGINS.size()));
  }

  /**
   * The style of one of the paper's methods or of ours.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static Style style(String name) {
    Style style = STYLES.get(name);
    if (style == null) {
      throw new IllegalArgumentException("method '" + name + "' has no style");
    }
    return style;
  }

  /** The name of a way to train a generator. */
  public static String name(Method method) {
    return switch (method) {
      case RECONSTRUCTION_SUBSTITUTED -> "reconstruction + substituted gradient";
      case IGN -> "IGN";
      case RECONSTRUCTION_CANONICAL -> "reconstruction + canonical loss";
      case RECONSTRUCTION -> "reconstruction alone";
    };
  }

  /** The style of a way to train a generator: that of its idempotency term, if it has ours. */
  public static Style style(Method method) {
    return switch (method) {
      case RECONSTRUCTION_SUBSTITUTED -> style(Strategies.SUBSTITUTED);
      case RECONSTRUCTION_CANONICAL -> style(Strategies.CANONICAL);
      case IGN -> Style.EIGHTH;
      case RECONSTRUCTION -> Style.NINTH;
    };
  }
}
