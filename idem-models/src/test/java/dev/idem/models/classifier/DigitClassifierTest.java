package dev.idem.models.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.models.classifier.ClassifierModel.ClassifierCard;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.LabeledImages;
import dev.idem.models.data.Mnist;
import dev.idem.tf.engine.TensorFlowEngine;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The embedded classifier. */
class DigitClassifierTest {

  private static final DigitClassifier CLASSIFIER =
      DigitClassifier.embedded(new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)));

  private static final ImageDataSource DIGITS = Mnist.embedded();

  @AfterAll
  static void close() {
    CLASSIFIER.close();
    CLASSIFIER.close();
  }

  private static ClassifierCard card() throws IOException {
    return ClassifierModel.embedded().card();
  }

  @Test
  void itNamesTheTestDigitsAsWellAsItsCardSays() throws IOException {
    LabeledImages first = DIGITS.trainingImages();
    LabeledImages rest = DIGITS.heldOutImages();
    double right =
        CLASSIFIER.accuracy(first) * first.size() + CLASSIFIER.accuracy(rest) * rest.size();
    double accuracy = right / (first.size() + rest.size());
    assertThat(accuracy).isGreaterThanOrEqualTo(0.985);
    assertThat(accuracy).isCloseTo(card().accuracy(), within(5e-4));
  }

  @Test
  void itWasTrainedOnMnistsOwnTrainingDigits() throws IOException {
    assertThat(card().data()).contains("60000 to train on, 10000 held out");
    assertThat(card().parameters()).isEqualTo(93_242);
    assertThat(card().plan()).isEqualTo(ClassifierTraining.plan(card().seed()).toString());
    assertThat(card().weights().bytes()).isLessThan(450_000);
  }

  @Test
  void probabilitiesAddUpToOneAndTheLargestIsTheLabel() {
    float[][] samples = DIGITS.heldOut(1, 600);
    float[][] probabilities = CLASSIFIER.probabilities(samples);
    int[] labels = CLASSIFIER.labels(samples);
    assertThat(probabilities).hasDimensions(600, CLASSIFIER.classes());
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      for (float probability : probabilities[i]) {
        assertThat(probability).isBetween(0f, probabilities[i][labels[i]]);
        sum += probability;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void labelsAreTheDigits() {
    int[] found = CLASSIFIER.labels(DIGITS.heldOut(4, 200));
    int[] expected = DIGITS.heldOutLabels(4, 200);
    long right = IntStream.range(0, 200).filter(i -> found[i] == expected[i]).count();
    assertThat(right).isGreaterThanOrEqualTo(194);
  }

  @Test
  void noFeatureIsConstant() {
    float[][] features = CLASSIFIER.features(DIGITS.heldOut(2, 1_000));
    assertThat(features).hasDimensions(1_000, CLASSIFIER.featureCount());
    for (int feature = 0; feature < CLASSIFIER.featureCount(); feature++) {
      int at = feature;
      double[] values = Arrays.stream(features).mapToDouble(row -> row[at]).toArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 1_000;
      assertThat(variance).as("feature %s", feature).isGreaterThan(0.05);
    }
  }

  @Test
  void answersDoNotDependOnTheOtherSamples() {
    float[][] samples = DIGITS.heldOut(3, 7);
    float[][] together = CLASSIFIER.features(samples);
    for (int i = 0; i < samples.length; i++) {
      assertThat(CLASSIFIER.features(new float[][] {samples[i]})[0])
          .containsExactly(together[i], within(1e-4f));
    }
  }

  @Test
  void noSamplesGiveNoAnswersAndWrongWidthsAreReported() {
    assertThat(CLASSIFIER.labels(new float[0][])).isEmpty();
    assertThat(CLASSIFIER.features(new float[0][])).isEmpty();
    float[][] wrong = {new float[784], new float[783]};
    String message =
        "sample 1 has width 783, but the classifier takes images [28, 28, 1] of width 784";
    assertThatThrownBy(() -> CLASSIFIER.labels(wrong)).hasMessage(message);
    assertThatThrownBy(() -> CLASSIFIER.features(wrong)).hasMessage(message);
    assertThatThrownBy(() -> CLASSIFIER.probabilities(wrong)).hasMessage(message);
    assertThatThrownBy(() -> CLASSIFIER.accuracy(DIGITS.heldOutImages().subset()))
        .hasMessage("number of images (0) must be positive");
  }
}
