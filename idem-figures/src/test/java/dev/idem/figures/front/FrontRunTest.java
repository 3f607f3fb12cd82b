package dev.idem.figures.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.network.Initializer;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.training.TrainingObjective;
import dev.idem.eval.comparison.ParetoFront.Costs;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.front.FrontRun.Case;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.network.LinearMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontRunTest {

  private static final int WIDTH = 6;
  private static final LowRankGaussian SUBSPACE = new LowRankGaussian(WIDTH, 3, 1);

  private static FrontTask task(LinearMap map, double learningRate) {
    return new FrontTask(
        "projection",
        "projection",
        map,
        SupervisedSource.projection(new Gaussian(WIDTH), SUBSPACE),
        learningRate,
        1,
        1);
  }

  private static FrontRun run(FrontTask task, TrainingObjective objective) {
    Case work = new Case(task, "method", 1, objective, 5);
    return FrontRun.of(work, Preset.SMOKE, new ReferenceEngine(), 7, 200);
  }

  @Test
  void theProjectionItselfHasNeitherTaskLossNorError() {
    // So low a rate leaves the start where it is.
    FrontRun found = run(task(new LinearMap(WIDTH, scaled(1)), 1e-12), FrontMethod.control());
    assertThat(found.state()).isEqualTo("HEALTHY");
    assertThat(found.measured().orElseThrow().taskLoss()).isCloseTo(0, within(1e-12));
    assertThat(found.measured().orElseThrow().report().relativeError()).isCloseTo(0, within(1e-12));
  }

  @Test
  void halfTheProjectionHasAQuarterOfTheVarianceForItsLossAndForItsError() {
    FrontRun found = run(task(new LinearMap(WIDTH, scaled(0.5)), 1e-12), FrontMethod.control());
    // f(f(x)) - f(x) = -1/2 f(x). The target's mean is not quite zero on 200 samples.
    assertThat(found.measured().orElseThrow().taskLoss()).isCloseTo(0.25, within(0.01));
    assertThat(found.measured().orElseThrow().report().relativeError())
        .isCloseTo(0.25, within(1e-6));
    assertThat(found.costs().second()).isCloseTo(Math.log10(0.25), within(1e-6));
  }

  /** The kernel {@code scale} B'B. */
  private static Initializer scaled(double scale) {
    double[][] basis = SUBSPACE.basis();
    return (parameter, random) -> {
      double[] kernel = new double[WIDTH * WIDTH];
      for (double[] row : basis) {
        for (int i = 0; i < kernel.length; i++) {
          kernel[i] += scale * row[i / WIDTH] * row[i % WIDTH];
        }
      }
      return kernel;
    };
  }

  @Test
  void everyMethodTrainsAndNoTwoAlike() {
    FrontTask task = task(new LinearMap(WIDTH), 0.05);
    List<Costs> costs = new ArrayList<>();
    costs.add(run(task, FrontMethod.control()).costs());
    for (FrontMethod method : FrontMethod.all()) {
      costs.add(run(task, method.objective(1)).costs());
    }
    assertThat(costs).doesNotHaveDuplicates();
    assertThat(costs).allMatch(cost -> Double.isFinite(cost.first() + cost.second()));
  }

  @Test
  void aDivergedRunIsKeptWithInfiniteCosts() {
    FrontRun found = run(task(new LinearMap(WIDTH), 1e200), FrontMethod.all().get(0).objective(3));
    assertThat(found.diverged()).isTrue();
    assertThat(found.collapsed()).isFalse();
    assertThat(found.costs())
        .isEqualTo(new Costs(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
  }
}
