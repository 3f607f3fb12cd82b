package dev.idem.generative.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.Network;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import dev.idem.models.network.Normalization;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalised networks in training and in inference. */
class NormalizationModesTest {

  private static final TrainingEngine ENGINE =
      new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 2));
  private static final ImageDataSource DIGITS = Mnist.embedded();

  /** Its noise is that of every training here: covariances of all digits take seconds. */
  private static final GeneratorTraining BASE =
      GeneratorTraining.of(GeneratorRecipe.quick(Method.IGN, DIGITS.shape()), DIGITS);

  private static GeneratorTraining training(
      Architecture architecture, Normalization normalization, int steps, int batch) {
    GeneratorRecipe recipe =
        BASE.recipe().withArchitecture(architecture).withNormalization(normalization);
    return BASE.with(
        recipe.withPlan(
            recipe.plan().toBuilder()
                .steps(steps)
                .batchSize(batch)
                // At the preset's 1e-3 weights now and then move faster than statistics follow.
                .learningRate(3e-4)
                .evaluateEvery(25)
                .build()));
  }

  private static double error(float[][] a, float[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        sum += Math.pow(a[i][j] - b[i][j], 2);
      }
    }
    return sum / a.length / a[0].length;
  }

  @Test
  void withStatisticsOfItsOwnForEachKindInferenceDoesNotDriftFromTraining() {
    float[][] images = DIGITS.heldOut(3, 256);

    List<Double> own = new ArrayList<>();
    List<Double> foreign = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView network) {
            double asInTraining = error(network.applyAsInTraining(images), images);
            double inferred = error(network.apply(images, GenerativeObjective.DATA), images);
            own.add(inferred / asInTraining);
            foreign.add(
                error(network.apply(images, GenerativeObjective.NOISE), images) / asInTraining);
          }
        };
    GeneratorTraining training = training(Architecture.SMALL, Normalization.batch(), 150, 64);
    training.train(ENGINE, List.of(listener)).close();
    // Running statistics need some twenty steps to forget where they started.
    List<Double> settled = own.subList(4, own.size());
    assertThat(settled).allSatisfy(ratio -> assertThat(ratio).isBetween(0.67, 1.5));
    // The statistics of noise, which a mixture would hold a share of, are visibly not those of
    // data.
    assertThat(foreign.get(foreign.size() - 1)).isGreaterThan(settled.get(settled.size() - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "group"})
  void withoutBatchStatisticsInferenceIsTraining(String label) {
    Normalization normalization =
        label.equals("none") ? Normalization.none() : Normalization.group();
    float[][] images = DIGITS.heldOut(3, 16);
    try (TrainedNetwork network =
        training(Architecture.SMALL, normalization, 3, 8).train(ENGINE, List.of())) {
      float[][] inferred = network.apply(images);
      assertThat(network.applyAsInTraining(images)).isDeepEqualTo(inferred);
      assertThat(network.apply(images, GenerativeObjective.NOISE)).isDeepEqualTo(inferred);
      assertThat(network.state().kinds()).isEmpty();
    }
  }

  @Test
  void bothModesAndEveryKindAgreeWithTheReference() {
    GeneratorTraining training = training(Architecture.MLP, Normalization.batch(), 30, 16);
    Network network = training.recipe().network();
    float[][] images = DIGITS.heldOut(3, 8);
    try (TrainedNetwork tensorFlow = training.train(ENGINE, List.of());
        LiveNetwork reference = new ReferenceEngine().open(network, tensorFlow.state())) {
      assertThat(tensorFlow.state().kinds())
          .containsExactly(
              GenerativeObjective.DATA, GenerativeObjective.NOISE, BatchNormalization.OUTPUTS);
      for (String kind : tensorFlow.state().kinds()) {
        assertClose(tensorFlow.apply(images, kind), reference.apply(images, kind));
      }
      assertClose(tensorFlow.apply(images), reference.apply(images, GenerativeObjective.DATA));
      assertClose(tensorFlow.apply(images, "none such"), tensorFlow.apply(images));
      assertClose(tensorFlow.applyAsInTraining(images), reference.applyAsInTraining(images));
      assertThat(error(tensorFlow.apply(images, "z"), tensorFlow.apply(images, "x")))
          .as("kinds that do not differ test nothing")
          .isGreaterThan(1e-4);
    }
  }

  private static void assertClose(float[][] actual, float[][] expected) {
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).containsExactly(expected[i], within(2e-4f));
    }
  }
}
