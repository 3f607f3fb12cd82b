package dev.idem.eval.metrics;

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
 *   <li>HEALTHY.
 * </ol>
 *
 * @param inflatedPower above {@code zeroPower}; all are positive
 */
public record CollapseThresholds(
    double zeroPower,
    double constantVariance,
    double constantRank,
    double identityDistance,
    double inflatedPower) {

  public CollapseThresholds {
    Require.positive("zeroPower", zeroPower);
    Require.positive("constantVariance", constantVariance);
    Require.positive("constantRank", constantRank);
    Require.positive("identityDistance", identityDistance);
    Require.positive("inflatedPower", inflatedPower);
    Require.argument(
        inflatedPower > zeroPower,
        "inflatedPower (%s) must be above zeroPower (%s)",
        inflatedPower,
        zeroPower);
  }

  /** 1e-3, 1e-3, 1.5, 1e-2, 1e2. */
  public static CollapseThresholds defaults() {
    return new CollapseThresholds(1e-3, 1e-3, 1.5, 1e-2, 1e2);
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
    return report.power() > inflatedPower * report.inputPower()
        ? CollapseVerdict.INFLATED
        : CollapseVerdict.HEALTHY;
  }

  private boolean constant(IdempotencyReport report) {
    ErrorMeasurement measured = report.measurement();
    boolean inputsVary =
        measured.inputVariance() > 0
            && measured.inputVariance() >= constantVariance * measured.inputPower();
    boolean inputsSpread = report.inputEffectiveRank() >= 2 * constantRank;
    return (inputsVary && measured.variance() < constantVariance * measured.power())
        || (inputsSpread && report.effectiveRank() < constantRank);
  }
}
