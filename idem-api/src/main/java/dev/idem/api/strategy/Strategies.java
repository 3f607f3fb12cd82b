package dev.idem.api.strategy;

import dev.idem.api.check.Require;
import dev.idem.api.polynomial.IdempotentPolynomial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The built-in strategies by name: the only place where one has a name. */
public final class Strategies {

  /** The canonical loss ||f(f(x)) - f(x)||^2. */
  public static final String CANONICAL = "canonical";

  /** The canonical loss with frozen outer parameters. */
  public static final String FROZEN_TARGET = "frozen-target";

  /** The paper's method: dL/dy = -(3 f(y) - 2 f(f(y)) - y). */
  public static final String SUBSTITUTED = "substituted";

  /** The substituted gradient towards a target of limited length. */
  public static final String LIMITED = "limited";

  /** The limited gradient of a quintic of slope 5/2 at 1/2. */
  public static final String ACCELERATED = "accelerated";

  /** The canonical loss plus the limited gradient. */
  public static final String ANCHORED = "anchored";

  private static final int STEEPNESS = 8;

  private static final Map<String, IdempotencyStrategy> ALL = build();

  private Strategies() {}

  /** Each with its default parameters, in the order of every listing. */
  public static Map<String, IdempotencyStrategy> all() {
    return ALL;
  }

  /**
   * The strategy of that name.
   *
   * @throws IllegalArgumentException with the known names, if there is none
   */
  public static IdempotencyStrategy named(String name) {
    return Require.known(ALL.get(name), "strategy", name, ALL.keySet());
  }

  private static Map<String, IdempotencyStrategy> build() {
    Map<String, IdempotencyStrategy> strategies = new LinkedHashMap<>();
    strategies.put(CANONICAL, new CanonicalStrategy());
    strategies.put(FROZEN_TARGET, new FrozenTargetStrategy());
    strategies.put(SUBSTITUTED, new SubstitutedGradient());
    strategies.put(LIMITED, new LimitedStrategy());
    strategies.put(ACCELERATED, new LimitedStrategy(IdempotentPolynomial.steepQuintic(STEEPNESS)));
    strategies.put(ANCHORED, new AnchoredStrategy());
    return Collections.unmodifiableMap(strategies);
  }
}
