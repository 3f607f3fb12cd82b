package dev.idem.eval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.idem.eval.Progress;
import dev.idem.eval.distribution.FrechetDistance;
import dev.idem.eval.distribution.NeighbourMetric;
import dev.idem.eval.evaluation.Evaluation.Iteration;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.metrics.StructuralSimilarity;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Evaluations of maps whose metrics are known. */
class EvaluationTest {

  private static final int WIDTH = 4;

  private static float[][] cloud(long seed, int rows, int width) {
    Random random = new Random(seed);
    float[][] cloud = new float[rows][width];
    for (float[] row : cloud) {
      for (int j = 0; j < width; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return cloud;
  }

  private static UnaryOperator<float[][]> scaled(double factor) {
    return rows ->
        Arrays.stream(rows)
            .map(
                row -> {
                  float[] scaled = row.clone();
                  for (int j = 0; j < scaled.length; j++) {
                    scaled[j] *= (float) factor;
                  }
                  return scaled;
                })
            .toArray(float[][]::new);
  }

  private static EvaluationPlan plan(int rows) {
    return EvaluationPlan.of(cloud(1, rows, WIDTH), FeatureSpace.raw(WIDTH))
        .withMeasures(EnumSet.complementOf(EnumSet.of(Measure.TREES_ACCURACY)));
  }

  private static EvaluationResult generated(EvaluationPlan plan, UnaryOperator<float[][]> f) {
    Evaluation evaluation = new Evaluation(plan, Progress.NONE);
    evaluation.generated("z", cloud(2, plan.real().length, WIDTH), Iteration.of(f));
    return evaluation.result();
  }

  @Test
  void halvingHasTheErrorThatTheFormulaSaysAndItsIntervalHoldsIt() {
    EvaluationResult result = generated(plan(200), scaled(0.5));
    Entry relative = result.entry("relative error", "z", 1);
    // ||x/4 - x/2||^2 / ||x/2||^2, of every sample alike.
    assertThat(relative.value()).isCloseTo(0.25, offset(1e-6));
    assertThat(relative.low()).isCloseTo(0.25, offset(1e-6));
    Entry power = result.entry("power", "z", 1);
    assertThat(power.low()).isLessThan(power.value());
    assertThat(power.high()).isGreaterThan(power.value());
    assertThat(result.entry("verdict", "z", 1).word()).isEqualTo("healthy");
  }

  /** Nearly one image, far from zero: power, rank and a small relative error, and all collapsed. */
  @Test
  void samplesThatAreNearlyOneImageAreCalledCollapsedHoweverSmallTheirRelativeError() {
    UnaryOperator<float[][]> nearlyOne =
        rows -> {
          float[][] outputs = scaled(0.05).apply(rows);
          for (float[] row : outputs) {
            for (int j = 0; j < row.length; j++) {
              row[j] += 1;
            }
          }
          return outputs;
        };
    EvaluationResult result = generated(plan(200), nearlyOne);

    assertThat(result.entry("relative error", "z", 1).value()).isLessThan(0.01);
    assertThat(result.entry("error over variance", "z", 1).value()).isGreaterThan(0.5);
    assertThat(result.entry("variance share", "z", 1).value()).isLessThan(0.01);
    assertThat(result.entry("verdict", "z", 1).word()).isEqualTo("uninformative");
    assertThat(result.entry("verdict", "z", 1).notes())
        .anyMatch(note -> note.startsWith("uninformative: error / variance of 0.5 or more"));
    assertThat(result.entry("diversity", "z", 1).word()).isEqualTo("collapsed");
    assertThat(generated(plan(200), scaled(0.9)).entry("diversity", "z", 1).word())
        .isEqualTo("diverse");
  }

  @Test
  void theInputItselfIsAControlRowOfEveryDistributionMetric() {
    EvaluationResult result = generated(plan(200), scaled(0.5));
    Set<String> metrics =
        Set.copyOf(
            result.entries().stream()
                .filter(e -> e.section() == Section.DISTRIBUTION)
                .map(Entry::metric)
                .toList());
    assertThat(metrics).hasSize(7);
    for (String metric : metrics) {
      for (int k = 0; k <= 3; k++) {
        assertThat(result.entry(metric, "z", k).floor()).isNotNull();
      }
    }
    // z has the held-out samples' distribution, halved ones have not.
    assertThat(result.entry("coverage", "z", 0).value())
        .isGreaterThan(result.entry("coverage", "z", 3).value() + 0.3);
  }

  @Test
  void fewerSamplesThanFeaturesWithholdTheFrechetDistanceWithTheReason() {
    Entry frechet = generated(plan(4), scaled(0.5)).entry("Frechet distance", "z", 1);
    assertThat(frechet.value()).isNull();
    assertThat(frechet.reliable()).isFalse();
    assertThat(frechet.notes()).anyMatch(note -> note.contains("too few for covariances"));
  }

  @Test
  void aDivergingMapIsReportedAndWithheldNotAnError() {
    EvaluationResult result = generated(plan(100), scaled(Double.NaN));
    assertThat(result.entry("verdict", "z", 1).word()).isEqualTo("diverged");
    assertThat(result.entry("recall", "z", 0).value()).isNotNull();
    assertThat(result.entry("recall", "z", 1).value()).isNull();
    assertThat(result.entry("recall", "z", 1).notes()).anyMatch(n -> n.contains("diverged"));
    assertThat(result.entry("idempotency error", "z", 1).perSample()).isEmpty();
  }

  @Test
  void aFunctionThatWorksInPlaceIsMeasuredAsOneThatDoesNot() {
    UnaryOperator<float[][]> inPlace =
        rows -> {
          for (float[] row : rows) {
            for (int j = 0; j < row.length; j++) {
              row[j] *= 0.5f;
            }
          }
          return rows;
        };
    assertThat(generated(plan(40), inPlace).entries())
        .isEqualTo(generated(plan(40), scaled(0.5)).entries());

    Evaluation own = new Evaluation(plan(40), Progress.NONE);
    own.generated(
        "z",
        cloud(2, 40, WIDTH),
        (z, k) -> {
          List<float[][]> iterates = Iteration.of(scaled(0.5)).of(z, k);
          Arrays.stream(z).forEach(row -> Arrays.fill(row, 0));
          return iterates;
        });
    assertThat(own.result().entries()).isEqualTo(generated(plan(40), scaled(0.5)).entries());
  }

  @Test
  void anIterationOfTooFewApplicationsIsRefusedByName() {
    Evaluation evaluation = new Evaluation(plan(20), Progress.NONE);
    assertThatThrownBy(
            () -> evaluation.generated("z", cloud(1, 20, WIDTH), (z, k) -> List.of(z, z, z)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("iteration of 'z' must return 4 arrays, 'z' and 3 applications of f, not 3");
  }

  @Test
  void aConstantIsCollapsedHoweverSmallItsErrorIs() {
    EvaluationResult result =
        generated(
            plan(100),
            rows -> {
              float[][] same = new float[rows.length][WIDTH];
              Arrays.stream(same).forEach(row -> Arrays.fill(row, 1));
              return same;
            });
    assertThat(result.entry("idempotency error", "z", 1).value()).isZero();
    assertThat(result.entry("verdict", "z", 1).word()).isEqualTo("constant");
    assertThat(result.entry("verdict", "z", 1).reliable()).isFalse();
    assertThat(result.entry("recall", "z", 1).value()).isLessThan(0.05);
    assertThat(result.notes()).anyMatch(note -> note.startsWith("f(z): all generated samples"));
  }

  @Test
  void heldOutSamplesOfOneClassWithholdTheClasses() {
    LabelClassifier first =
        LabelClassifier.of(
            2, rows -> Arrays.stream(rows).map(row -> new float[] {1, 0}).toArray(float[][]::new));
    Entry coverage =
        generated(plan(100).withClassifier(first), scaled(0.5)).entry("class coverage", "z", 1);
    assertThat(coverage.value()).isNull();
    assertThat(coverage.notes()).anyMatch(note -> note.contains("are of class 0"));
  }

  @Test
  void copiesOfTrainingSamplesAreMemorised() {
    float[][] training = cloud(9, 400, WIDTH);
    EvaluationPlan plan = plan(200).withTraining(training);
    Evaluation evaluation = new Evaluation(plan, Progress.NONE);
    evaluation.generated(
        "z", cloud(2, 200, WIDTH), Iteration.of(z -> Arrays.copyOf(training, z.length)));
    EvaluationResult result = evaluation.result();
    assertThat(result.entry("memorised share", "z", 1).value()).isEqualTo(1);
    assertThat(result.entry("memorised share", "z", 0).value()).isLessThan(0.2);
  }

  @Test
  void anExactRestorationHasNoErrorAndNoIntervalOfItsInfinitePeakRatio() {
    float[][] clean = cloud(3, 20, 144);
    EvaluationPlan plan =
        EvaluationPlan.of(cloud(4, 20, 144), FeatureSpace.raw(144))
            .withMeasures(EnumSet.of(Measure.RESTORATION))
            .withSimilarity(new StructuralSimilarity(12, 12, 1, 2));
    Evaluation evaluation = new Evaluation(plan, Progress.NONE);
    List<float[][]> iterates =
        evaluation.restored(
            "noise", scaled(0.5).apply(clean), clean, Iteration.of(scaled(2)), false);
    assertThat(iterates).hasSize(4);
    EvaluationResult result = evaluation.result();
    assertThat(result.entry("mean squared error", "noise", 0).value()).isPositive();
    assertThat(result.entry("mean squared error", "noise", 1).value()).isZero();
    assertThat(result.entry("mean squared error", "noise", 2).value()).isPositive();
    Entry ratio = result.entry("PSNR (dB)", "noise", 1);
    assertThat(ratio.value()).isInfinite();
    assertThat(ratio.low()).isNull();
    assertThat(ratio.notes()).isNotEmpty();
  }

  @Test
  void theSameSeedGivesTheSameEntriesAndAnotherGivesOtherIntervals() {
    EvaluationPlan plan = plan(60);
    EvaluationResult first = generated(plan, scaled(0.9));
    assertThat(generated(plan, scaled(0.9)).entries()).isEqualTo(first.entries());
    assertThat(generated(plan.withSeed(2), scaled(0.9)).entries()).isNotEqualTo(first.entries());
  }

  @Test
  void inputsThatAreNotFiniteAndMapsThatChangeTheWidthAreRefusedByName() {
    Evaluation evaluation = new Evaluation(plan(20), Progress.NONE);
    float[][] bad = cloud(1, 20, WIDTH);
    bad[3][2] = Float.NaN;
    assertThatThrownBy(() -> evaluation.generated("z", bad, Iteration.of(scaled(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inputs 'z', row 3, number 2 (NaN) must be finite");
    assertThatThrownBy(
            () ->
                evaluation.generated(
                    "z", cloud(1, 20, WIDTH), Iteration.of(rows -> new float[rows.length][3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("f of 'z' must keep the shape: given [20][4], returned [20][3]");
  }

  @Test
  void inputsMayHaveDifferentNumbersOfSamples() {
    Evaluation evaluation = new Evaluation(plan(40), Progress.NONE);
    evaluation.generated("z", cloud(2, 40, WIDTH), Iteration.of(scaled(0.5)));
    evaluation.projected("x", cloud(3, 12, WIDTH), Iteration.of(scaled(0.5)));

    EvaluationResult result = evaluation.result();

    assertThat(result.entry("relative error", "x", 1).value()).isCloseTo(0.25, offset(1e-6));
    assertThat(result.perSample().column("error of x")).hasSize(12);
    assertThat(result.perSample().column("error of z")).hasSize(40);
  }

  @Test
  void aPlanKeepsItsMeasuresAndAddsMetrics() {
    EvaluationPlan plan =
        plan(40)
            .withMeasures(Set.of(Measure.PRECISION))
            .withMetrics(List.of(new NeighbourMetric(NeighbourMetric.Kind.RECALL, 5)))
            .withMetrics(List.of(new FrechetDistance()));

    assertThat(plan.added()).hasSize(2);
    assertThatThrownBy(() -> plan.measures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void twoMetricsOfOneNameAreRefused() {
    EvaluationPlan plan =
        plan(40)
            .withMeasures(Set.of(Measure.PRECISION))
            .withMetrics(List.of(new NeighbourMetric(NeighbourMetric.Kind.PRECISION, 1)));

    assertThatThrownBy(() -> new Evaluation(plan, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two metrics are named 'precision'; give each a name of its own");
  }
}
