package dev.idem.figures.efficacy;

import dev.idem.eval.comparison.Quartiles;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.Summary;
import dev.idem.eval.metrics.CollapseVerdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Number formats and wording of the efficacy figure. */
final class EfficacyWording {

  private EfficacyWording() {}

  /** How the runs ended; divergences are named even where there is none. */
  static String verdicts(Summary summary) {
    List<String> parts = new ArrayList<>();
    summary
        .verdicts()
        .forEach(
            (verdict, count) -> {
              if (verdict != CollapseVerdict.DIVERGED) {
                parts.add(count + " " + label(verdict));
              }
            });
    parts.add(summary.diverged() + " diverged");
    return String.join(", ", parts);
  }

  static String label(CollapseVerdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  static String quartiles(Quartiles quartiles) {
    return shown(quartiles.lower(), "%.1e") + " to " + shown(quartiles.upper(), "%.1e");
  }

  static String shown(double value, String format) {
    return Double.isInfinite(value)
        ? (value > 0 ? "∞" : "−∞")
        : String.format(Locale.ROOT, format, value);
  }

  /** Such as {@code 1.0e-04 error / power (3 healthy, 0 diverged)}. */
  static String outcome(StrategyOutcome outcome) {
    double score = outcome.summary().score().median();
    return Double.isInfinite(score)
        ? "without a majority of healthy runs (%s)".formatted(verdicts(outcome.summary()))
        : "%s error / power (%s)".formatted(shown(score, "%.1e"), verdicts(outcome.summary()));
  }

  /** 10, 0.3 or 3e-4. */
  static String rate(double rate) {
    return rate >= 0.01
        ? BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.0e", rate).replace("e-0", "e-");
  }
}
