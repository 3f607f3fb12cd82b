package dev.idem.generative.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.api.algebra.Shape;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.noise.NoiseSource.WhiteNoise;
import dev.idem.models.data.DistributionSource.Gaussian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every noise source keeps to. */
class NoiseSourceTest {

  private static final SyntheticImages IMAGES = new SyntheticImages(Shape.of(4, 3, 2), 5, 60, 7);

  static Stream<NoiseSource> sources() {
    return Arrays.stream(NoiseKind.values()).map(IMAGES::noise);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aBatchIsAFunctionOfSeedAndStep(NoiseSource noise) {
    float[][] batch = noise.batch(1, 5, 16);
    noise.batch(1, 6, 16);
    noise.heldOut(1, 16);
    assertThat(noise.batch(1, 5, 16)).isDeepEqualTo(batch);
    assertThat(noise.heldOut(1, 16)).isDeepEqualTo(noise.heldOut(1, 16));
    assertThat(batch).hasDimensions(16, 24);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void batchesOfOtherSeedsAndStepsAndHeldOutSamplesAreFresh(NoiseSource noise) {
    float[] first = noise.batch(1, 0, 1)[0];
    assertThat(noise.batch(2, 0, 1)[0]).isNotEqualTo(first);
    assertThat(noise.batch(1, 1, 1)[0]).isNotEqualTo(first);
    assertThat(noise.batch(1, 0, 2)[1]).isNotEqualTo(first);
    assertThat(noise.heldOut(1, 1)[0]).isNotEqualTo(first);
    assertThat(noise.heldOut(2, 1)[0]).isNotEqualTo(noise.heldOut(1, 1)[0]);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aLargerBatchBeginsWithTheSmaller(NoiseSource noise) {
    assertThat(Arrays.copyOf(noise.batch(1, 5, 16), 3)).isDeepEqualTo(noise.batch(1, 5, 3));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void threadsSeeTheSameBatches(NoiseSource noise) {
    float[][][] alone =
        IntStream.range(0, 64).mapToObj(step -> noise.batch(1, step, 8)).toArray(float[][][]::new);
    float[][][] together =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(step -> noise.batch(1, step, 8))
            .toArray(float[][][]::new);
    assertThat(Arrays.deepEquals(alone, together)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aRestoredSourceDrawsTheSameBytes(NoiseSource noise) {
    NoiseSource restored = noise.kind().restore(noise.shape(), noise.statistics());
    assertThat(restored.batch(3, 4, 20)).isDeepEqualTo(noise.batch(3, 4, 20));
    assertThat(restored.heldOut(3, 20)).isDeepEqualTo(noise.heldOut(3, 20));
    assertThat(restored.description()).isEqualTo(noise.description());
    assertThat(restored.kind()).isEqualTo(noise.kind());
  }

  @ParameterizedTest
  @MethodSource("sources")
  void anEstimateIsRepeatable(NoiseSource noise) {
    assertThat(IMAGES.noise(noise.kind()).batch(1, 0, 4)).isDeepEqualTo(noise.batch(1, 0, 4));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void whoChangesTheStatisticsOrADrawDoesNotChangeTheSource(NoiseSource noise) {
    float[][] before = noise.batch(1, 0, 4);
    Map<String, float[]> statistics = noise.statistics();
    NoiseSource restored = noise.kind().restore(noise.shape(), statistics);
    statistics.values().forEach(values -> Arrays.fill(values, 99));
    Arrays.stream(noise.batch(1, 0, 4)).forEach(sample -> Arrays.fill(sample, 99));
    assertThat(noise.batch(1, 0, 4)).isDeepEqualTo(before);
    assertThat(restored.batch(1, 0, 4)).isDeepEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void badArgumentsAreNamed(NoiseSource noise) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> noise.batch(1, -1, 4))
        .withMessage("step (-1) must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> noise.batch(1, 0, 0))
        .withMessage("size (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> noise.heldOut(1, -3))
        .withMessage("size (-3) must be positive");
  }

  @Test
  void statisticsComeInAFixedOrder() {
    assertThat(IMAGES.noise(NoiseKind.WHITE).statistics()).isEmpty();
    assertThat(new ArrayList<>(IMAGES.noise(NoiseKind.SPECTRAL).statistics().keySet()))
        .containsExactly(
            "realMean", "realDeviation", "imaginaryMean", "imaginaryDeviation", "images");
    assertThat(new ArrayList<>(IMAGES.noise(NoiseKind.COVARIANCE).statistics().keySet()))
        .containsExactly("mean", "factors", "images");
  }

  @Test
  void sourcesDescribeThemselves() {
    assertThat(IMAGES.noise(NoiseKind.WHITE).description()).isEqualTo("white noise, [4, 3, 2]");
    assertThat(IMAGES.noise(NoiseKind.SPECTRAL).description())
        .isEqualTo("spectral noise, [4, 3, 2], from 60 images");
    assertThat(IMAGES.noise(NoiseKind.COVARIANCE).description())
        .isEqualTo("covariance noise, [4, 3, 2], rank 5, from 60 images");
  }

  @Test
  void noiseIsNotTheDataOfTheSameSeed() {
    NoiseSource white = new WhiteNoise(Shape.of(8));
    Gaussian data = new Gaussian(8);
    assertThat(white.batch(1, 0, 1)[0]).isNotEqualTo(data.batch(1, 0, 1)[0]);
    assertThat(white.heldOut(1, 1)[0]).isNotEqualTo(data.heldOut(1, 1)[0]);
  }

  /** Within six standard errors: 1 / sqrt(n) of the mean, sqrt(2 / n) of the variance. */
  @Test
  void whiteNoiseIsStandardNormal() {
    float[][] samples = new WhiteNoise(Shape.of(6)).batch(1, 0, 10_000);
    double[] mean = SyntheticImages.mean(samples);
    double[][] covariance = SyntheticImages.covariance(samples);
    for (int i = 0; i < 6; i++) {
      assertThat(mean[i]).isBetween(-0.06, 0.06);
      for (int j = 0; j < 6; j++) {
        assertThat(covariance[i][j] - (i == j ? 1 : 0)).isBetween(-0.085, 0.085);
      }
    }
  }
}
