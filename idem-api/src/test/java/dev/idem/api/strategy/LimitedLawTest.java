package dev.idem.api.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.training.TrainingObjective;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Rotations and scalings of the plane, x to k x for a complex k, under whitened inputs. */
class LimitedLawTest {

  private static final int STEPS = 300;

  @Property(tries = 60)
  void underTheLimitTheFlowNeverLeavesTheDiscOfItsStartAndOfRadiusOne(
      @ForAll @DoubleRange(min = -1.5, max = 2.5) double re,
      @ForAll @DoubleRange(min = -2, max = 2) double im,
      @ForAll @DoubleRange(min = 0.01, max = 1) double h) {
    double bound = Math.max(1, Math.hypot(re, im)) * (1 + 1e-12);
    assertThat(farthest(limited(IdempotentPolynomial.cubic()), re, im, h)).isLessThan(bound);
    assertThat(farthest(limited(IdempotentPolynomial.steepQuintic(8)), re, im, h))
        .isLessThan(bound);
  }

  @Test
  void withoutTheLimitEigenvaluesNearTheSeparatrixFlyOffAndACapOnTheStepOnlySlowsThem() {
    for (double im : new double[] {0.9, 1.2}) {
      assertThat(farthest(capped(OptionalDouble.empty()), 0.5, im, 0.1)).isGreaterThan(1e6);
      assertThat(farthest(capped(OptionalDouble.of(0.5)), 0.5, im, 0.1)).isGreaterThan(1e6);
      assertThat(farthest(limited(IdempotentPolynomial.cubic()), 0.5, im, 0.1))
          .isLessThan(Math.max(1, Math.hypot(0.5, im)) * (1 + 1e-12));
    }
  }

  @Test
  void underTheLimitEigenvaluesOnTheSeparatrixLeaveItAndBecomeIdempotent() {
    double[] k = trained(limited(IdempotentPolynomial.cubic()), 0.5, 0.9, 0.1)[STEPS];
    assertThat(Math.hypot(k[0], k[1])).isLessThan(1e-6);
  }

  @Property(tries = 30)
  void whereNothingFliesTheLimitChangesNothing(
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double re) {
    double[][] free = trained(capped(OptionalDouble.empty()), re, 0, 0.1);
    double[][] limited = trained(limited(IdempotentPolynomial.cubic()), re, 0, 0.1);
    for (int step = 0; step <= STEPS; step++) {
      assertThat(limited[step]).containsExactly(free[step], within(1e-14));
    }
  }

  @Test
  void obliqueProjectionsLongerThanTheirInputsStayFixed() {
    double[] oblique = {1, 3, 0, 0};
    double[] gradient = gradient(limited(IdempotentPolynomial.cubic()), oblique);
    assertThat(gradient).containsExactly(new double[4], within(1e-13));
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(
            () -> new LimitedStrategy(IdempotentPolynomial.cubic(), 1, Scale.BATCH_MEAN, 0))
        .hasMessage("radius (0.0) must be positive");
    assertThatThrownBy(
            () -> new LimitedStrategy(IdempotentPolynomial.cubic(), -1, Scale.BATCH_MEAN, 1))
        .hasMessage("weight (-1.0) must be positive");
  }

  private static IdempotencyStrategy limited(IdempotentPolynomial g) {
    return new LimitedStrategy(g, 1, Scale.BATCH_MEAN, 1);
  }

  private static IdempotencyStrategy capped(OptionalDouble cap) {
    return new SubstitutedGradient(IdempotentPolynomial.cubic(), 1, Scale.BATCH_MEAN, cap);
  }

  private static double farthest(IdempotencyStrategy strategy, double re, double im, double h) {
    double farthest = 0;
    for (double[] k : trained(strategy, re, im, h)) {
      farthest = Math.max(farthest, Math.hypot(k[0], k[1]));
    }
    return farthest;
  }

  /** (re, im) of k after 0, 1, ... steps of SGD; once beyond 1e9 it stays where it is. */
  private static double[][] trained(IdempotencyStrategy strategy, double re, double im, double h) {
    double[][] path = new double[STEPS + 1][];
    double[] k = {re, im};
    path[0] = k;
    for (int step = 1; step <= STEPS; step++) {
      if (Math.hypot(k[0], k[1]) < 1e9) {
        double[] gradient = gradient(strategy, new double[] {k[0], k[1], -k[1], k[0]});
        k = new double[] {k[0] - h * gradient[0], k[1] - h * gradient[1]};
      }
      path[step] = k;
    }
    return path;
  }

  private static double[] gradient(IdempotencyStrategy strategy, double[] matrix) {
    double[][] whitened = {{Math.sqrt(2), 0}, {0, Math.sqrt(2)}};
    return new ReferenceModel(DenseNetwork.linear(2), Map.of("kernel.0", matrix))
        .differentiate(
            TrainingObjective.of(strategy),
            Map.of("x", ReferenceTensor.batch(Shape.of(2), whitened)))
        .gradients()
        .get("kernel.0");
  }
}
