package dev.idem.figures.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.polynomial.IdempotentPolynomial.Complex;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.figures.trajectory.TrajectoryFigure.RotationScaling;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationScalingTest {

  @Test
  void multipliesByTheComplexNumber() {
    Complex k = new Complex(0.3, -0.8);
    Complex x = new Complex(1.5, 2);
    ReferenceModel model = ReferenceModel.initial(new RotationScaling(k.re(), k.im()), 1);
    double[] y =
        model.apply(ReferenceTensor.batch(Shape.of(2), new double[][] {{x.re(), x.im()}})).values();
    assertThat(y).containsExactly(new double[] {k.times(x).re(), k.times(x).im()}, within(1e-15));
  }

  @Test
  void eigenvaluesOfARotationAreItsConjugatePair() {
    List<Complex> found = Trajectory.eigenvalues(new double[] {0.3, -0.8, 0.8, 0.3}, 2);
    assertThat(found).hasSize(2);
    assertThat(found.get(0).minus(new Complex(0.3, -0.8)).modulus()).isLessThan(1e-12);
    assertThat(found.get(1).minus(new Complex(0.3, 0.8)).modulus()).isLessThan(1e-12);
  }
}
