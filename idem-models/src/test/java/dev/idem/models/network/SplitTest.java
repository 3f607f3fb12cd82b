package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceTensor;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static final ReferenceAlgebra OPS = new ReferenceAlgebra();

  /** A, row by row: each row is A' applied to a unit vector. */
  private static double[][] rows(Split split) {
    double[][] rows = new double[split.code()][];
    for (int i = 0; i < rows.length; i++) {
      double[] unit = new double[split.code()];
      unit[i] = 1;
      rows[i] = split.back(ReferenceTensor.of(Shape.of(1, split.code()), unit), OPS).values();
    }
    return rows;
  }

  private static double inner(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Property(tries = 30, seed = "1")
  void cosinesAreOrthonormalAndTheFirstOfEachChannelIsItsMean(
      @ForAll @IntRange(min = 2, max = 6) int height,
      @ForAll @IntRange(min = 2, max = 6) int width,
      @ForAll @IntRange(min = 1, max = 3) int channels) {
    Shape shape = Shape.of(height, width, channels);
    double[][] rows = rows(Split.cosines(shape, shape.size() - 1));
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(inner(rows[i], rows[j])).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < shape.size(); i++) {
        double expected = i % channels == channel ? 1 / Math.sqrt(height * width) : 0;
        assertThat(rows[channel][i]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void cosinesOfLowFrequencyComeFirstEvenInAnOblongImage() {
    // u / 2 and v / 4: 0, then v = 1, then u = 1 and v = 2, which are as low.
    double[][] rows = rows(Split.cosines(Shape.of(2, 4, 1), 4));
    double[] second = new double[8];
    Arrays.setAll(second, i -> Math.cos(Math.PI * (i % 4 + 0.5) / 4) / 2);
    assertThat(rows[1]).containsExactly(second, within(1e-12));
    assertThat(Arrays.stream(rows[2]).distinct().count()).isGreaterThan(1);
    assertThat(Split.cosines(Shape.of(2, 4, 1), 4)).hasToString("4 cosines");
  }

  @Test
  void theFinestCosinesAreThoseOfHighestFrequency() {
    // In [4, 4, 1] the finest is u = v = 3; the lowest 15 are all but that one.
    Shape shape = Shape.of(4, 4, 1);
    double[] finest = rows(Split.finestCosines(shape, 1))[0];
    for (double[] lower : rows(Split.cosines(shape, 15))) {
      assertThat(inner(finest, lower)).isCloseTo(0, within(1e-12));
    }
    assertThat(inner(finest, finest)).isCloseTo(1, within(1e-12));
    assertThat(Split.finestCosines(shape, 3)).hasToString("3 finest cosines");
  }

  @Test
  void whatLiesAlongASplitComesBack() {
    double h = Math.sqrt(0.5);
    Split split = Split.of(Shape.of(3), new double[][] {{h, h, 0}}, "the diagonal");
    ReferenceTensor x = ReferenceTensor.of(Shape.of(1, 3), 1, 3, 5);
    assertThat(split.along(x, OPS).values()).containsExactly(new double[] {4 * h}, within(1e-12));
    assertThat(split.back(split.along(x, OPS), OPS).values())
        .containsExactly(new double[] {2, 2, 0}, within(1e-12));
    assertThat(split.code()).isEqualTo(1);
    assertThat(split).hasToString("the diagonal");
  }

  @Test
  void splitsAreValues() {
    Split split = Split.first(Shape.of(4), 2);
    double[][] rows = {{1, 0, 0, 0}, {0, 1, 0, 0}};
    Split same = Split.of(Shape.of(4), rows, "first 2");
    rows[0][0] = 9;
    assertThat(split).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(split).isNotEqualTo(Split.first(Shape.of(4), 1));
    assertThat(split).isNotEqualTo(Split.cosines(Shape.of(2, 2, 1), 2));
  }

  @Test
  void badSplitsAreExplained() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.first(Shape.of(16), 17))
        .withMessage("code (17) must be less than the 16 numbers of a sample of shape [16]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.first(Shape.of(16), 0))
        .withMessage("code (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.cosines(Shape.of(784), 16))
        .withMessage("shape [784] must be [height, width, channels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.cosines(Shape.of(4, 4, 1), 16))
        .withMessage("code (16) must be less than the 16 numbers of a sample of shape [4, 4, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.of(Shape.of(3), new double[][] {{1, 0}}, "short"))
        .withMessage("direction 0 has 2 numbers; a sample of shape [3] has 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.of(Shape.of(3), new double[][] {{1, 0, 0}, {1, 0, 0}}, "twice"))
        .withMessage("directions 0 and 1 have the inner product 1.0; orthonormal ones have 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.of(Shape.of(3), new double[][] {{2, 0, 0}}, "long"))
        .withMessage("directions 0 and 0 have the inner product 4.0; orthonormal ones have 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.of(Shape.of(2), new double[][] {{Double.NaN, 0}}, "no number"))
        .withMessageContaining("inner product NaN");
  }
}
