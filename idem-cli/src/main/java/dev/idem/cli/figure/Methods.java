package dev.idem.cli.figure;

import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.IteratorStrategy;
import dev.idem.eval.chart.Style;
import java.util.LinkedHashMap;
import java.util.Map;

/** The two methods that the paper compares, and how they look. */
final class Methods {

  static final String CANONICAL = "canonical";
  static final String SUBSTITUTED = "substituted";

  private Methods() {}

  /** By name, in the order of every legend and table. */
  static Map<String, IdempotencyStrategy> all() {
    Map<String, IdempotencyStrategy> methods = new LinkedHashMap<>();
    methods.put(CANONICAL, new CanonicalStrategy());
    methods.put(SUBSTITUTED, new IteratorStrategy());
    return methods;
  }

  static Style style(String name) {
    return name.equals(CANONICAL) ? Style.SECOND : Style.FIRST;
  }
}
