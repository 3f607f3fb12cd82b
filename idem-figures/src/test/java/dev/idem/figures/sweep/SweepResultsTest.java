package dev.idem.figures.sweep;

import static dev.idem.figures.sweep.TypicalSweeps.METRIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.figures.sweep.SweepResults.Axis;
import dev.idem.figures.sweep.SweepResults.Run;
import dev.idem.figures.sweep.SweepResults.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepResultsTest {

  private static final Axis RATE =
      new Axis("plan.learningRate", List.of("0.1", "0.01"), true, true);

  private static Run run(String id, String rate, long seed, Map<String, Double> metrics) {
    return new Run(id, List.of(rate), seed, State.FINISHED, 1, metrics, "");
  }

  private static void refused(String message, Run... runs) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TypicalSweeps.results("t", List.of(RATE), List.of(runs), Map.of()))
        .withMessage(message);
  }

  @Test
  void inconsistentRunsAreRefused() {
    Map<String, Double> one = Map.of(METRIC, 1.0);
    refused("sweep 't' must have a run");
    refused("run 'a': axis 'plan.learningRate' has no value '0.2'", run("a", "0.2", 1, one));
    refused("run 'a' is there twice", run("a", "0.1", 1, one), run("a", "0.1", 2, one));
    refused(
        "runs 'a' and 'b' have the same setting [0.1] and seed 1; keep one of them",
        run("a", "0.1", 1, one),
        run("b", "0.1", 1, one));
    refused(
        "run 'a' is finished and lacks metric 'error-over-variance', which ranks the runs",
        run("a", "0.1", 1, Map.of("error", 1.0)));
    refused(
        "run 'a': metric 'loss' must be one of [error-over-variance, error, variance]",
        run("a", "0.1", 1, Map.of(METRIC, 1.0, "loss", 1.0)));
    refused(
        "run 'a' has 2 values for 1 axes",
        new Run("a", List.of("0.1", "x"), 1, State.FINISHED, 1, one, ""));
  }

  @Test
  void inconsistentAxesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Axis("k", List.of("1", "one"), true, false))
        .withMessage("axis 'k': value 'one' must be a number, or the axis not numeric");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Axis("k", List.of("0", "1"), true, true))
        .withMessage("axis 'k': value '0' of a logarithmic axis must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Axis("k", List.of("a", "a"), false, false))
        .withMessage("axis 'k': values [a, a] must differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Axis("k", List.of("a"), false, true))
        .withMessage("axis 'k' must be numeric to be logarithmic");
  }

  @Test
  void namesAreTheShortestEndsThatTellTheAxesApart() {
    List<Axis> axes =
        List.of("plan.rate", "a.size", "b.size", "size", "seedless").stream()
            .map(key -> new Axis(key, List.of("v"), false, false))
            .toList();
    Run run = new Run("a", List.of("v", "v", "v", "v", "v"), 1, State.NOT_RUN, 0, Map.of(), "");

    assertThat(TypicalSweeps.results("t", axes, List.of(run), Map.of()).names())
        .containsExactly("rate", "a.size", "b.size", "size", "seedless");
  }
}
