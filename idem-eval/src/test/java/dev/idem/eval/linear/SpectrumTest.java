package dev.idem.eval.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.Maps;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpectrumTest {

  @Property(tries = 25, seed = "1")
  void eigenvaluesAndVectorsMakeTheMatrixAgain(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
    double[][] a = SymmetricMatrices.gram(Rows.centred(Maps.normal(seed, n, 5)));

    Spectrum spectrum = Spectrum.of(a);

    double[] values = spectrum.values();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += values[k] * spectrum.vector(k)[i] * spectrum.vector(k)[j];
        }
        assertThat(sum).isCloseTo(a[i][j], within(1e-10));
      }
    }
    assertThat(spectrum.rank()).isEqualTo(Math.min(n - 1, 5));
    for (int k = 1; k < n; k++) {
      assertThat(values[k]).isLessThanOrEqualTo(values[k - 1]);
    }
  }

  @Test
  void zeroMatrixHasNoRank() {
    assertThat(Spectrum.of(new double[3][3]).rank()).isZero();
  }

  @Test
  void covarianceIsUnbiased() {
    assertThat(SymmetricMatrices.covariance(new double[][] {{1, 2}, {-1, -2}}))
        .isDeepEqualTo(new double[][] {{2, 4}, {4, 8}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricMatrices.covariance(new double[][] {{1, 2}}))
        .withMessageContaining("rows (1) must be at least 2");
  }

  @Test
  void congruentMatrixIsTheProductOfThree() {
    double[][] v = {{1, 2}, {0, 1}, {3, 0}};
    double[][] c = {{2, 1}, {1, 4}};

    assertThat(SymmetricMatrices.congruent(v, c))
        .isDeepEqualTo(new double[][] {{22, 9, 12}, {9, 4, 3}, {12, 3, 18}});
  }
}
