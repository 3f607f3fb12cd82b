package dev.idem.uses.compression;

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
import dev.idem.models.data.EpochSource;
import dev.idem.tf.engine.TensorFlowEngine;
import dev.idem.uses.EightBits;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Contender;
import dev.idem.uses.UseFigure;
import dev.idem.uses.UseResults;
import dev.idem.uses.UseRun;
import dev.idem.uses.UseRun.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CompressionTest {

  private static final IdempotencyReport REPORT =
      new IdempotencyMetrics(2, 0.01).measure(x -> x, new float[][] {{0, 1}, {1, 0}, {1, 1}});

  private final Compression family = new Compression();
  private final Use use = family.uses().get(0);

  /** Three seeds of the plain network with a drift of 1, 100 bits and 18 dB, and of another. */
  private UseResults results(String other, double rate, double decibels, double... drifts) {
    List<UseRun> runs = new ArrayList<>();
    for (int seed = 0; seed < drifts.length; seed++) {
      runs.add(run(RecompressedImages.PLAIN, seed, 100, 18, 1));
      runs.add(run(other, seed, rate, decibels, drifts[seed]));
    }
    return new UseResults(family, runs, 1);
  }

  private UseRun run(String method, long seed, double rate, double decibels, double drift) {
    Measured measured =
        new Measured(
            List.of(decibels, decibels, decibels, decibels, decibels, decibels),
            List.of(rate, drift, drift),
            REPORT,
            CollapseThresholds.defaults().judge(REPORT),
            List.of());
    return new UseRun(use, method, seed, OptionalLong.of(1), Optional.of(measured));
  }

  private Verdict verdict(String other, double rate, double decibels, double... drifts) {
    return family.judge(results(other, rate, decibels, drifts)).verdict();
  }

  @Test
  void theRuleDecides() {
    String exact = RecompressedImages.EXACT;
    assertThat(verdict(exact, 104, 17.9, 0.1, 0.2, 0.01)).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(exact, 104, 17.9, 0.1, 0.21, 0.01)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(exact, 106, 17.9, 0.1, 0.2, 0.01)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(exact, 100, 17.7, 0.1, 0.2, 0.01)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(exact, 100, 16.9, 0.1, 0.2, 0.01)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(exact, 100, 18, 0.3, 0.3, 0.3)).isEqualTo(Verdict.NOT_REPRODUCED);
    String strategy = RecompressedImages.PLAIN + " + canonical";
    assertThat(verdict(strategy, 100, 18, 0, 0, 0)).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(strategy, 100, 18, Double.NaN, Double.NaN, Double.NaN))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(RecompressedImages.BYPASSED, 100, 18, 0, 0, 0))
        .as("neither a strategy nor exact")
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void imagesAreStoredBetweenGenerations() {
    float[][] y = {{-2, 0.1234f}};
    assertThat(use.between(y)).isDeepEqualTo(EightBits.stored(y));
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
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Compression(images(Shape.of(5, 6, 1)), 8))
        .withMessageContaining("images of shape [5, 6, 1] must be grey");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Compression(images(Shape.of(8, 8, 3)), 8))
        .withMessageContaining("must be grey");
  }

  private static EpochSource images(Shape shape) {
    return new EpochSource() {
      @Override
      public Shape shape() {
        return shape;
      }

      @Override
      public int trainingSize() {
        return 1;
      }

      @Override
      public float[] trainingSample(int index) {
        return new float[shape.size()];
      }

      @Override
      public int heldOutSize() {
        return 1;
      }

      @Override
      public float[] heldOutSample(int index) {
        return new float[shape.size()];
      }

      @Override
      public String description() {
        return "black";
      }
    };
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
    assertThat(result.measured()).isNotEmpty();
  }

  @Test
  void driftIsSquaredDifferenceOverVariance() {
    float[][] early = {{0, 1}, {2, 1}};
    float[][] late = {{0, 1}, {2, 2}};
    // The variance is (1 + 1 + 0 + 0) / 2 over the samples, the difference 1 / 2.
    assertThat(RecompressedImages.drift(early, late)).isCloseTo(0.5, within(1e-12));
    assertThat(RecompressedImages.drift(early, early)).isZero();
    assertThat(RecompressedImages.drift(new float[][] {{1}, {1}}, new float[][] {{1}, {2}}))
        .isNaN();
  }
}
