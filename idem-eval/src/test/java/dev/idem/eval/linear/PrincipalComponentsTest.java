package dev.idem.eval.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.eval.metrics.Maps;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

  private static final Offset<Double> ROUNDING = within(1e-6);

  /** Rows offset + s_k d_k and offset - s_k d_k, where d_k is row k of {@code directions}. */
  private static float[][] planted(double[][] directions, double... s) {
    int n = directions[0].length;
    float[][] rows = new float[2 * s.length][n];
    for (int k = 0; k < s.length; k++) {
      for (int j = 0; j < n; j++) {
        rows[2 * k][j] = (float) (1 + s[k] * directions[k][j]);
        rows[2 * k + 1][j] = (float) (1 - s[k] * directions[k][j]);
      }
    }
    return rows;
  }

  @Property(tries = 20, seed = "1")
  void plantedDirectionsAreFoundInOrder(
      @ForAll long seed, @ForAll @IntRange(min = 3, max = 20) int n) {
    // Six rows: fewer than the width, and more.
    double[][] q = Maps.orthogonal(seed, n);
    PrincipalComponents found = PrincipalComponents.fit(planted(q, 1, 4, 2), 3);

    int[] order = {1, 2, 0};
    double[] s = {4, 2, 1};
    for (int k = 0; k < 3; k++) {
      double cosine = 0;
      for (int j = 0; j < n; j++) {
        cosine += q[order[k]][j] * found.direction(k)[j];
      }
      assertThat(Math.abs(cosine)).isCloseTo(1, ROUNDING);
      assertThat(found.variances().get(k)).isCloseTo(2 * s[k] * s[k] / 5, within(1e-5));
      assertThat(found.explainedShares().get(k)).isCloseTo(s[k] * s[k] / 21, ROUNDING);
    }
  }

  @Property(tries = 20, seed = "1")
  void bothGramMatricesGiveTheSameComponents(@ForAll long seed) {
    float[][] rows = Maps.normal(seed, 6, 7);
    // Columns of zeros change which Gram matrix is the smaller, and nothing else.
    float[][] narrow = Arrays.stream(rows).map(r -> Arrays.copyOf(r, 4)).toArray(float[][]::new);
    float[][] padded = Arrays.stream(narrow).map(r -> Arrays.copyOf(r, 9)).toArray(float[][]::new);

    PrincipalComponents byColumns = PrincipalComponents.fit(narrow, 3);
    PrincipalComponents byRows = PrincipalComponents.fit(padded, 3);

    assertThat(byRows.explainedShares()).hasSize(3);
    double[][] a = byColumns.project(narrow);
    double[][] b = byRows.project(padded);
    for (int i = 0; i < a.length; i++) {
      assertThat(b[i]).containsExactly(a[i], within(1e-8));
    }
  }

  @Property(tries = 20, seed = "1")
  void projectionsAreUncorrelatedWithTheStatedVariances(@ForAll long seed) {
    float[][] rows = Maps.normal(seed, 15, 5);
    PrincipalComponents found = PrincipalComponents.fit(rows, 5);

    double[][] p = found.project(rows);

    for (int k = 0; k < 5; k++) {
      for (int l = 0; l <= k; l++) {
        double sum = 0;
        for (double[] row : p) {
          sum += row[k] * row[l];
        }
        assertThat(sum / 14).isCloseTo(k == l ? found.variances().get(k) : 0, within(1e-10));
      }
    }
    double explained = found.explainedShares().stream().mapToDouble(v -> v).sum();
    assertThat(explained).isCloseTo(1, within(1e-12));
  }

  @Property(tries = 20, seed = "1")
  void signIsThatOfTheLargestCoordinate(@ForAll long seed) {
    float[][] rows = Maps.normal(seed, 12, 6);
    float[][] mirrored = Maps.each(v -> -v).apply(rows);
    PrincipalComponents found = PrincipalComponents.fit(rows, 3);
    PrincipalComponents ofMirrored = PrincipalComponents.fit(mirrored, 3);

    for (int k = 0; k < 3; k++) {
      double[] direction = found.direction(k);
      double largest = Arrays.stream(direction).map(Math::abs).max().orElseThrow();
      assertThat(direction).contains(largest);
      assertThat(ofMirrored.direction(k)).containsExactly(direction, within(1e-10));
    }
  }

  @Test
  void repeatedRowProjectsToOnePoint() {
    PrincipalComponents found = PrincipalComponents.fit(Maps.normal(1, 20, 8), 2);
    float[] row = Maps.normal(2, 1, 8)[0];

    double[][] points = found.project(new float[][] {row, row.clone(), row.clone()});

    assertThat(points[1]).isEqualTo(points[0]);
    assertThat(points[2]).isEqualTo(points[0]);
  }

  @Test
  void meanProjectsToTheOrigin() {
    float[][] rows = {{1, 5}, {3, 9}, {2, 1}};

    assertThat(PrincipalComponents.fit(rows, 2).project(new float[][] {{2, 5}})[0])
        .containsExactly(new double[] {0, 0}, within(1e-14));
  }

  @Test
  void moreComponentsThanTheRowsSpanAreRefused() {
    float[][] line = {{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {5, 5, 5}};

    assertThat(PrincipalComponents.fit(line, 1).explainedShares()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrincipalComponents.fit(line, 2))
        .withMessage("components (2) must be at most 1, the rank of the centred samples");
    assertThat(PrincipalComponents.fitAtMost(line, 2).explainedShares()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrincipalComponents.fit(new float[][] {{3, 4}, {3, 4}}, 1))
        .withMessageContaining("must be at most 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrincipalComponents.fit(new float[][] {{3, 4}}, 1))
        .withMessage("samples (1) must be at least two rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrincipalComponents.fit(line, 0))
        .withMessage("components (0) must be positive");
  }

  @Test
  void rowsOfAnotherWidthAreNotProjected() {
    PrincipalComponents found = PrincipalComponents.fit(Maps.normal(1, 5, 3), 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> found.project(new float[][] {{1, 2}}))
        .withMessage("samples to project have width 2, the fitted ones had 3");
  }

  @Test
  void projectionIsIdempotentToRoundingAndKeepsItsRank() {
    float[][] fitted = Maps.normal(1, 60, 12);
    float[][] fresh = Maps.normal(2, 40, 12);
    UnaryOperator<float[][]> projection = PrincipalComponents.fit(fitted, 4).projection();
    IdempotencyReport report = IdempotencyMetrics.defaults().measure(projection, fresh);

    assertThat(report.relativeError()).isLessThan(1e-12);
    assertThat(report.effectiveRank()).isBetween(3.0, 4.0);
    assertThat(report.fixedPointShare()).isEqualTo(1);
  }

  @Test
  void projectionOntoEveryDirectionIsTheIdentity() {
    float[][] fitted = Maps.normal(1, 60, 12);
    float[][] fresh = Maps.normal(2, 40, 12);
    UnaryOperator<float[][]> projection = PrincipalComponents.fit(fitted, 12).projection();

    assertThat(Rows.meanSquaredDifference(projection.apply(fresh), fresh))
        .isCloseTo(0, within(1e-12));
  }
}
