package dev.idem.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.data.DataSource;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.DistributionSource.LowRankGaussian;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisedSourceTest {

  private static final Gaussian NORMAL = new Gaussian(6);

  private static DataSource targets(SupervisedSource source) {
    return source.targets().orElseThrow();
  }

  @Test
  void reconstructionHasTheSampleForItsTarget() {
    SupervisedSource source = SupervisedSource.reconstruction(NORMAL);
    assertThat(source.batch(1, 2, 3)).isDeepEqualTo(NORMAL.batch(1, 2, 3));
    assertThat(targets(source).batch(1, 2, 3)).isDeepEqualTo(NORMAL.batch(1, 2, 3));
  }

  @Test
  void denoisingHasTheCleanSampleForItsTargetAndNoiseOfTheDeviationInItsInput() {
    SupervisedSource source = SupervisedSource.denoising(NORMAL, 0.5);
    float[][] clean = targets(source).heldOut(4, 5_000);
    assertThat(clean).isDeepEqualTo(NORMAL.heldOut(4, 5_000));
    float[][] noisy = source.heldOut(4, 5_000);
    double squares = 0;
    double product = 0;
    for (int i = 0; i < noisy.length; i++) {
      for (int j = 0; j < 6; j++) {
        double noise = noisy[i][j] - clean[i][j];
        squares += noise * noise;
        product += noise * clean[i][j];
      }
    }
    // 30,000 draws: four standard errors of the variance, and of the covariance with the sample.
    assertThat(squares / 30_000).isCloseTo(0.25, within(4 * 0.25 * Math.sqrt(2.0 / 30_000)));
    assertThat(product / 30_000).isCloseTo(0, within(4 * 0.5 / Math.sqrt(30_000)));
  }

  @Test
  void noiseIsAFunctionOfSeedAndStepAndDiffersBetweenThem() {
    SupervisedSource source = SupervisedSource.denoising(NORMAL, 0.5);
    DataSource clean = targets(source);
    assertThat(source.batch(1, 2, 3)).isDeepEqualTo(source.batch(1, 2, 3));
    String noise = noise(source.batch(1, 2, 3), clean.batch(1, 2, 3));
    assertThat(noise).isNotEqualTo(noise(source.batch(1, 3, 3), clean.batch(1, 3, 3)));
    assertThat(noise).isNotEqualTo(noise(source.batch(2, 2, 3), clean.batch(2, 2, 3)));
    assertThat(noise(source.batch(1, 0, 3), clean.batch(1, 0, 3)))
        .isNotEqualTo(noise(source.heldOut(1, 3), clean.heldOut(1, 3)));
  }

  private static String noise(float[][] x, float[][] t) {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        noise.append(Math.round(1e3 * (x[i][j] - t[i][j]))).append(' ');
      }
    }
    return noise.toString();
  }

  @Test
  void projectionHasTheProjectedSampleForItsTargetAndIsIdempotent() {
    LowRankGaussian subspace = new LowRankGaussian(6, 2, 9);
    float[][] once = targets(SupervisedSource.projection(NORMAL, subspace)).batch(1, 0, 50);
    // Samples of the subspace stay where they are, and so do projected ones.
    float[][] inside = subspace.batch(1, 0, 50);
    float[][] stayed = targets(SupervisedSource.projection(subspace, subspace)).batch(1, 0, 50);
    for (int i = 0; i < 50; i++) {
      assertThat(stayed[i]).containsExactly(inside[i], within(1e-5f));
      double removed = 0;
      float[] x = NORMAL.batch(1, 0, 50)[i];
      for (int j = 0; j < 6; j++) {
        removed += (x[j] - once[i][j]) * once[i][j];
      }
      assertThat(removed).as("what is removed is orthogonal").isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupervisedSource.denoising(NORMAL, 0))
        .withMessage("deviation (0.0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupervisedSource.projection(NORMAL, new LowRankGaussian(5, 2, 1)))
        .withMessageContaining("samples of 6 numbers cannot be projected in a space of 5");
    DataSource wrong =
        SupervisedSource.mapped(
            NORMAL, (sample, random) -> Arrays.copyOf(sample, 7), "seven numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wrong.batch(1, 0, 1))
        .withMessage("mapping (seven numbers) gave 7 values instead of 6");
  }

  @Test
  void noiseUponNoiseIsIndependent() {
    DataSource once = SupervisedSource.denoising(NORMAL, 1).inputs();
    SupervisedSource twice = SupervisedSource.denoising(once, 1);
    float[][] clean = NORMAL.heldOut(4, 5_000);
    for (float[][] noisy : List.of(twice.heldOut(4, 5_000), twice.inputs().heldOut(4, 5_000))) {
      double squares = 0;
      for (int i = 0; i < noisy.length; i++) {
        for (int j = 0; j < 6; j++) {
          squares += Math.pow(noisy[i][j] - clean[i][j], 2);
        }
      }
      // 30,000 draws of variance 2: four standard errors.
      assertThat(squares / 30_000).isCloseTo(2, within(4 * 2 * Math.sqrt(2.0 / 30_000)));
    }
  }
}
