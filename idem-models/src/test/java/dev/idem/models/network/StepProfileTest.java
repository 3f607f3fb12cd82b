package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.tf.engine.StepProfile;
import dev.idem.tf.engine.TensorFlowEngine;
import org.junit.jupiter.api.Test;

class StepProfileTest {

  private static final int BATCH = 32;
  private static final Network MLP = Mlp.of(20, 64, 20);

  private static StepProfile profile(Network network, IdempotencyStrategy strategy) {
    return profile(network, strategy, BATCH);
  }

  private static StepProfile profile(Network network, IdempotencyStrategy strategy, int batch) {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder().steps(3).batchSize(batch).evaluateEvery(3).build();
    TrainingTask task =
        TrainingTask.of(
            network, TrainingObjective.of(strategy), new Gaussian(network.shape(), 0, 1), plan);
    return new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)).profile(task);
  }

  @Test
  void countsTheProductsThatTheMethodNeeds() {
    long layer = 2L * BATCH * 20 * 64;
    // Forward 1, gradients of weights 1 and of inputs 1, but none of the batch.
    assertThat(profile(MLP, new ReconstructionStrategy()).flops()).isEqualTo(layer * (6 - 1));
    assertThat(profile(MLP, new CanonicalStrategy()).flops()).isEqualTo(layer * (12 - 1));
    assertThat(profile(MLP, new SubstitutedGradient()).flops()).isEqualTo(layer * (10 - 1));
  }

  @Test
  void countsConvolutionsByThePlacesOfTheSmallerImage() {
    Network network = ConvAutoencoder.of(Shape.of(8, 8, 1), new ConvLayer(3, 4, 2, 1));
    long layer = 2L * BATCH * 4 * 4 * 4 * 4 * 3;

    StepProfile profile = profile(network, new ReconstructionStrategy());

    assertThat(profile.flops()).isEqualTo(layer * (6 - 1));
  }

  @Test
  void theSubstitutedStepHoldsOneApplicationForTheWayBackTheCanonicalOneTwo() {
    // Activations 16 times as large as weights, whose gradients both steps hold.
    Network deep = Mlp.of(64, 64, 64, 64, 64, 64, 64, 64, 64);

    double ratio =
        (double) profile(deep, new SubstitutedGradient(), 1024).peakBytes()
            / profile(deep, new CanonicalStrategy(), 1024).peakBytes();

    assertThat(ratio).isBetween(0.3, 0.8);
  }

  @Test
  void timesAreThoseOfTheOperationsOfTheStep() {
    StepProfile profile = profile(MLP, new SubstitutedGradient());

    assertThat(profile.microsecondsByType()).containsKeys("MatMul", "BiasAdd", "LeakyRelu");
    assertThat(profile.microsecondsByType().values()).allMatch(time -> time >= 0);
    assertThat(profile.bytes()).isGreaterThan(10L * BATCH * 64 * Float.BYTES);
    assertThat(profile.operations())
        .isSortedAccordingTo((a, b) -> Double.compare(b.microseconds(), a.microseconds()));
  }
}
