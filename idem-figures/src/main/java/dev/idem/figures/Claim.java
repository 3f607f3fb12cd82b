package dev.idem.figures;

import dev.idem.api.check.Require;
import java.util.Locale;

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

  /** The verdict on a claim. */
  public enum Verdict {
    /** The measurement shows what the claim says. */
    REPRODUCED,
    /** It shows some of it. */
    IN_PART,
    /** It does not show it. */
    NOT_REPRODUCED,
    /** Nothing was measured. */
    NOT_MEASURED;

    /** In lower case, with spaces. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * The result of a figure on a claim.
   *
   * @param claim which
   * @param setting what it was measured on: this project's own choice
   * @param measured the numbers
   * @param verdict by the claim's rule
   */
  public record Finding(Claim claim, String setting, String measured, Verdict verdict) {
    public Finding {
      Require.notBlank("setting of claim '" + claim.name() + "'", setting);
      Require.notBlank("measurement of claim '" + claim.name() + "'", measured);
      Require.argument(
          verdict != Verdict.NOT_MEASURED,
          "verdict on claim '%s' (%s) must follow from a measurement",
          claim.name(),
          verdict);
    }
  }

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
