package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.eval.Progress;
import dev.idem.eval.evaluation.Evaluation;
import dev.idem.eval.evaluation.Evaluation.Iteration;
import dev.idem.eval.evaluation.EvaluationPlan;
import dev.idem.eval.evaluation.EvaluationResult;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.SampleValues;
import dev.idem.eval.evaluation.Measure;
import dev.idem.eval.feature.FeatureSpace;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.models.classifier.DigitClassifier;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether metrics of digits, in the classifier's features, see what was planted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DigitMetricsIT {

  private static final int SAMPLES = 350;
  private static final int TRAINING = 2_000;

  private final ImageDataSource digits = Mnist.embedded();
  private final float[][] real = Arrays.copyOf(digits.heldOut(1, 2 * SAMPLES), SAMPLES);
  private final float[][] others =
      Arrays.copyOfRange(digits.heldOut(1, 2 * SAMPLES), SAMPLES, 2 * SAMPLES);
  private final float[][] training =
      IntStream.range(0, TRAINING).mapToObj(digits::trainingSample).toArray(float[][]::new);
  private final DigitClassifier classifier =
      DigitClassifier.embedded(new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)));

  /** Control: other real digits; f: noise; f^2: one class alone; f^3: copies of training digits. */
  private EvaluationResult result =
      new EvaluationResult(List.of(), new SampleValues(Map.of()), List.of());

  @BeforeAll
  void measure() {
    EvaluationPlan plan =
        EvaluationPlan.of(
                real, FeatureSpace.of("digits", classifier.featureCount(), classifier::features))
            .withClassifier(LabelClassifier.of(classifier.classes(), classifier::probabilities))
            .withTraining(training)
            .withMeasures(EnumSet.complementOf(EnumSet.of(Measure.TREES_ACCURACY)));
    Evaluation evaluation = new Evaluation(plan, Progress.NONE);
    float[][] planted = Arrays.copyOf(training, SAMPLES);
    float[][] oneClass =
        IntStream.range(0, digits.trainingSize())
            .filter(i -> digits.trainingImages().label(i) == 3)
            .limit(SAMPLES)
            .mapToObj(digits::trainingSample)
            .toArray(float[][]::new);
    assertThat(oneClass.length).isEqualTo(SAMPLES);
    Iteration plants = (x, k) -> List.of(x, noise(), oneClass, planted);
    evaluation.generated("real", others, plants);
    result = evaluation.result();
  }

  @AfterAll
  void close() {
    classifier.close();
  }

  private static float[][] noise() {
    Random random = new Random(4);
    float[][] noise = new float[SAMPLES][784];
    for (float[] row : noise) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) Math.max(-1, Math.min(1, random.nextGaussian()));
      }
    }
    return noise;
  }

  private Entry of(String metric, int k) {
    Entry entry = result.entry(metric, "real", k);
    assertThat(entry.value()).as(metric + " " + entry.notes()).isNotNull();
    return entry;
  }

  private double half(String metric, int k) {
    Double half = of(metric, k).valueAtFloorSize();
    assertThat(half).isNotNull();
    return half;
  }

  private double floor(String metric) {
    Double floor = of(metric, 0).floor();
    assertThat(floor).isNotNull();
    return floor;
  }

  @Test
  void realDigitsAgainstOthersSitAtTheFloor() {
    assertThat(half("Frechet distance", 0))
        .isBetween(0.7 * floor("Frechet distance"), 1.5 * floor("Frechet distance"));
    for (String share : new String[] {"precision", "recall", "coverage", "class coverage"}) {
      assertThat(half(share, 0)).as(share).isBetween(floor(share) - 0.08, floor(share) + 0.08);
    }
    assertThat(half("class entropy", 0))
        .isBetween(floor("class entropy") - 0.05, floor("class entropy") + 0.05);
    assertThat(half("two-sample accuracy (logistic regression)", 0)).isBetween(0.4, 0.6);
    assertThat(of("memorised share", 0).value()).isLessThan(0.15);
  }

  @Test
  void noiseIsFarFromReal() {
    assertThat(half("Frechet distance", 1)).isGreaterThan(5 * floor("Frechet distance"));
    assertThat(of("kernel distance", 1).low()).isGreaterThan(of("kernel distance", 0).high());
    assertThat(of("recall", 1).value()).isLessThan(0.3);
    assertThat(of("coverage", 1).value()).isLessThan(0.2);
    assertThat(of("two-sample accuracy (logistic regression)", 1).value()).isGreaterThan(0.95);
  }

  @Test
  void aGeneratorOfOneClassIsCaughtByCoverageRecallAndEntropy() {
    assertThat(of("coverage", 2).value()).isLessThan(0.25);
    assertThat(of("recall", 2).value()).isLessThan(0.4);
    assertThat(of("class coverage", 2).value()).isLessThanOrEqualTo(0.2);
    assertThat(of("class entropy", 2).value()).isLessThan(0.3);
    // It looks real one by one: precision alone would praise it.
    assertThat(of("precision", 2).value()).isGreaterThan(0.85);
  }

  @Test
  void copiesOfTrainingDigitsAreCaughtByTheMemorisationCheckAlone() {
    assertThat(of("memorised share", 3).value()).isEqualTo(1);
    assertThat(half("Frechet distance", 3)).isLessThan(2 * floor("Frechet distance"));
    assertThat(of("coverage", 3).value()).isGreaterThan(0.85);
  }
}
