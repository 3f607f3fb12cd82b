package dev.idem.figures;

import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.figures.Claim.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * What a trained map became, measured on fresh draws: whether f(f(x)) depends on f(x), which it
 * does not if f is a constant.
 *
 * @param errorOverVariance as {@link ErrorMeasurement#errorOverVariance}
 * @param powerRatio as {@link ErrorMeasurement#powerRatio}
 */
public record FinalMap(double errorOverVariance, double powerRatio) {

  private static final CollapseThresholds THRESHOLDS = CollapseThresholds.defaults();

  /** {@link #informative}, in words. */
  static final String RULE =
      String.format(
          Locale.ROOT,
          "a map is informative if error / variance of its outputs on fresh draws is below %s at the"
              + " end, and their power at most %.0f times the inputs’",
          THRESHOLDS.uninformativeError(),
          THRESHOLDS.inflatedPower());

  /** The map so measured. */
  public static FinalMap of(ErrorMeasurement measured) {
    return new FinalMap(measured.errorOverVariance(), measured.powerRatio());
  }

  /** A map that is no longer finite. */
  public static FinalMap diverged() {
    return new FinalMap(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Whether it is neither like a constant nor inflated, which lowers error / variance too. */
  public boolean informative() {
    return errorOverVariance < THRESHOLDS.uninformativeError()
        && powerRatio <= THRESHOLDS.inflatedPower();
  }

  /** How many are informative. */
  public static long informative(List<FinalMap> maps) {
    return maps.stream().filter(FinalMap::informative).count();
  }

  /** Reproduced if all of these are informative, in part if more than half are, otherwise not. */
  public static Verdict verdict(List<FinalMap> maps) {
    return Verdict.ofShare(informative(maps), maps.size());
  }

  /**
   * A sentence, such as "0 of 3 modified maps are informative; error / variance 1 (0.9 to 1.1)."
   *
   * @param what the maps are
   */
  public static String describe(String what, List<FinalMap> maps) {
    return "%s of %s %s are informative; error / variance %s."
        .formatted(
            informative(maps),
            maps.size(),
            what,
            Table.range(maps.stream().map(FinalMap::errorOverVariance).toList()));
  }
}
