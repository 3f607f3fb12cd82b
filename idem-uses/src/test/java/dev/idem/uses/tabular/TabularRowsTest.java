package dev.idem.uses.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.network.Network;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.eval.Progress;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.tf.engine.TensorFlowEngine;
import dev.idem.uses.MadeUp;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Contender;
import dev.idem.uses.Use.Held;
import dev.idem.uses.Use.Trained;
import dev.idem.uses.UseFamily;
import dev.idem.uses.UseFigure;
import dev.idem.uses.UseResults;
import dev.idem.uses.UseRun;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabularRowsTest {

  private static final TabularRows CANCER = new TabularRows();
  private static final Use MISSING = CANCER.uses().get(0);

  /** Plain, exact, PCA, k-means and the mean at one setting. */
  private record Setting(
      double exactError, double exactRoc, double exactErrorOverVariance, double pca) {

    private static final Setting GOOD = new Setting(0.51, 0.9, 0, 0.6);

    List<UseRun> runs(Use use) {
      List<UseRun> runs = new ArrayList<>();
      for (int seed = 1; seed <= 3; seed++) {
        double noise = seed / 1_000.0;
        runs.add(MadeUp.run(use, "mlp", seed, 0.5 + noise, 0.05, 0.1, 0.9 - noise));
        runs.add(
            MadeUp.run(
                use,
                "exact",
                seed,
                exactError + noise,
                exactErrorOverVariance,
                0.1,
                exactRoc - noise));
      }
      runs.add(MadeUp.baseline(use, "PCA", pca, 0.2, 0.92));
      runs.add(MadeUp.baseline(use, "k-means", 0.8, 0.7, 0.93));
      runs.add(MadeUp.baseline(use, "mean", 1, 1, 0.96));
      return runs;
    }
  }

  private static UseResults results(UseFamily family, Setting first, Setting second) {
    List<UseRun> runs = new ArrayList<>(first.runs(family.uses().get(0)));
    runs.addAll(second.runs(family.uses().get(1)));
    return new UseResults(family, runs, 1);
  }

  private static Verdict verdict(Setting first, Setting second) {
    return CANCER.judge(results(CANCER, first, second)).verdict();
  }

  @Test
  void isReproducedIfAnExactNetworkRestoresAndFindsAsWellEverywhere() {
    assertThat(verdict(Setting.GOOD, Setting.GOOD)).isEqualTo(Verdict.REPRODUCED);
    assertThat(CANCER.judge(results(CANCER, Setting.GOOD, Setting.GOOD)).measured())
        .contains("of 1 idempotent methods 1 restore as well (exact), 1 of which find anomalies");
  }

  @Test
  void isReproducedInPartIfItFindsAnomaliesLessWell() {
    Setting lower = new Setting(0.51, 0.88, 0, 0.6);
    assertThat(verdict(lower, Setting.GOOD)).isEqualTo(Verdict.IN_PART);
    assertThat(verdict(Setting.GOOD, lower)).isEqualTo(Verdict.IN_PART);
  }

  @Test
  void isNotReproducedIfItRestoresWorseAtOneSettingOrIsNotIdempotent() {
    Setting worseThanPlain = new Setting(0.53, 0.9, 0, 0.6);
    Setting worseThanPca = new Setting(0.51, 0.9, 0, 0.4);
    Setting notIdempotent = new Setting(0.4, 0.99, 0.02, 0.6);
    for (Setting failed : List.of(worseThanPlain, worseThanPca, notIdempotent)) {
      assertThat(verdict(Setting.GOOD, failed)).as("%s", failed).isEqualTo(Verdict.NOT_REPRODUCED);
      assertThat(verdict(failed, Setting.GOOD)).as("%s", failed).isEqualTo(Verdict.NOT_REPRODUCED);
    }
  }

  @Test
  void theSentencesSayWhetherTheResidualLostWorth() {
    Setting lower = new Setting(0.51, 0.88, 0, 0.6);
    assertThat(CANCER.sentences(results(CANCER, lower, Setting.GOOD)))
        .contains(
            "30 % of the cells missing: the error of damaged cells, in standard deviations, is mlp"
                + " 0.502, exact 0.512 (paired difference +0.010 to +0.010), PCA 0.600, k-means"
                + " 0.800, mean 1.00.",
            "30 % of the cells missing: beside the plain network the ROC area is lower for 1 of 1"
                + " methods (exact by -0.020 to -0.020) and higher for 0; the others are"
                + " undecided.")
        .anyMatch(
            line -> line.contains("scores by the distance from the mean row; no map has more"));
  }

  private static Trained map(UnaryOperator<float[][]> f) {
    return new Trained() {
      @Override
      public float[][] apply(float[][] x) {
        return f.apply(x);
      }

      @Override
      public float[][] applyPart(Network other, float[][] x) {
        throw new IllegalStateException();
      }

      @Override
      public @Nullable Network network() {
        return null;
      }
    };
  }

  @Test
  void theIdentityKeepsUndamagedCellsAndDetectsNoAnomaly() {
    Held held = MISSING.held(1, 107);
    double[] metrics = held.measure(map(UnaryOperator.identity()));
    assertThat(metrics).containsExactly(0, 0.5);
    // Missing cells are 0, and the numbers that they were have about unit variance.
    assertThat(held.quality(held.inputs())).isBetween(0.8, 1.2);
  }

  @Test
  void theMeanRestoresNothingAndScoresByTheDistanceFromTheMean() {
    Held held = MISSING.held(1, 107);
    UnaryOperator<float[][]> mean = Objects.requireNonNull(MISSING.baselines(1).get("mean"));
    assertThat(mean.apply(held.inputs())).isDeepEqualTo(new float[107][30]);
    assertThat(held.quality(mean.apply(held.inputs()))).isEqualTo(held.quality(held.inputs()));
    assertThat(held.measure(map(mean))[1]).isBetween(0.9, 1.0);
  }

  @Test
  void errorsAreRootMeanSquaresOverDamagedCellsAndOverOthers() {
    Held held = MISSING.held(1, 1);
    float[][] clean = MISSING.data().targets().orElseThrow().heldOut(1, 1);
    float[] input = held.inputs()[0];
    float[][] output = {clean[0].clone()};
    int damaged = 0;
    for (int j = 0; j < 30; j++) {
      if (input[j] != clean[0][j]) {
        output[0][j] += ++damaged == 1 ? 3 : 0;
      } else {
        output[0][j] += 2;
      }
    }
    assertThat(damaged).isEqualTo(9);
    assertThat(held.quality(output)).isCloseTo(1, within(1e-6)); // sqrt(3^2 / 9)
    assertThat(held.measure(map(x -> x.length == 1 ? output : x))[0]).isCloseTo(2, within(1e-6));
  }

  @Test
  void theBaselinesRestoreMoreThanTheMean() {
    Held held = MISSING.held(1, 107);
    MISSING
        .baselines(1)
        .forEach(
            (name, map) -> {
              float[][] once = map.apply(held.inputs());
              float[][] twice = map.apply(once);
              for (int i = 0; i < once.length; i++) {
                assertThat(twice[i]).as(name).containsExactly(once[i], within(1e-4f));
              }
              assertThat(held.quality(once)).as(name).isLessThan(name.equals("mean") ? 1.2 : 0.9);
            });
  }

  @Property(tries = 10, seed = "1")
  void exactNetworksAndProjectionsAreIdempotent(@ForAll long seed) {
    for (Contender contender : MISSING.networks()) {
      if (!contender.withStrategies()) {
        ReferenceModel f = ReferenceModel.initial(contender.network(), seed);
        float[][] rows = MISSING.data().batch(seed, 0, 4);
        double[] values = new double[120];
        Arrays.setAll(values, i -> rows[i / 30][i % 30]);
        ReferenceTensor y = f.apply(ReferenceTensor.of(f.network().shape().batched(4), values));
        assertThat(f.apply(y).values()).containsExactly(y.values(), within(1e-10));
      }
    }
  }

  @Test
  void theExactNetworkHasTheParametersOfThePlainOne() {
    List<Contender> networks = MISSING.networks();
    assertThat(networks).extracting(Contender::name).startsWith("mlp", "exact");
    assertThat(networks.get(1).network().parameterCount())
        .isEqualTo(networks.get(0).network().parameterCount());
  }

  private static TabularRows family(String csv, String... label) throws IOException {
    return new TabularRows(
        new TableReader("t", Arrays.stream(label).findFirst()).read(new StringReader(csv)));
  }

  @Test
  void aTableWithoutLabelsIsJudgedByRestorationAlone() throws IOException {
    StringBuilder csv = new StringBuilder("a,b,c\n");
    for (int i = 0; i < 20; i++) {
      csv.append(i).append(',').append(i * i).append(',').append(i % 7).append('\n');
    }
    TabularRows family = family(csv.toString());
    assertThat(family.uses().get(0).metrics()).hasSize(1);
    assertThat(family.uses().get(0).held(1, 6).measure(map(x -> x))).containsExactly(0);
    Setting lowRoc = new Setting(0.51, 0.1, 0, 0.6);
    UseResults results = results(family, lowRoc, lowRoc);
    assertThat(family.judge(results).verdict()).isEqualTo(Verdict.REPRODUCED);
    assertThat(family.sentences(results)).noneMatch(line -> line.contains("ROC"));
  }

  @Test
  void aFileIsReadAndRefusedAtOnce(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("table.csv");
    Files.writeString(file, "a,b\n1,2\n3,red\n");
    assertThatThrownBy(() -> TabularRows.of(file, Optional.empty()))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("line 3, column 2 ('b'): found the text 'red'");
    Files.writeString(file, "a,b\n1,2\n3,4\n");
    assertThatThrownBy(() -> TabularRows.of(file, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 normal rows; at least 10");
  }

  @Test
  void theFigureHasTableChartAndFinding() throws InterruptedException {
    FigureResult result =
        new UseFigure(new TabularRows())
            .draw(
                new FigureContext(
                    Preset.SMOKE,
                    1,
                    1,
                    new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)),
                    Progress.NONE,
                    List.of()));
    assertThat(result.drawings()).hasSize(1);
    assertThat(result.tables().get(0).header())
        .contains("error of damaged cells", "error of damaged cells of f^10", "ROC area");
    // Two settings of the plain network with seven strategies, two exact maps, three baselines.
    assertThat(result.tables().get(0).rows()).hasSize(2 * (8 + 2 + 3));
    assertThat(result.findings()).hasSize(1);
    assertThat(result.measured()).hasSizeGreaterThanOrEqualTo(8);
  }
}
