package dev.idem.figures.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.training.TrainingObjective;
import dev.idem.eval.comparison.ParetoFront.Costs;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.Methods;
import dev.idem.figures.front.FrontRun.Case;
import dev.idem.figures.front.FrontRun.Measured;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.LinearMap;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrontRunTest {

  private static final int WIDTH = 6;
  private static final LowRankGaussian SUBSPACE = new LowRankGaussian(WIDTH, 3, 1);

  private static FrontTask task(LinearMap map, double learningRate) {
    return new FrontTask(
        "projection",
        "projection",
        map,
        Map.of(),
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

  private static Measured measured(Network network, float[][] x) {
    ReferenceModel f = ReferenceModel.initial(network, 1);
    float[][] noise = new Gaussian(network.shape()).batch(2, 0, x.length);
    return FrontRun.measure(rows -> applied(f, rows), x, x, noise);
  }

  private static float[][] applied(ReferenceModel f, float[][] rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    double[] values =
        f.apply(ReferenceTensor.of(Shape.of(rows.length, rows[0].length), flat)).values();
    float[][] answers = new float[rows.length][rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      answers[i / rows[0].length][i % rows[0].length] = (float) values[i];
    }
    return answers;
  }

  @Test
  void theGainIsTheLengthOfAStepBehindTheMapInThatOfTheStep() {
    float[][] x = new Gaussian(WIDTH).batch(1, 0, 200);
    assertThat(measured(new LinearMap(WIDTH, Initializers.orthogonal(3)), x).gain())
        .isCloseTo(3, within(1e-4));
    // Half of the directions are kept: E ||P d||^2 / ||d||^2 = 1/2.
    assertThat(measured(Idempotent.projection(WIDTH, 3), x).gain())
        .isCloseTo(Math.sqrt(0.5), within(0.03));
  }

  @Test
  void anExactNetworkThatIsNearlyTheIdentityOrAConstantIsFoundOut() {
    Network projection =
        Idempotent.coupled(
            Networks.fromZero(Mlp.between(3, 4, WIDTH - 3)),
            Networks.fromZero(Mlp.between(WIDTH - 3, 4, 3)));
    Network constant =
        Idempotent.coupled(
            Networks.fromZero(Mlp.between(WIDTH - 1, 4, 1)),
            Mlp.between(1, WIDTH - 1)
                .withInitializers(Initializers.zeros(), Initializers.constant(2)));
    float[][] flat = new Gaussian(WIDTH).batch(1, 0, 200);
    float[][] thin = new Gaussian(WIDTH).batch(1, 0, 200);
    for (int i = 0; i < flat.length; i++) {
      for (int j = 0; j < WIDTH; j++) {
        flat[i][j] *= j < 3 ? 1 : 0.05f;
        thin[i][j] *= j < 1 ? 0.05f : 1;
      }
    }
    assertThat(measured(projection, flat).verdict()).isEqualTo(CollapseVerdict.IDENTITY);
    assertThat(measured(constant, thin).verdict()).isEqualTo(CollapseVerdict.CONSTANT);
    assertThat(measured(projection, new Gaussian(WIDTH).batch(1, 0, 200)).verdict())
        .isEqualTo(CollapseVerdict.HEALTHY);
    assertThat(measured(projection, flat).report().relativeError()).isLessThan(1e-12);
    assertThat(measured(constant, thin).report().relativeError()).isLessThan(1e-12);
  }

  @Test
  void theNetworksOfATaskHaveItsShapesAndAboutItsParameters() {
    for (FrontTask task : FrontTask.all()) {
      task.networks()
          .forEach(
              (name, network) -> {
                assertThat(network.shape().sameRows(task.map().shape())).as(name).isTrue();
                assertThat(Methods.style(name)).isNotNull();
                double share = (double) network.parameterCount() / task.map().parameterCount();
                if (name.equals(Methods.PROJECTION)) {
                  assertThat(share).isLessThan(0.1);
                } else {
                  assertThat(share).as(task.name() + ", " + name).isBetween(0.98, 1.021);
                }
              });
    }
  }

  @Test
  void networksAreTrainedForTheTaskAlone() {
    FrontTask task = FrontTask.all().get(3);
    Case work = Case.of(task, Methods.EXACT_TURNED, 5);
    assertThat(work.objective()).isEqualTo(FrontMethod.control());
    assertThat(work.weight()).isZero();
    FrontRun found = FrontRun.of(work, Preset.SMOKE, new ReferenceEngine(), 7, 20);
    assertThat(found.measured().orElseThrow().report().relativeError()).isLessThan(1e-11);
    assertThat(found.stepMilliseconds()).isPositive();
  }
}
