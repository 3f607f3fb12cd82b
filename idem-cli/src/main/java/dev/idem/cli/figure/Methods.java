package dev.idem.cli.figure;

import dev.idem.api.polynomial.SteepQuintic;
import dev.idem.api.strategy.AnchoredStrategy;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.IteratorStrategy;
import dev.idem.api.strategy.LimitedStrategy;
import dev.idem.eval.chart.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods that figures compare, and how they look. */
final class Methods {

  static final String CANONICAL = "canonical";
  static final String SUBSTITUTED = "substituted";
  static final String LIMITED = "limited";
  static final String ACCELERATED = "accelerated";
  static final String ANCHORED = "anchored";

  /** Ends the name of a plug-in's method, so that no reader takes it for one of ours. */
  private static final String OF_PLUGIN = " (plug-in)";

  private static final List<Style> OF_PLUGINS =
      List.of(Style.SIXTH, Style.SEVENTH, Style.EIGHTH, Style.NINTH, Style.TENTH);

  private Methods() {}

  /** The paper's two by name, in the order of every legend and table. */
  static Map<String, IdempotencyStrategy> all() {
    Map<String, IdempotencyStrategy> methods = new LinkedHashMap<>();
    methods.put(CANONICAL, new CanonicalStrategy());
    methods.put(SUBSTITUTED, new IteratorStrategy());
    return methods;
  }

  /** The paper's two, then ours. */
  static Map<String, IdempotencyStrategy> withOurs() {
    Map<String, IdempotencyStrategy> methods = all();
    methods.put(LIMITED, new LimitedStrategy());
    methods.put(ACCELERATED, new LimitedStrategy(SteepQuintic.of(8)));
    methods.put(ANCHORED, new AnchoredStrategy());
    return methods;
  }

  /** What a plug-in's strategy is called among the methods. */
  static String ofPlugin(String strategy) {
    return strategy + OF_PLUGIN;
  }

  static boolean isOfPlugin(String name) {
    return name.endsWith(OF_PLUGIN);
  }

  /** Whether the paper compares this method. */
  static boolean inPaper(String name) {
    return name.equals(CANONICAL) || name.equals(SUBSTITUTED);
  }

  /** How a method looks among others: a plug-in's by its place among those of plug-ins. */
  static Style style(String name, List<String> among) {
    if (!isOfPlugin(name)) {
      return style(name);
    }
    int place = among.stream().filter(Methods::isOfPlugin).toList().indexOf(name);
    return OF_PLUGINS.get(Math.floorMod(place, OF_PLUGINS.size()));
  }

  /** How one of the paper's methods or of ours looks. */
  static Style style(String name) {
    return switch (name) {
      case CANONICAL -> Style.SECOND;
      case LIMITED -> Style.THIRD;
      case ACCELERATED -> Style.FOURTH;
      case ANCHORED -> Style.FIFTH;
      default -> Style.FIRST;
    };
  }
}
