package dev.idem.figures;

import dev.idem.api.check.Require;

/**
 * A claim that figures put to the test, and the rule that decides. The rule comes before the
 * measurement: it is fixed text, and the figure that measures computes the verdict by it.
 *
 * @param name a word or two
 * @param statement what is claimed
 * @param rule which measurement gives which verdict
 * @param timing whether wall times decide, which differ from run to run
 */
public record Claim(String name, String statement, String rule, boolean timing) {
  public Claim {
    Require.notBlank("name of a claim", name);
    Require.notBlank("statement of claim '" + name + "'", statement);
    Require.notBlank("rule of claim '" + name + "'", rule);
  }

  /** A claim that is decided by the same numbers in every run. */
  public static Claim of(String name, String statement, String rule) {
    return new Claim(name, statement, rule, false);
  }

  /** A claim that wall times decide. */
  public static Claim timed(String name, String statement, String rule) {
    return new Claim(name, statement, rule, true);
  }
}
