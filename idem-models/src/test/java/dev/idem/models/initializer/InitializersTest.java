package dev.idem.models.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InitializersTest {

  /** 80,000 values: the standard error of a mean is sigma / 283, of a variance sigma^2 / 200. */
  private static final Shape KERNEL = Shape.of(200, 400);

  @Test
  void uniformFanInFillsTheIntervalOfPyTorch() {
    double[] values = draw(Initializers.uniformFanIn(), KERNEL);
    double bound = 1 / Math.sqrt(200);
    assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.999 * bound, bound);
    assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-bound, -0.999 * bound);
    assertThat(mean(values)).isCloseTo(0, within(0.02 * bound));
    assertThat(variance(values)).isCloseTo(1.0 / 600, within(0.02 / 600));
  }

  @Test
  void uniformFanInScalesABiasByTheFanInOfItsLayer() {
    ParameterSpec bias =
        new ParameterSpec("dense.0.bias", Shape.of(5000), 100, 5000, Initializers.uniformFanIn());
    double[] values = bias.initializer().values(bias, new SplittableRandom(3));
    assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow()).isBetween(0.099, 0.1);
  }

  @Test
  void glorotUniformHasTheVarianceOfBothFans() {
    double[] values = draw(Initializers.glorotUniform(), KERNEL);
    assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow()).isBetween(0.0999, 0.1);
    assertThat(variance(values)).isCloseTo(2.0 / 600, within(0.02 * 2 / 600));
  }

  @Test
  void normalInitialisersHaveTheirVariance() {
    assertNormal(Initializers.heNormal(), 2.0 / 200);
    assertNormal(Initializers.lecunNormal(), 1.0 / 200);
    assertNormal(Initializers.normal(0.02), 0.0004);
  }

  private static void assertNormal(Initializer initializer, double variance) {
    double[] values = draw(initializer, KERNEL);
    assertThat(mean(values)).isCloseTo(0, within(0.015 * Math.sqrt(variance)));
    assertThat(variance(values)).isCloseTo(variance, within(0.02 * variance));
    double kurtosis =
        Arrays.stream(values).map(v -> Math.pow(v, 4)).average().orElseThrow()
            / (variance * variance);
    assertThat(kurtosis).isCloseTo(3, within(0.15));
  }

  @Test
  void constantsAreConstant() {
    assertThat(draw(Initializers.constant(0.25), Shape.of(3))).containsExactly(0.25, 0.25, 0.25);
    assertThat(draw(Initializers.zeros(), Shape.of(3))).containsExactly(0, 0, 0);
  }

  @Property(tries = 30, seed = "1")
  void orthogonalKernelsHaveOrthonormalRowsOrColumns(
      @ForAll @IntRange(min = 1, max = 24) int rows,
      @ForAll @IntRange(min = 1, max = 24) int columns) {
    double gain = 1.5;
    double[][] kernel =
        matrix(draw(Initializers.orthogonal(gain), Shape.of(rows, columns)), columns);
    double[][] gram =
        rows <= columns ? multiply(kernel, transpose(kernel)) : multiply(transpose(kernel), kernel);
    assertClose(gram, scaledIdentity(gram.length, gain * gain), 1e-13);
  }

  @Test
  void orthogonalFlattensAConvolutionToInputsByOutputs() {
    double[][] kernel = matrix(draw(Initializers.orthogonal(1), Shape.of(4, 4, 3, 8)), 8);
    assertClose(multiply(transpose(kernel), kernel), scaledIdentity(8, 1), 1e-13);
  }

  @Test
  void orthogonalHasNoPreferredSign() {
    SplittableRandom random = new SplittableRandom(5);
    ParameterSpec spec = spec(Initializers.orthogonal(1), Shape.of(3, 3));
    double sum = 0;
    for (int i = 0; i < 4000; i++) {
      double[] values = spec.initializer().values(spec, random);
      sum += values[0] + values[4] + values[8];
    }
    assertThat(sum / 12000).isCloseTo(0, within(0.03));
  }

  @Test
  void identityPlusNoiseIsTheIdentityAndNoiseOfTheGivenDeviation() {
    int n = 150;
    double[] values = draw(Initializers.identityPlusNoise(0.1), Shape.of(n, n));
    for (int i = 0; i < n; i++) {
      values[i * n + i] -= 1;
    }
    assertThat(mean(values)).isCloseTo(0, within(0.003));
    assertThat(variance(values)).isCloseTo(0.01, within(0.0005));
    assertThat(draw(Initializers.identityPlusNoise(0), Shape.of(2, 2))).containsExactly(1, 0, 0, 1);
  }

  @Property(tries = 20, seed = "1")
  void nearIdempotentWithoutNoiseIsASymmetricProjectionOfItsRank(
      @ForAll @IntRange(min = 1, max = 20) int rank) {
    double[][] p = matrix(draw(Initializers.nearIdempotent(rank, 0), Shape.of(20, 20)), 20);
    assertClose(multiply(p, p), p, 1e-13);
    assertClose(transpose(p), p, 1e-13);
    double trace = 0;
    for (int i = 0; i < 20; i++) {
      trace += p[i][i];
    }
    assertThat(trace).isCloseTo(rank, within(1e-12));
  }

  @Test
  void noiseMovesTheProjectionByANormalMatrixOfVarianceOneOverN() {
    int n = 150;
    double[] projection = draw(Initializers.nearIdempotent(40, 0), Shape.of(n, n));
    double[] moved = draw(Initializers.nearIdempotent(40, 0.3), Shape.of(n, n));
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= projection[i];
    }
    assertThat(variance(moved)).isCloseTo(0.09 / n, within(0.05 * 0.09 / n));
    assertThat(mean(moved)).isCloseTo(0, within(0.03 * 0.3 / Math.sqrt(n)));
  }

  @Test
  void theSameRandomGeneratorStateGivesTheSameValues() {
    for (Initializer initializer : all()) {
      double[] first = draw(initializer, Shape.of(8, 8));
      assertThat(draw(initializer, Shape.of(8, 8))).isEqualTo(first);
    }
  }

  @Test
  void anotherSeedGivesOtherValues() {
    for (Initializer initializer : all()) {
      ParameterSpec spec = spec(initializer, Shape.of(8, 8));
      assertThat(initializer.values(spec, new SplittableRandom(8)))
          .isNotEqualTo(initializer.values(spec, new SplittableRandom(9)));
    }
  }

  @Test
  void initialisersAreEqualByValue() {
    assertThat(Initializers.orthogonal(2)).isEqualTo(Initializers.orthogonal(2));
    assertThat(Initializers.uniformFanIn()).isEqualTo(Initializers.uniformFanIn());
    assertThat(Initializers.uniformFanIn()).isNotEqualTo(Initializers.glorotUniform());
    assertThat(Initializers.heNormal()).isNotEqualTo(Initializers.lecunNormal());
  }

  @Test
  void unsuitableShapesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draw(Initializers.orthogonal(1), Shape.of(4)))
        .withMessage(
            "parameter 'kernel' of shape [4] must have at least two axes to be orthogonal");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draw(Initializers.identityPlusNoise(0.1), Shape.of(4, 5)))
        .withMessage(
            "parameter 'kernel' of shape [4, 5] must be a square matrix for identityPlusNoise");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draw(Initializers.nearIdempotent(2, 0.1), Shape.of(4, 4, 4)))
        .withMessage(
            "parameter 'kernel' of shape [4, 4, 4] must be a square matrix for nearIdempotent");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draw(Initializers.nearIdempotent(5, 0.1), Shape.of(4, 4)))
        .withMessage("rank (5) must be at most 4, the order of parameter 'kernel'");
  }

  @Test
  void unsuitableNumbersAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializers.normal(0))
        .withMessage("standardDeviation (0.0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializers.nearIdempotent(0, 0.1))
        .withMessage("rank (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializers.nearIdempotent(1, -0.1))
        .withMessage("noise (-0.1) must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializers.orthogonal(-1))
        .withMessage("gain (-1.0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializers.constant(Double.NaN))
        .withMessage("value (NaN) must be finite");
  }

  private static List<Initializer> all() {
    return List.of(
        Initializers.uniformFanIn(),
        Initializers.glorotUniform(),
        Initializers.heNormal(),
        Initializers.lecunNormal(),
        Initializers.normal(0.02),
        Initializers.orthogonal(1),
        Initializers.identityPlusNoise(0.1),
        Initializers.nearIdempotent(3, 0.1));
  }

  private static double[] draw(Initializer initializer, Shape shape) {
    return initializer.values(spec(initializer, shape), new SplittableRandom(42));
  }

  private static ParameterSpec spec(Initializer initializer, Shape shape) {
    return new ParameterSpec("kernel", shape, shape.dimension(0), shape.last(), initializer);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  private static double[][] matrix(double[] values, int columns) {
    double[][] matrix = new double[values.length / columns][];
    for (int row = 0; row < matrix.length; row++) {
      matrix[row] = Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }
    return matrix;
  }

  private static double[][] transpose(double[][] a) {
    double[][] transposed = new double[a[0].length][a.length];
    for (int row = 0; row < a.length; row++) {
      for (int column = 0; column < a[0].length; column++) {
        transposed[column][row] = a[row][column];
      }
    }
    return transposed;
  }

  private static double[][] multiply(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int row = 0; row < a.length; row++) {
      for (int inner = 0; inner < b.length; inner++) {
        for (int column = 0; column < b[0].length; column++) {
          product[row][column] += a[row][inner] * b[inner][column];
        }
      }
    }
    return product;
  }

  private static double[][] scaledIdentity(int n, double scale) {
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = scale;
    }
    return identity;
  }

  private static void assertClose(double[][] actual, double[][] expected, double tolerance) {
    for (int row = 0; row < expected.length; row++) {
      assertThat(actual[row]).containsExactly(expected[row], within(tolerance));
    }
  }
}
