package dev.idem.uses.denoising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.eval.Progress;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.eval.metrics.IdempotencyReport;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.generative.degradation.Degradation;
import dev.idem.models.data.EpochSource;
import dev.idem.models.data.Mnist;
import dev.idem.models.data.SupervisedSource;
import dev.idem.tf.engine.TensorFlowEngine;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Contender;
import dev.idem.uses.UseFigure;
import dev.idem.uses.UseResults;
import dev.idem.uses.UseRun;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DenoisingTest {

  private static final Shape SHAPE = Shape.of(28, 28, 1);
  private static final IdempotencyReport REPORT =
      new IdempotencyMetrics(2, 0.01).measure(x -> x, new float[][] {{0, 1}, {1, 0}, {1, 1}});

  private final Denoising family = new Denoising();
  private final Use use = family.uses().get(0);

  @Test
  void inputsAreTheTargetsWithClippedNoiseAndRepeat() {
    SupervisedSource data = use.data();
    float[][] clean = data.targets().orElseThrow().batch(3, 7, 16);
    float[][] noisy = data.batch(3, 7, 16);
    assertThat(data.batch(3, 7, 16)).isDeepEqualTo(noisy);
    double sum = 0;
    int inside = 0;
    for (int i = 0; i < clean.length; i++) {
      for (int j = 0; j < clean[i].length; j++) {
        assertThat(noisy[i][j]).isBetween(-1f, 1f);
        double noise = noisy[i][j] - clean[i][j];
        // Of black pixels, half are clipped; the other halves of the noise are 0.5 |N(0, 1)|.
        if (clean[i][j] == -1) {
          inside++;
          sum += noise;
        }
      }
    }
    assertThat(sum / inside).isCloseTo(0.5 / Math.sqrt(2 * Math.PI), within(0.01));
  }

  @Test
  void detailIsWhatABlurTakesAway() {
    float[][] clean = Mnist.embedded().heldOut(1, 4);
    float[][] flat = new float[4][SHAPE.size()];
    assertThat(NoisyImages.detailExplained(clean, clean, SHAPE)).isEqualTo(1);
    assertThat(NoisyImages.detailExplained(flat, clean, SHAPE)).isCloseTo(0, within(1e-9));
    assertThat(NoisyImages.detailEnergy(flat, SHAPE)).isZero();
    float[][] noisy = new Degradation.AdditiveNoise(1).apply(clean, SHAPE, 1);
    assertThat(NoisyImages.detailExplained(noisy, clean, SHAPE)).isNegative();
    float[][] smooth = new Degradation.Blur(2).apply(clean, SHAPE, 1);
    assertThat(NoisyImages.detailExplained(smooth, clean, SHAPE)).isBetween(0.0, 0.5);
    assertThat(NoisyImages.detailEnergy(smooth, SHAPE))
        .isLessThan(NoisyImages.detailEnergy(clean, SHAPE) / 4);
  }

  /** Three seeds of a plain network at 21 dB and 12 dB, of a baseline at 19, and of another. */
  private Verdict verdict(String method, double first, double... last) {
    List<UseRun> runs = new ArrayList<>();
    for (int seed = 0; seed < last.length; seed++) {
      runs.add(run(NoisyImages.PLAIN, seed, 21, 12));
      runs.add(run(method, seed, first, last[seed]));
    }
    runs.add(run(NoisyImages.TOTAL_VARIATION, 0, 18, 17));
    runs.add(run(NoisyImages.NON_LOCAL_MEANS, 0, 19, 12));
    return family.judge(new UseResults(family, runs, 1)).verdict();
  }

  private UseRun run(String method, long seed, double first, double last) {
    Measured measured =
        new Measured(
            List.of(first, first, first, last),
            Collections.nCopies(use.metrics().size(), 0.5),
            REPORT,
            CollapseThresholds.defaults().judge(REPORT),
            List.of());
    return new UseRun(use, method, seed, OptionalLong.of(1), Optional.of(measured));
  }

  @Test
  void theRuleDecides() {
    String exact = NoisyImages.EXACT;
    assertThat(verdict(exact, 19, 19, 18, 17)).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(exact, 18.9, 19, 18, 17)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(exact, 20, 15, 12, 9)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(exact, 18, 15, 12, 8)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(NoisyImages.PLAIN + " + canonical", 20, 19, 18, 17))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict("another", 20, 20, 20, 20)).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void networksHaveEqualParameters() {
    List<Contender> networks = use.networks();
    long plain = networks.get(0).network().parameterCount();
    assertThat(networks)
        .allSatisfy(other -> assertThat(other.network().parameterCount()).isEqualTo(plain));
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    EpochSource digits = Mnist.embedded();
    EpochSource odd =
        new EpochSource() {
          @Override
          public Shape shape() {
            return Shape.of(30, 28, 1);
          }

          @Override
          public int trainingSize() {
            return digits.trainingSize();
          }

          @Override
          public float[] trainingSample(int index) {
            return digits.trainingSample(index);
          }

          @Override
          public int heldOutSize() {
            return digits.heldOutSize();
          }

          @Override
          public float[] heldOutSample(int index) {
            return digits.heldOutSample(index);
          }

          @Override
          public String description() {
            return "odd";
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Denoising(odd, Integer.MAX_VALUE))
        .withMessageContaining("images of shape [30, 28, 1] must be [height, width, channels]");
  }

  /** {@code .ci/run} draws all uses. */
  @Tag("long")
  @Test
  void smokeDrawsAndSaysSomething() throws InterruptedException {
    FigureContext context =
        new FigureContext(
            Preset.SMOKE,
            1,
            2,
            new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)),
            Progress.NONE,
            List.of());
    FigureResult result = new UseFigure(family).draw(context);
    assertThat(result.drawings()).hasSize(2);
    assertThat(result.tables()).hasSize(2);
    assertThat(result.findings()).hasSize(1);
    assertThat(result.measured()).hasSize(6);
  }
}
