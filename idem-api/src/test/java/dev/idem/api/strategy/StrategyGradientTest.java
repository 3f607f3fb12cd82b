package dev.idem.api.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.training.TrainingObjective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every strategy's gradient against finite differences of the scalar it stands for. */
class StrategyGradientTest {

  private static final ReferenceAlgebra OPS = new ReferenceAlgebra();
  private static final double EPSILON = 1e-5;

  @ParameterizedTest
  @EnumSource(Activation.class)
  void canonicalGradientIsThatOfItsLoss(Activation activation) {
    for (Scale scale : Scale.values()) {
      IdempotencyStrategy strategy = new CanonicalStrategy(0.7, scale);
      assertGradient(network(activation), strategy, parameters -> loss(strategy, parameters));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void frozenTargetGradientIsThatOfItsLossWithTheOuterParametersHeld(Activation activation) {
    IdempotencyStrategy strategy =
        new FrozenTargetStrategy(0.7, Distance.SQUARED, Scale.BATCH_MEAN);
    ReferenceModel outer = model(network(activation));
    assertGradient(
        network(activation),
        strategy,
        inner -> {
          ReferenceTensor y = inner.apply(input());
          ReferenceTensor difference = OPS.subtract(outer.apply(y), y);
          return 0.7 * OPS.sum(OPS.square(difference)).scalar() / BATCH;
        });
  }

  @ParameterizedTest
  @EnumSource(Distance.class)
  void reconstructionGradientIsThatOfItsLoss(Distance distance) {
    IdempotencyStrategy strategy = new ReconstructionStrategy(0.7, distance, Scale.WIDTH_MEAN);
    assertGradient(network(Activation.TANH), strategy, parameters -> loss(strategy, parameters));
  }

  @Test
  void absoluteFrozenTargetGradientIsThatOfItsLossWithTheOuterParametersHeld() {
    ReferenceModel outer = model(network(Activation.TANH));
    assertGradient(
        network(Activation.TANH),
        new FrozenTargetStrategy(0.7, Distance.ABSOLUTE, Scale.BATCH_MEAN),
        inner -> {
          ReferenceTensor y = inner.apply(input());
          return 0.7 * OPS.sum(OPS.abs(OPS.subtract(outer.apply(y), y))).scalar() / BATCH;
        });
  }

  @ParameterizedTest
  @EnumSource(Distance.class)
  void tightnessGradientIsThatOfItsLossWithTheInnerOutputHeld(Distance distance) {
    ReferenceTensor held = model(network(Activation.TANH)).apply(input());
    ReferenceTensor moved = distance.meanPerSample(held, input(), OPS);
    assertGradient(
        network(Activation.TANH),
        new TightnessStrategy(0.7, distance, OptionalDouble.empty()),
        outer ->
            -0.7 * OPS.sum(distance.meanPerSample(outer.apply(held), held, OPS)).scalar() / BATCH);
    assertGradient(
        network(Activation.TANH),
        new TightnessStrategy(0.7, distance, OptionalDouble.of(1.5)),
        outer -> {
          double[] apart = distance.meanPerSample(outer.apply(held), held, OPS).values();
          double sum = 0;
          for (int i = 0; i < BATCH; i++) {
            double bound = 1.5 * moved.values()[i];
            sum += Math.tanh(-apart[i] / bound) * bound;
          }
          return 0.7 * sum / BATCH;
        });
  }

  @ParameterizedTest
  @EnumSource(Distance.class)
  void tightnessPushesNoSampleBeyondItsMargin(Distance distance) {
    ReferenceTensor held = model(network(Activation.TANH)).apply(input());
    double[] residuals =
        distance
            .meanPerSample(model(network(Activation.TANH)).apply(held), held, OPS)
            .values()
            .clone();
    Arrays.sort(residuals);
    double between = (residuals[BATCH / 2 - 1] + residuals[BATCH / 2]) / 2;
    double narrow = residuals[0] / 2;
    double wide = 2 * residuals[BATCH - 1];
    double vast = 5e3 * (residuals[0] + residuals[BATCH - 1]);
    for (double margin : new double[] {narrow, between, wide, vast}) {
      assertGradient(
          network(Activation.TANH),
          new TightnessStrategy(0.7, distance, OptionalDouble.empty(), OptionalDouble.of(margin)),
          outer -> {
            double sum = 0;
            for (double residual : distance.meanPerSample(outer.apply(held), held, OPS).values()) {
              sum -= 2 * Math.sqrt(margin * Math.max(Math.min(residual, margin), margin / 1e4));
            }
            return 0.7 * sum / BATCH;
          });
    }
  }

  @ParameterizedTest
  @EnumSource(SubstitutedTightness.Form.class)
  void substitutedTightnessIsTheGradientOfTheDistanceToItsTargetThroughTheOuterApplication(
      SubstitutedTightness.Form form) {
    ReferenceModel start = model(network(Activation.TANH));
    ReferenceTensor y = start.apply(input());
    double[][] iterates = new double[4][];
    ReferenceTensor iterate = y;
    for (int k = 0; k < iterates.length; k++) {
      iterates[k] = iterate.values();
      iterate = start.apply(iterate);
    }
    double[] target = new double[BATCH * WIDTH];
    for (int row = 0; row < BATCH; row++) {
      double along = 0;
      for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
        along += idempotenceStep(iterates, i) * (iterates[1][i] - iterates[0][i]);
      }
      for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
        double u = iterates[1][i];
        target[i] =
            switch (form) {
              case SQUARED -> iterates[2][i];
              case REVERSED -> 2 * u - 3 * iterates[2][i] + 2 * iterates[3][i];
              case ALIGNED -> u + Math.signum(along) * idempotenceStep(iterates, i);
            };
      }
    }
    ReferenceTensor held = ReferenceTensor.of(Shape.of(BATCH, WIDTH), target);
    assertGradient(
        network(Activation.TANH),
        new SubstitutedTightness(form, 0.7, Scale.BATCH_MEAN),
        outer ->
            0.7 * 0.5 * OPS.sum(OPS.square(OPS.subtract(outer.apply(y), held))).scalar() / BATCH);
  }

