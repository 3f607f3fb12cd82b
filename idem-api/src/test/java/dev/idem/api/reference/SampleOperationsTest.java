package dev.idem.api.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.strategy.Objective.OutputGradient;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Slices, concatenations and log-softmaxes: values, and gradients against finite differences. */
class SampleOperationsTest {

  private static final double EPSILON = 1e-6;

  private final ReferenceAlgebra ops = new ReferenceAlgebra();

  @Test
  void aSliceTakesTheSameElementsOfEachSampleFlat() {
    ReferenceTensor a = ReferenceTensor.of(Shape.of(2, 2, 2), 0, 1, 2, 3, 4, 5, 6, 7);
    ReferenceTensor slice = ops.slice(a, 1, 3);
    assertThat(slice.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(slice.values()).containsExactly(1, 2, 5, 6);
  }

  @Test
  void slicesOfAConcatenationGiveItsPartsBack() {
    ReferenceTensor a = drawn(Shape.of(3, 2, 2), "a");
    ReferenceTensor b = drawn(Shape.of(3, 5), "b");
    ReferenceTensor both = ops.concat(a, b);
    assertThat(both.shape()).isEqualTo(Shape.of(3, 9));
    assertThat(ops.slice(both, 0, 4).values()).containsExactly(a.values());
    assertThat(ops.slice(both, 4, 9).values()).containsExactly(b.values());
  }

  @Test
  void logSoftmaxesAreLogarithmsOfProbabilitiesThatKeepDifferences() {
    ReferenceTensor a = drawn(Shape.of(2, 3, 4), "a");
    double[] values = ops.logSoftmax(a).values();
    for (int row = 0; row < values.length; row += 4) {
      double sum = 0;
      for (int i = row; i < row + 4; i++) {
        sum += Math.exp(values[i]);
        assertThat(values[i] - values[row])
            .isCloseTo(a.values()[i] - a.values()[row], within(1e-12));
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void roundingTakesTheEvenOneOfTiesAndPassesGradientsOn() {
    ReferenceTensor a = ReferenceTensor.of(Shape.of(1, 6), -1.5, -0.5, 0.4, 0.5, 1.5, 2.6);
    ReferenceTensor rounded = ops.round(a);
    assertThat(rounded.values()).containsExactly(-2, -0.0, 0, 0, 2, 3);
    ReferenceTensor gradient = ReferenceTensor.of(Shape.of(1, 6), 1, 2, 3, 4, 5, 6);
    assertThat(ReferenceGradients.of(List.of(new OutputGradient<>(rounded, gradient)), List.of(a)))
        .containsExactly(gradient.values());
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    for (Shape shape : List.of(Shape.of(2, 4), Shape.of(2, 2, 3), Shape.of(2, 2, 2, 3))) {
      assertGradients(
          shape, (a, b) -> ops.multiply(ops.slice(a, 1, 3), ops.square(ops.slice(b, 0, 2))));
      assertGradients(shape, (a, b) -> ops.square(ops.concat(ops.concat(a, b), a)));
      assertGradients(shape, (a, b) -> ops.multiply(ops.logSoftmax(a), b));
    }
  }

  @Test
  void errorsAreReportedByName() {
    ReferenceTensor rows = ReferenceTensor.of(Shape.of(2, 3), new double[6]);
    String outside = "slice from %s to %s must be within the 3 elements of a sample of [2, 3]";
    assertThatThrownBy(() -> ops.slice(rows, -1, 2)).hasMessage(outside.formatted(-1, 2));
    assertThatThrownBy(() -> ops.slice(rows, 2, 2)).hasMessage(outside.formatted(2, 2));
    assertThatThrownBy(() -> ops.slice(rows, 0, 4)).hasMessage(outside.formatted(0, 4));
    assertThatThrownBy(() -> ops.concat(rows, ReferenceTensor.of(Shape.of(1, 1), 1)))
        .hasMessage("concat needs as many samples of each, not [2, 3] and [1, 1]");
    assertThatThrownBy(() -> ops.logSoftmax(ReferenceTensor.of(Shape.of(2), 1, 2)))
        .hasMessage("logSoftmax needs samples of classes, not [2]");
  }

  private void assertGradients(Shape shape, BinaryOperator<ReferenceTensor> operation) {
    List<ReferenceTensor> inputs = List.of(drawn(shape, "a"), drawn(shape, "b"));
    ReferenceTensor value = operation.apply(inputs.get(0), inputs.get(1));
    ReferenceTensor outputGradient = drawn(value.shape(), "seed");
    List<double[]> gradients =
        ReferenceGradients.of(List.of(new OutputGradient<>(value, outputGradient)), inputs);
    for (int input = 0; input < 2; input++) {
      double[] gradient = gradients.get(input);
      for (int i = 0; i < gradient.length; i++) {
        double up = product(operation, moved(inputs, input, i, EPSILON), outputGradient);
        double down = product(operation, moved(inputs, input, i, -EPSILON), outputGradient);
        assertThat(gradient[i]).isCloseTo((up - down) / (2 * EPSILON), within(1e-7));
      }
    }
  }

  private double product(
      BinaryOperator<ReferenceTensor> operation,
      List<ReferenceTensor> inputs,
      ReferenceTensor outputGradient) {
    return ops.sum(ops.multiply(operation.apply(inputs.get(0), inputs.get(1)), outputGradient))
        .scalar();
  }

  private static List<ReferenceTensor> moved(
      List<ReferenceTensor> inputs, int input, int index, double by) {
    double[] values = inputs.get(input).values();
    values[index] += by;
    ReferenceTensor changed = ReferenceTensor.of(inputs.get(input).shape(), values);
    return input == 0 ? List.of(changed, inputs.get(1)) : List.of(inputs.get(0), changed);
  }

  private static ReferenceTensor drawn(Shape shape, String name) {
    RandomGenerator random = RandomStreams.stream(7, name, 0);
    double[] values = new double[shape.size()];
    Arrays.setAll(values, i -> random.nextGaussian());
    return ReferenceTensor.of(shape, values);
  }

  @Test
  void logSoftmaxesOfLargeLogitsKeepTheLogarithm() {
    for (double logit : new double[] {0, 1e12, 1e16, -1e16}) {
      ReferenceTensor a = ReferenceTensor.of(Shape.of(1, 2), logit, logit);
      assertThat(ops.logSoftmax(a).values()).containsExactly(-Math.log(2), -Math.log(2));
    }
  }
}
