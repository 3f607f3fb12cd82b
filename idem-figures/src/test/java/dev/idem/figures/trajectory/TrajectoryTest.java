package dev.idem.figures.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.training.TrainingPlan;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.LinearMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrajectoryTest {

  /** A path that took another's place would jump by the distance between the two. */
  @Test
  void pathsOfEigenvaluesDoNotJump() {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder().steps(150).learningRate(0.01).evaluateEvery(1).build();
    List<Trajectory> paths =
        Trajectory.record(
            new ReferenceEngine(),
            Trajectory.task(
                new LinearMap(6, Initializers.lecunNormal()),
                new CanonicalStrategy(),
                new Gaussian(6),
                plan),
            view -> Trajectory.eigenvalues(view.parameter("dense.0.kernel"), 6));
    assertThat(paths).hasSize(6);
    for (Trajectory path : paths) {
      for (int i = 1; i < path.places().size(); i++) {
        Complex step = path.places().get(i).at().minus(path.places().get(i - 1).at());
        assertThat(step.modulus()).as("%s", path.places().get(i)).isLessThan(0.1);
      }
    }
  }
}
