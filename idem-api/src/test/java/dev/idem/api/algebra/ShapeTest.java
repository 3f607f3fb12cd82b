package dev.idem.api.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapeTest {

  private static final Shape IMAGES = Shape.of(16, 16, 3);

  @Test
  void rowsAreTheSameWhereShapesAreEqualOrOneIsFlatOrDimensionsOfOneDiffer() {
    assertThat(IMAGES.sameRows(IMAGES)).isTrue();
    assertThat(IMAGES.sameRows(Shape.of(768))).isTrue();
    assertThat(Shape.of(768).sameRows(IMAGES)).isTrue();
    assertThat(Shape.of(28, 28, 1).sameRows(Shape.of(1, 28, 28))).isTrue();
    assertThat(Shape.SCALAR.sameRows(Shape.of(1))).isTrue();
  }

  @Test
  void rowsAsLongInAnotherOrderAreNotTheSame() {
    assertThat(IMAGES.sameRows(Shape.of(3, 16, 16))).isFalse();
    assertThat(IMAGES.sameRows(Shape.of(32, 24))).isFalse();
    assertThat(IMAGES.sameRows(Shape.of(767))).isFalse();
    assertThat(IMAGES.sameRows(Shape.SCALAR)).isFalse();
  }
}
