package dev.idem.generative.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.random.RandomStreams;
import dev.idem.generative.noise.NoiseSource.WhiteNoise;
import dev.idem.generative.noise.PrincipalFactors.LinearCombinations;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LinearCombinationsTest {

  @Property(tries = 60)
  void areSumsOfProducts(
      @ForAll @IntRange(min = 1, max = 6) int sums,
      @ForAll @IntRange(min = 0, max = 11) int rank,
      @ForAll @IntRange(min = 1, max = 2_100) int width) {
    float[][] coefficients =
        WhiteNoise.normal(RandomStreams.stream(1, "coefficients", rank), sums, rank);
    float[][] rows = WhiteNoise.normal(RandomStreams.stream(1, "rows", width), rank, width);
    float[][] result = new float[sums][width];
    for (float[] row : result) {
      row[width - 1] = 2;
    }
    LinearCombinations.add(result, coefficients, rows);
    for (int s = 0; s < sums; s++) {
      for (int j = 0; j < width; j += 1 + width / 50) {
        assertThat(result[s][j])
            .isCloseTo(
                (float) (combination(coefficients[s], rows, j) + (j == width - 1 ? 2 : 0)),
                within(1e-4f));
      }
    }
  }

  private static double combination(float[] coefficients, float[][] rows, int column) {
    double sum = 0;
    for (int k = 0; k < rows.length; k++) {
      sum += (double) coefficients[k] * rows[k][column];
    }
    return sum;
  }
}
