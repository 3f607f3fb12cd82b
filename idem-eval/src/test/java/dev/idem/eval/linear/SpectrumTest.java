package dev.idem.eval.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.Maps;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class SpectrumTest {

  @Property(tries = 25, seed = "1")
  void eigenvaluesAndVectorsMakeTheMatrixAgain(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
    DMatrixRMaj a = new DMatrixRMaj();
    CommonOps_DDRM.multOuter(new DMatrixRMaj(Rows.centred(Maps.normal(seed, n, 5))), a);

    Spectrum spectrum = Spectrum.of(a);

    double[] values = spectrum.values();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += values[k] * spectrum.vectors()[k][i] * spectrum.vectors()[k][j];
        }
        assertThat(sum).isCloseTo(a.get(i, j), within(1e-10));
      }
    }
    assertThat(spectrum.rank()).isEqualTo(Math.min(n - 1, 5));
    for (int k = 1; k < n; k++) {
      assertThat(values[k]).isLessThanOrEqualTo(values[k - 1]);
    }
    double[] alone = Spectrum.eigenvalues(a);
    assertThat(Arrays.stream(alone).sum()).isCloseTo(Arrays.stream(values).sum(), within(1e-10));
  }

  @Test
  void zeroMatrixHasNoRank() {
    assertThat(Spectrum.of(new DMatrixRMaj(3, 3)).rank()).isZero();
  }

  @Test
  void theSmallerGramMatrixIsTaken() {
    double[][] wide = {{1, 2, 3}, {0, 1, -1}};
    double[][] high = {{1, 0}, {2, 1}, {3, -1}};
    DMatrixRMaj expected = new DMatrixRMaj(new double[][] {{14, -1}, {-1, 2}});

    assertThat(Spectrum.smallerGram(wide).data).isEqualTo(expected.data);
    assertThat(Spectrum.smallerGram(high).data).isEqualTo(expected.data);
  }
}
