package dev.idem.uses.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.uses.projection.Manifold.Sphere;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LocalRankTest {

  private static final float[][] POINTS = {{0.6f, 0.8f, 0}, {0, 1, 0}};

  private static UnaryOperator<float[][]> each(UnaryOperator<float[]> map) {
    return rows -> Arrays.stream(rows).map(map).toArray(float[][]::new);
  }

  @Test
  void itCountsTheDirectionsThatAMapKeeps() {
    assertThat(LocalRank.mean(x -> x, POINTS)).isCloseTo(3, within(1e-4));
    assertThat(LocalRank.mean(each(x -> new float[] {x[0], 0, x[2]}), POINTS))
        .isCloseTo(2, within(1e-4));
    assertThat(LocalRank.mean(each(x -> new float[] {7, 7, 7}), POINTS)).isZero();
  }

  @Test
  void aProjectionOnASphereKeepsTwo() {
    Sphere sphere = new Sphere(3);
    UnaryOperator<float[][]> nearest =
        each(
            x -> {
              double[] y = sphere.nearest(new double[] {x[0], x[1], x[2]});
              return new float[] {(float) y[0], (float) y[1], (float) y[2]};
            });
    assertThat(LocalRank.mean(nearest, POINTS)).isCloseTo(2, within(1e-2));
  }

  @Test
  void unequalSingularValuesCountByTheEntropyOfTheirSquares() {
    // Squares 9 and 1: p = 0.9, 0.1.
    double expected = Math.exp(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1));
    assertThat(LocalRank.of(new double[][] {{3, 0}, {0, 1}})).isCloseTo(expected, within(1e-12));
  }
}
