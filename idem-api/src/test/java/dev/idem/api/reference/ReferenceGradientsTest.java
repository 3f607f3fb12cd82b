package dev.idem.api.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Shape;
import dev.idem.api.strategy.Objective.OutputGradient;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceGradientsTest {

  private final ReferenceAlgebra ops = new ReferenceAlgebra();

  private static ReferenceTensor scalar(double value) {
    return ReferenceTensor.of(Shape.of(1), value);
  }

  @Test
  void severalTargetsOnOnePathAddUp() {
    ReferenceTensor x = scalar(2);
    ReferenceTensor y = ops.multiply(x, 1);
    ReferenceTensor loss = ops.add(ops.square(x), ops.multiply(y, 100));
    List<double[]> gradient =
        ReferenceGradients.of(
            List.of(new OutputGradient<>(loss, scalar(1)), new OutputGradient<>(y, scalar(500))),
            List.of(x));
    assertThat(gradient.get(0)).containsExactly(4 + 100 + 500);
  }

  @Test
  void aTensorUsedTwiceGetsBothContributions() {
    ReferenceTensor x = scalar(3);
    ReferenceTensor shared = ops.square(x);
    ReferenceTensor target = ops.multiply(shared, ops.add(shared, 1));
    assertThat(
            ReferenceGradients.of(List.of(new OutputGradient<>(target, scalar(1))), List.of(x))
                .get(0))
        .containsExactly(4 * 27 + 2 * 3);
  }

  @Test
  void nothingFlowsPastAStoppedGradient() {
    ReferenceTensor x = scalar(3);
    ReferenceTensor target = ops.multiply(ops.stopGradient(x), x);
    assertThat(
            ReferenceGradients.of(List.of(new OutputGradient<>(target, scalar(1))), List.of(x))
                .get(0))
        .containsExactly(3);
  }

  @Test
  void aSourceNothingReachesGetsZeros() {
    ReferenceTensor x = ReferenceTensor.of(Shape.of(2), 1, 2);
    assertThat(
            ReferenceGradients.of(List.of(new OutputGradient<>(scalar(1), scalar(1))), List.of(x))
                .get(0))
        .containsExactly(0, 0);
  }

  @Test
  void shapesAreCheckedByName() {
    ReferenceTensor matrix = ReferenceTensor.of(Shape.of(2, 3), new double[6]);
    ReferenceTensor row = ReferenceTensor.of(Shape.of(1, 3), new double[3]);
    assertThatThrownBy(() -> ops.add(matrix, row))
        .hasMessage("add needs equal shapes, not [2, 3] and [1, 3]");
    assertThatThrownBy(() -> ops.matMul(matrix, matrix))
        .hasMessage("matMul cannot multiply [2, 3] by [2, 3]");
    assertThatThrownBy(
            () ->
                ReferenceGradients.of(List.of(new OutputGradient<>(matrix, row)), List.of(matrix)))
        .hasMessage("gradient of shape [1, 3] at an output of shape [2, 3]");
    assertThatThrownBy(() -> ReferenceTensor.of(Shape.of(2), 1))
        .hasMessage("shape [2] holds 2 values, not 1");
    assertThatThrownBy(() -> Shape.of(2, 0)).hasMessageContaining("positive dimensions");
    assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16)).hasMessageContaining("fewer than 2^31");
  }
}
