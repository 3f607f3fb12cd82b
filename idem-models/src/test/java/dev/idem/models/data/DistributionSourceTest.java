package dev.idem.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import dev.idem.models.data.DistributionSource.Uniform;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionSourceTest {

  static Stream<DataSource> sources() {
    return Stream.of(
        new Gaussian(8),
        new Uniform(8, -1, 1),
        new LowRankGaussian(8, 3, 11),
        new Gaussian(Shape.of(2, 2, 2), 3, 0.5));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aBatchIsAFunctionOfSeedAndStep(DataSource source) {
    float[][] batch = source.batch(1, 5, 16);
    source.batch(1, 6, 16);
    source.heldOut(1, 16);
    assertThat(source.batch(1, 5, 16)).isDeepEqualTo(batch);
    assertThat(source.heldOut(1, 16)).isDeepEqualTo(source.heldOut(1, 16));
    assertThat(batch).hasDimensions(16, source.shape().size());
  }

  @ParameterizedTest
  @MethodSource("sources")
  void batchesOfOtherSeedsAndStepsAndHeldOutSamplesAreFresh(DataSource source) {
    float[] first = source.batch(1, 5, 1)[0];
    assertThat(source.batch(2, 5, 1)[0]).isNotEqualTo(first);
    assertThat(source.batch(1, 6, 1)[0]).isNotEqualTo(first);
    assertThat(source.heldOut(1, 1)[0]).isNotEqualTo(first);
    assertThat(source.heldOut(2, 1)[0]).isNotEqualTo(source.heldOut(1, 1)[0]);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aLargerBatchBeginsWithTheSmaller(DataSource source) {
    assertThat(Arrays.copyOf(source.batch(1, 5, 16), 4)).isDeepEqualTo(source.batch(1, 5, 4));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void threadsSeeTheSameBatches(DataSource source) {
    float[][][] alone =
        IntStream.range(0, 64).mapToObj(step -> source.batch(1, step, 8)).toArray(float[][][]::new);
    float[][][] together =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(step -> source.batch(1, step, 8))
            .toArray(float[][][]::new);
    assertThat(Arrays.deepEquals(alone, together)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void badArgumentsAreNamed(DataSource source) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.batch(1, -1, 4))
        .withMessage("step (-1) must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.batch(1, 0, 0))
        .withMessage("size (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.heldOut(1, -3))
        .withMessage("size (-3) must be positive");
  }

  @Test
  void gaussianHasItsMeanAndDeviation() {
    double[] values = values(new Gaussian(Shape.of(4, 5), 3, 0.5).batch(1, 0, 2000));
    assertThat(mean(values)).isCloseTo(3, within(0.01));
    assertThat(variance(values)).isCloseTo(0.25, within(0.01));
    double[] standard = values(new Gaussian(20).heldOut(1, 2000));
    assertThat(mean(standard)).isCloseTo(0, within(0.02));
    assertThat(variance(standard)).isCloseTo(1, within(0.03));
  }

  @Test
  void uniformFillsItsInterval() {
    double[] values = values(new Uniform(20, -2, 4).batch(1, 0, 2000));
    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-2.0, -1.99);
    assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(3.99, 4.0);
    assertThat(mean(values)).isCloseTo(1, within(0.05));
    assertThat(variance(values)).isCloseTo(3, within(0.08));
  }

  @Test
  void lowRankSamplesLieInTheSubspaceAndFillIt() {
    LowRankGaussian source = new LowRankGaussian(10, 3, 11);
    double[][] basis = source.basis();
    double[][] coordinates = new double[3][4000];
    float[][] samples = source.batch(1, 0, 4000);
    for (int i = 0; i < samples.length; i++) {
      double[] rest = new double[10];
      float[] sample = samples[i];
      Arrays.setAll(rest, j -> sample[j]);
      for (int k = 0; k < 3; k++) {
        double z = 0;
        for (int j = 0; j < 10; j++) {
          z += sample[j] * basis[k][j];
        }
        coordinates[k][i] = z;
        for (int j = 0; j < 10; j++) {
          rest[j] -= z * basis[k][j];
        }
      }
      assertThat(rest).containsExactly(new double[10], within(1e-5));
    }
    for (double[] coordinate : coordinates) {
      assertThat(variance(coordinate)).isCloseTo(1, within(0.1));
    }
  }

  @Test
  void theBasisIsOrthonormalAndDependsOnItsOwnSeedAlone() {
    double[][] basis = new LowRankGaussian(10, 3, 11).basis();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double dot = 0;
        for (int k = 0; k < 10; k++) {
          dot += basis[i][k] * basis[j][k];
        }
        assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-13));
      }
    }
    assertThat(new LowRankGaussian(10, 3, 11).basis()).isDeepEqualTo(basis);
    assertThat(new LowRankGaussian(10, 3, 12).basis()[0]).isNotEqualTo(basis[0]);
  }

  @Test
  void lowRankSourcesAreEqualByValue() {
    assertThat(new LowRankGaussian(10, 3, 11))
        .isEqualTo(new LowRankGaussian(10, 3, 11))
        .hasSameHashCodeAs(new LowRankGaussian(10, 3, 11))
        .isNotEqualTo(new LowRankGaussian(10, 3, 12))
        .isNotEqualTo(new LowRankGaussian(10, 4, 11))
        .isNotEqualTo(new LowRankGaussian(11, 3, 11));
  }

  @Test
  void sourcesDescribeThemselves() {
    assertThat(new Gaussian(16).description()).isEqualTo("normal(0, 1), width 16");
    assertThat(new Gaussian(Shape.of(28, 28, 1), 0.5, 2).description())
        .isEqualTo("normal(0.5, 2), shape [28, 28, 1]");
    assertThat(new Uniform(16, -1, 1).description()).isEqualTo("uniform(-1, 1), width 16");
    assertThat(new LowRankGaussian(16, 4, 1).description())
        .isEqualTo("normal on a subspace of dimension 4, width 16");
  }

  @Test
  void unsuitableNumbersAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gaussian(0))
        .withMessage("width (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gaussian(Shape.of(2), Double.NaN, 1))
        .withMessage("mean (NaN) must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Uniform(2, 1, 1))
        .withMessage("low (1.0) must be less than high (1.0), and both finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Uniform(2, 0, Double.POSITIVE_INFINITY))
        .withMessage("low (0.0) must be less than high (Infinity), and both finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LowRankGaussian(4, 5, 1))
        .withMessage("rank (5) must be at most the width (4)");
  }

  private static double[] values(float[][] samples) {
    return Arrays.stream(samples)
        .flatMapToDouble(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i]))
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }
}
