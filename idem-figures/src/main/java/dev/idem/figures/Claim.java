package dev.idem.figures;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A claim that figures put to the test, and the rule that decides. The rule comes before the
 * measurement: it is fixed text, and the figure that measures computes the verdict by it.
 *
 * @param name a word or two
 * @param statement what is claimed
 * @param rule which measurement gives which verdict, for every aspect
 * @param ofPaper whether it is one of the paper's own claims, rather than a further test
 * @param timing whether wall times decide, which differ from run to run
 * @param without aspects that do not apply to the claim, each with the reason
 */
public record Claim(
    String name,
    String statement,
    String rule,
    boolean ofPaper,
    boolean timing,
    Map<Aspect, String> without) {

  /** One of the three questions that are asked of a claim of the paper. */
  public enum Aspect {
    /** The claim with the gradients' scale as published. */
    AS_PUBLISHED("as published"),
    /** The claim with both gradients on one scale. */
    EQUAL_SCALE("at equal scale"),
    /** Whether the claim is about maps whose f(f(x)) depends on f(x). */
    MAPS("what the maps became");

    private final String label;

    Aspect(String label) {
      this.label = label;
    }

    /** In words. */
    public String label() {
      return label;
    }
  }

  /** The verdict on an aspect of a claim. */
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

    /** Reproduced if all of {@code count} show it, at least one, in part if more than half do. */
    public static Verdict ofShare(long showing, long count) {
      if (showing > 0 && showing == count) {
        return REPRODUCED;
      }
      return 2 * showing > count ? IN_PART : NOT_REPRODUCED;
    }
  }

  /**
   * The result of a figure on an aspect of a claim.
   *
   * @param claim which
   * @param aspect which of those that apply to the claim
   * @param setting what it was measured on: this project's own choice
   * @param measured the numbers
   * @param verdict by the claim's rule
   */
  public record Finding(
      Claim claim, Aspect aspect, String setting, String measured, Verdict verdict) {
    public Finding {
      Require.argument(
          claim.aspects().contains(aspect),
          "aspect '%s' does not apply to claim '%s': %s",
          aspect.label(),
          claim.name(),
          Objects.toString(claim.without().get(aspect)));
      Require.notBlank("setting of claim '" + claim.name() + "'", setting);
      Require.notBlank("measurement of claim '" + claim.name() + "'", measured);
      Require.argument(
          verdict != Verdict.NOT_MEASURED,
          "verdict on claim '%s' (%s) must follow from a measurement",
          claim.name(),
          verdict);
    }

    /** On the only aspect of a further test, or on a claim as published. */
    public Finding(Claim claim, String setting, String measured, Verdict verdict) {
      this(claim, Aspect.AS_PUBLISHED, setting, measured, verdict);
    }
  }

  public Claim {
    Require.notBlank("name of a claim", name);
    Require.notBlank("statement of claim '" + name + "'", statement);
    Require.notBlank("rule of claim '" + name + "'", rule);
    without = Map.copyOf(without);
    Require.argument(
        !without.containsKey(Aspect.AS_PUBLISHED),
        "claim '%s' must apply as published, or nothing could be measured of it",
        name);
  }

  /** A further test, measured in one way. */
  public static Claim of(String name, String statement, String rule) {
    String reason = "a further test is measured in one way";
    return new Claim(
        name,
        statement,
        rule,
        false,
        false,
        Map.of(Aspect.EQUAL_SCALE, reason, Aspect.MAPS, reason));
  }

  /** A claim of the paper. */
  public static Claim ofPaper(
      String name, String statement, String rule, Map<Aspect, String> without) {
    return new Claim(name, statement, rule, true, false, without);
  }

  /** This claim, decided by wall times. */
  public Claim timed() {
    return new Claim(name, statement, rule, ofPaper, true, without);
  }

  /** The aspects that apply, in order. */
  public List<Aspect> aspects() {
    return Arrays.stream(Aspect.values()).filter(aspect -> !without.containsKey(aspect)).toList();
  }
}
