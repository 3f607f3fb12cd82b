package dev.idem.figures.generative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.eval.distribution.Diversity;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.generative.Judge.Measurement;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  private static Measurement measured(
      CollapseVerdict verdict, double errorOverVariance, double rank) {
    return new Measurement(
        0.1,
        0.1,
        errorOverVariance,
        0.01,
        1,
        verdict,
        new Diversity(rank, 10, 1, 1),
        List.of(1.0, 1.0, 1.0),
        1,
        100,
        0.5,
        10);
  }

  @Test
  void stateNamesCollapseAndTheVerdict() {
    assertThat(measured(CollapseVerdict.HEALTHY, 0.2, 9).state()).isEqualTo("diverse");
    assertThat(measured(CollapseVerdict.HEALTHY, 0.2, 4).state()).isEqualTo("COLLAPSED");
    assertThat(measured(CollapseVerdict.CONSTANT, 0.2, 9).state())
        .isEqualTo("COLLAPSED (constant)");
    assertThat(measured(CollapseVerdict.DIVERGED, 0.2, 9).state())
        .isEqualTo("COLLAPSED (diverged)");
  }

  @Test
  void anUninformativeGeneratorIsNotIdempotentButMayBeDiverse() {
    Measurement diverse = measured(CollapseVerdict.UNINFORMATIVE, 0.6, 9);

    assertThat(diverse.state()).isEqualTo("diverse (uninformative)");
    assertThat(diverse.collapsed()).isFalse();
    assertThat(diverse.idempotent()).isFalse();
    assertThat(measured(CollapseVerdict.UNINFORMATIVE, 0.6, 4).state())
        .isEqualTo("COLLAPSED (uninformative)");
  }

  @Test
  void theThresholdOfIdempotentGeneratorsIsThatOfTheClaim() {
    double threshold = PaperClaims.IDEMPOTENT_GENERATOR;

    assertThat(measured(CollapseVerdict.HEALTHY, threshold, 9).idempotent()).isFalse();
    assertThat(measured(CollapseVerdict.HEALTHY, Math.nextDown(threshold), 9).idempotent())
        .isTrue();
    assertThat(PaperClaims.GENERATION.rule()).contains("below " + threshold + ";");
  }
}
