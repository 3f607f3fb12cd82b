package dev.idem.models.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.contract.StrategyContractTest;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.classifier.ClassifierTraining.CrossEntropyStrategy;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvClassifier;
import dev.idem.models.network.ConvLayer;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClassifierTrainingTest {

  private static final TrainingEngine ENGINE =
      new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));

  private static final ImageDataSource DIGITS = Mnist.embedded();

  @Test
  void theSameSeedGivesTheSameFilesAndAnotherSeedOthers() {
    ClassifierModel first = trained(5, 3);
    ClassifierModel second = trained(5, 3);
    assertThat(weights(second)).isEqualTo(weights(first));
    assertThat(second.card().text()).isEqualTo(first.card().text());
    assertThat(weights(trained(6, 3))).isNotEqualTo(weights(first));
  }

  @Test
  void trainingLearnsDigitsThatItWasNotShown() {
    assertThat(trained(1, 1).card().accuracy()).isLessThan(0.5);
    assertThat(trained(1, 60).card().accuracy()).isGreaterThan(0.7);
  }

  @Test
  void theFirstLossIsThatOfGuessing() {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            losses.addAll(report.terms().values());
          }
        };
    training(1, 1).train(ENGINE, List.of(listener));
    assertThat(losses).hasSize(1);
    assertThat(losses.get(0)).isCloseTo(Math.log(10), within(0.1));
  }

  private static byte[] weights(ClassifierModel model) {
    return ClassifierModel.weights(model.state());
  }

  private static ClassifierTraining training(long seed, long steps) {
    return new ClassifierTraining(
        DIGITS, ClassifierTraining.plan(seed).toBuilder().steps(steps).build());
  }

  private static ClassifierModel trained(long seed, long steps) {
    return training(seed, steps).train(ENGINE, List.of());
  }

  @Test
  void crossEntropyIsMinusTheMeanLogarithmOfTheNamedClass() {
    ReferenceAlgebra ops = new ReferenceAlgebra();
    ReferenceTensor t = ReferenceTensor.of(Shape.of(2, 3), 1, 0, 0, 0, 0, 1);
    ReferenceTensor logits =
        ReferenceTensor.of(Shape.of(2, 3), Math.log(2), Math.log(3), Math.log(5), 0, 0, 0);
    ReferenceTensor y = ops.logSoftmax(logits);
    Loss<ReferenceTensor> loss =
        (Loss<ReferenceTensor>)
            new CrossEntropyStrategy()
                .objective(new Iterates<>(logits, t, a -> y, a -> y, a -> y), ops);
    assertThat(loss.value().scalar())
        .isCloseTo(-(Math.log(0.2) + Math.log(1.0 / 3)) / 2, within(1e-12));
  }

  @Test
  void bothEnginesTrainAClassifierAlike() {
    ConvClassifier network =
        new ConvClassifier(
            DIGITS.shape(),
            List.of(new ConvLayer(2, 4, 2, 1), new ConvLayer(3, 4, 2, 1)),
            6,
            10,
            Activation.LEAKY_RELU,
            Initializers.uniformFanIn());
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder().steps(5).batchSize(6).learningRate(0.05).build();
    TrainingTask task =
        TrainingTask.of(
            network, TrainingObjective.of(new CrossEntropyStrategy()), DIGITS.classified(10), plan);
    try (TrainedNetwork reference = new ReferenceEngine().train(task);
        TrainedNetwork tensorFlow = ENGINE.train(task)) {
      for (ParameterSpec parameter : network.parameters()) {
        assertThat(tensorFlow.parameter(parameter.name()))
            .as(parameter.name())
            .containsExactly(reference.parameter(parameter.name()), within(1e-5));
      }
    }
  }

  @Test
  void theTargetOfAnImageIsItsClass() {
    DataSource classified = DIGITS.classified(10);
    assertThat(classified.batch(3, 2, 20)).isDeepEqualTo(DIGITS.batch(3, 2, 20));
    assertThat(classified.heldOut(3, 20)).isDeepEqualTo(DIGITS.heldOut(3, 20));
    DataSource classes = classified.targets().orElseThrow();
    assertOneHot(classes.batch(3, 2, 20), DIGITS.batchLabels(3, 2, 20));
    assertOneHot(classes.heldOut(3, 20), DIGITS.heldOutLabels(3, 20));
    assertThatThrownBy(() -> DIGITS.classified(2).targets().orElseThrow().heldOut(3, 20))
        .hasMessageEndingWith("must be less than 2, the number of classes");
  }

  private static void assertOneHot(float[][] targets, int[] labels) {
    for (int i = 0; i < targets.length; i++) {
      float[] expected = new float[10];
      expected[labels[i]] = 1;
      assertThat(targets[i]).containsExactly(expected);
    }
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    ConvClassifier network =
        new ConvClassifier(
            Shape.of(8, 8, 1),
            List.of(new ConvLayer(2, 4, 2, 1)),
            6,
            10,
            Activation.RELU,
            Initializers.uniformFanIn());
    assertThatThrownBy(
            () ->
                TrainingTask.of(
                    network,
                    TrainingObjective.of(new CrossEntropyStrategy()),
                    DIGITS.classified(10),
                    TrainingPlan.smoke()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has samples of shape [28, 28, 1]")
        .hasMessageContaining("takes [8, 8, 1]");
  }

  /** Wants classes named, whatever else f does. */
  @Nested
  class CrossEntropy extends StrategyContractTest {
    @Override
    protected IdempotencyStrategy strategy() {
      return new CrossEntropyStrategy();
    }

    @Override
    protected boolean keepsIdempotents() {
      return false;
    }
  }
}