  /** 3 f(y) - 2 f(f(y)) - y. */
  private static double idempotenceStep(double[][] iterates, int i) {
    return 3 * iterates[1][i] - 2 * iterates[2][i] - iterates[0][i];
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void substitutedGradientIsThatOfTheSurrogateDistanceToTheFixedImprovedOutput(
      Activation activation) {
    assertIteratorGradient(activation, IdempotentPolynomial.cubic(), OptionalDouble.empty());
    assertIteratorGradient(activation, IdempotentPolynomial.ofOrder(2), OptionalDouble.empty());
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void cappedIteratorGradientIsThatOfTheSurrogateWithShortenedSteps(Activation activation) {
    assertIteratorGradient(activation, IdempotentPolynomial.cubic(), OptionalDouble.of(0.3));
  }

  private static void assertIteratorGradient(
      Activation activation, IdempotentPolynomial polynomial, OptionalDouble cap) {
    IdempotencyStrategy strategy = new SubstitutedGradient(polynomial, 1.3, Scale.BATCH_MEAN, cap);
    ReferenceModel start = model(network(activation));
    double[] y = start.apply(input()).values();
    double[] step = new double[y.length];
    for (int power = 1; power <= polynomial.degree(); power++) {
      double coefficient = polynomial.coefficient(power).doubleValue();
      double[] iterate = start.iterates(input(), null).iterate(power).values();
      for (int i = 0; i < y.length; i++) {
        step[i] += coefficient * iterate[i];
      }
    }
    for (int row = 0; row < BATCH; row++) {
      double length = 0;
      double power = 0;
      for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
        step[i] -= y[i];
        length += step[i] * step[i];
        power += y[i] * y[i];
      }
      double most = cap.orElse(Double.POSITIVE_INFINITY) * Math.sqrt(power);
      double factor = Math.min(1, most / Math.sqrt(length));
      for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
        step[i] = y[i] + factor * step[i];
      }
    }
    ReferenceTensor improved = ReferenceTensor.of(Shape.of(BATCH, WIDTH), step);
    assertGradient(
        network(activation),
        strategy,
        model -> {
          ReferenceTensor difference = OPS.subtract(model.apply(input()), improved);
          return 1.3 * 0.5 * OPS.sum(OPS.square(difference)).scalar() / BATCH;
        });
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void limitedGradientIsThatOfTheSurrogateWithTheTargetBroughtBackToTheBall(Activation activation) {
    for (IdempotentPolynomial polynomial :
        List.of(IdempotentPolynomial.cubic(), IdempotentPolynomial.steepQuintic(8))) {
      LimitedStrategy strategy = new LimitedStrategy(polynomial, 1.3, Scale.BATCH_MEAN, 0.05);
      ReferenceTensor target = limitedTarget(activation, polynomial, 0.05);
      assertGradient(
          network(activation),
          strategy,
          model -> 1.3 * 0.5 * squared(model.apply(input()), target) / BATCH);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void anchoredGradientIsThatOfBothTerms(Activation activation) {
    CanonicalStrategy canonical = new CanonicalStrategy(0.7, Scale.BATCH_MEAN);
    IdempotencyStrategy strategy =
        new AnchoredStrategy(IdempotentPolynomial.cubic(), 1.3, Scale.BATCH_MEAN, 0.05, 0.7);
    ReferenceTensor target = limitedTarget(activation, IdempotentPolynomial.cubic(), 0.05);
    assertGradient(
        network(activation),
        strategy,
        model ->
            loss(canonical, model) + 1.3 * 0.5 * squared(model.apply(input()), target) / BATCH);
  }

  private static double squared(ReferenceTensor a, ReferenceTensor b) {
    return OPS.sum(OPS.square(OPS.subtract(a, b))).scalar();
  }

  /** y' shortened to max(radius ||x||, ||y||), row by row. */
  private static ReferenceTensor limitedTarget(
      Activation activation, IdempotentPolynomial polynomial, double radius) {
    ReferenceModel start = model(network(activation));
    double[] x = input().values();
    double[] y = start.apply(input()).values();
    double[] target = new double[y.length];
    for (int power = 1; power <= polynomial.degree(); power++) {
      double coefficient = polynomial.coefficient(power).doubleValue();
      double[] iterate = start.iterates(input(), null).iterate(power).values();
      for (int i = 0; i < y.length; i++) {
        target[i] += coefficient * iterate[i];
      }
    }
    for (int row = 0; row < BATCH; row++) {
      double most = Math.max(radius * norm(x, row), norm(y, row));
      double factor = Math.min(1, most / norm(target, row));
      for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
        target[i] *= factor;
      }
    }
    return ReferenceTensor.of(Shape.of(BATCH, WIDTH), target);
  }

  private static double norm(double[] values, int row) {
    double sum = 0;
    for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
      sum += values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  private static final int BATCH = 5;
  private static final int WIDTH = 4;

  private static Network network(Activation activation) {
    return new DenseNetwork(activation, WIDTH, 6, 5, WIDTH);
  }

  private static ReferenceModel model(Network network) {
    return ReferenceModel.initial(network, 11);
  }

  private static ReferenceTensor input() {
    RandomGenerator random = RandomStreams.stream(3, "input", 0);
    double[] values = new double[BATCH * WIDTH];
    java.util.Arrays.setAll(values, i -> random.nextGaussian());
    return ReferenceTensor.of(Shape.of(BATCH, WIDTH), values);
  }

  private static double loss(IdempotencyStrategy strategy, ReferenceModel model) {
    Objective<ReferenceTensor> objective = strategy.objective(model.iterates(input(), null), OPS);
    return ((Loss<ReferenceTensor>) objective).value().scalar();
  }

  private static void assertGradient(
      Network network, IdempotencyStrategy strategy, ToDoubleFunction<ReferenceModel> scalar) {
    Map<String, double[]> values = InitialParameters.of(network, 11);
    Map<String, double[]> gradients =
        new ReferenceModel(network, values)
            .differentiate(
                TrainingObjective.of(strategy), Map.of(TrainingObjective.DEFAULT_INPUT, input()))
            .gradients();
    assertThat(gradients.keySet()).containsExactlyElementsOf(values.keySet());
    for (String name : List.copyOf(values.keySet())) {
      double[] gradient = gradients.get(name);
      for (int i = 0; i < gradient.length; i++) {
        double difference =
            scalar.applyAsDouble(moved(network, values, name, i, EPSILON))
                - scalar.applyAsDouble(moved(network, values, name, i, -EPSILON));
        double expected = difference / (2 * EPSILON);
        assertThat(gradient[i])
            .as("%s of %s at %s[%s]", strategy, network.description(), name, i)
            .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  private static ReferenceModel moved(
      Network network, Map<String, double[]> values, String name, int index, double by) {
    Map<String, double[]> moved = new LinkedHashMap<>();
    values.forEach((key, value) -> moved.put(key, value.clone()));
    moved.get(name)[index] += by;
    return new ReferenceModel(network, moved);
  }
}
