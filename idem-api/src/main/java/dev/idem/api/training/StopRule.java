package dev.idem.api.training;

import dev.idem.api.check.Numbers;
import dev.idem.api.check.Require;
import dev.idem.api.training.TrainingListener.StepReport;
import java.util.Optional;

/** Ends a run before its last step. Stateless. */
@FunctionalInterface
public interface StopRule {

  /** The reason to stop after this step, or empty to continue. */
  Optional<String> reasonToStop(StepReport report);

  /**
   * Stops when a term's value falls below a threshold.
   *
   * @param term the name of a term
   * @param threshold positive
   */
  record TermBelow(String term, double threshold) implements StopRule {
    public TermBelow {
      Require.notBlank("term", term);
      Require.positive("threshold", threshold);
    }

    @Override
    public Optional<String> reasonToStop(StepReport report) {
      Double value = report.terms().get(term);
      Require.argument(
          value != null,
          "stop rule watches term '%s'; the objective has %s",
          term,
          report.terms().keySet());
      return value != null && value < threshold
          ? Optional.of("%s (%s) is below %s".formatted(term, value, threshold))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return "%s below %s".formatted(term, Numbers.text(threshold));
    }
  }

  /**
   * Stops when the global gradient norm falls below a threshold.
   *
   * @param threshold positive
   */
  record GradientNormBelow(double threshold) implements StopRule {
    public GradientNormBelow {
      Require.positive("threshold", threshold);
    }

    @Override
    public Optional<String> reasonToStop(StepReport report) {
      return report.gradientNorm() < threshold
          ? Optional.of(
              "gradient norm (%s) is below %s".formatted(report.gradientNorm(), threshold))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return "gradient norm below " + Numbers.text(threshold);
    }
  }
}
