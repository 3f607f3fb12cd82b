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

  private static final List<String> BEYOND_THE_PAPER = List.of(LIMITED, ACCELERATED, ANCHORED);

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

  /** Whether the paper compares this method. */
  static boolean inPaper(String name) {
    return !BEYOND_THE_PAPER.contains(name);
  }

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
