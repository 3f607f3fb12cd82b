package dev.idem.eval.metrics;

import dev.idem.api.check.Numbers;
import dev.idem.api.check.Require;

/**
 * Where {@link CollapseVerdict} draws its lines. They are this project's own choice.
 *
 * <p>In this order the first that holds is the verdict:
 *
 * <ol>
 *   <li>DIVERGED: an application of f gave a number that is not finite;
 *   <li>ZERO: power &lt; zeroPower * input power, or no power at all;
 *   <li>IDENTITY: identity distance &lt; identityDistance;
 *   <li>CONSTANT: variance &lt; constantVariance * power, where the inputs' own variance is not
 *       that small; or effective rank &lt; constantRank, where the inputs' effective rank is at
 *       least twice that. In a space of one or two dimensions a line is no collapse, and samples
 *       that do not vary cannot show one;
 *   <li>INFLATED: power &gt; inflatedPower * input power;
 *   <li>UNINFORMATIVE: error &gt;= uninformativeError * variance, where the inputs' own variance is
 *       not small as above. Error / variance is 1 - R^2 of f(f(x)) as a prediction of f(x): 0 for
 *       every idempotent map, at least 1 where f(f(x)) does not depend on f(x);
 *   <li>HEALTHY.
 * </ol>
 *
 * @param inflatedPower above {@code zeroPower}; all are positive
 * @param uninformativeError see {@link ErrorMeasurement#errorOverVariance}
 */
public record CollapseThresholds(
    double zeroPower,
    double constantVariance,
    double constantRank,
    double identityDistance,
    double inflatedPower,
    double uninformativeError) {

  public CollapseThresholds {
    Require.positive("zeroPower", zeroPower);
    Require.positive("constantVariance", constantVariance);
    Require.positive("constantRank", constantRank);
    Require.positive("identityDistance", identityDistance);
    Require.positive("inflatedPower", inflatedPower);
    Require.positive("uninformativeError", uninformativeError);
    Require.argument(
        inflatedPower > zeroPower,
        "inflatedPower (%s) must be above zeroPower (%s)",
        inflatedPower,
        zeroPower);
  }

  /** 1e-3, 1e-3, 1.5, 1e-2, 1e2, 0.5. */
  public static CollapseThresholds defaults() {
    return new CollapseThresholds(1e-3, 1e-3, 1.5, 1e-2, 1e2, 0.5);
  }

  /** The verdict on a map. */
  public CollapseVerdict judge(IdempotencyReport report) {
    if (report.divergedAt().isPresent()) {
      return CollapseVerdict.DIVERGED;
    }
    if (report.power() == 0 || report.power() < zeroPower * report.inputPower()) {
      return CollapseVerdict.ZERO;
    }
    if (report.identityDistance() < identityDistance) {
      return CollapseVerdict.IDENTITY;
    }
    if (constant(report)) {
      return CollapseVerdict.CONSTANT;
    }
    if (report.power() > inflatedPower * report.inputPower()) {
      return CollapseVerdict.INFLATED;
    }
    return inputsVary(report) && report.errorOverVariance() >= uninformativeError
        ? CollapseVerdict.UNINFORMATIVE
        : CollapseVerdict.HEALTHY;
  }

  private boolean constant(IdempotencyReport report) {
    boolean inputsSpread = report.inputEffectiveRank() >= 2 * constantRank;
    return (inputsVary(report) && report.variance() < constantVariance * report.power())
        || (inputsSpread && report.effectiveRank() < constantRank);
  }

  private boolean inputsVary(IdempotencyReport report) {
    ErrorMeasurement measured = report.measurement();
    return measured.inputVariance() > 0
        && measured.inputVariance() >= constantVariance * measured.inputPower();
  }

  /** What a verdict says, with the threshold, such as {@code power above 100 times the inputs'}. */
  public String describe(CollapseVerdict verdict) {
    return switch (verdict) {
      case HEALTHY -> "none of the other verdicts";
      case ZERO -> "power below %s times the inputs’".formatted(Numbers.text(zeroPower));
      case CONSTANT ->
          "variance below %s times the power, or effective rank below %s"
              .formatted(Numbers.text(constantVariance), Numbers.text(constantRank));
      case IDENTITY ->
          "E‖f(x) − x‖² below %s times E‖x‖²".formatted(Numbers.text(identityDistance));
      case INFLATED -> "power above %s times the inputs’".formatted(Numbers.text(inflatedPower));
      case UNINFORMATIVE ->
          "error / variance of %s or more, so that f(f(x)) says little about f(x)"
              .formatted(Numbers.text(uninformativeError));
      case DIVERGED -> "f gave numbers that are not finite";
    };
  }

  /**
   * Whether a low idempotency error means anything. Zero, constants and the identity are perfectly
   * idempotent and useless, and scale is a free direction: growth lowers a ratio as shrinking
   * lowers an error. {@link CollapseThresholds#judge} decides.
   */
  public enum CollapseVerdict {
    /** None of the others. */
    HEALTHY,
    /** The output has next to no power. */
    ZERO,
    /** The outputs hardly differ from one another, or differ along a single line. */
    CONSTANT,
    /** The output is the input. */
    IDENTITY,
    /** The output's power has grown far beyond the input's. */
    INFLATED,
    /**
     * f(f(x)) says little about f(x), compared with what their mean says: a constant with noise, or
     * a map that is far from idempotent.
     */
    UNINFORMATIVE,
    /** An application of f gave a number that is not finite. */
    DIVERGED;

    /**
     * Whether f is finite, and degenerate. An uninformative map need not be: -x varies as x does,
     * and is as far from idempotent as maps get that keep the power.
     */
    public boolean collapsed() {
      return switch (this) {
        case ZERO, CONSTANT, IDENTITY, INFLATED -> true;
        case HEALTHY, UNINFORMATIVE, DIVERGED -> false;
      };
    }
  }
}
