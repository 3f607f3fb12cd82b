package dev.idem.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ConvLayer;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.LinearMap;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Split;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each network, trained a few steps, ends with the same parameters on both engines. */
class NetworksOnBothEnginesTest {

  static Stream<Network> networks() {
    Mlp mlp = Mlp.of(5, 8, 5).withActivations(Activation.SELU, Activation.IDENTITY);
    return Stream.of(
        new LinearMap(5).withBias(),
        mlp,
        Networks.residual(mlp),
        ConvAutoencoder.of(
                Shape.of(8, 8, 1), 6, new ConvLayer(3, 4, 2, 1), new ConvLayer(4, 4, 2, 1))
            .withInitializers(Initializers.heNormal(), Initializers.zeros()),
        ConvAutoencoder.of(Shape.of(7, 7, 2), new ConvLayer(3, 3, 2, 1)),
        alongCosines(ConvAutoencoder.compact(Shape.of(8, 8, 1), 2, 5)),
        Idempotent.linearizer(5, 2, List.of(Mlp.between(3, 6, 2), Mlp.between(2, 6, 3))),
        Networks.skipped(mlp));
  }

  private static Network alongCosines(ConvAutoencoder whole) {
    return Idempotent.coupled(
        Split.cosines(whole.shape(), 5), whole.encoderHalf(), whole.decoderHalf());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void bothEnginesTrainItAlike(Network network) {
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder().steps(5).batchSize(6).learningRate(0.05).build();
    for (IdempotencyStrategy strategy :
        new IdempotencyStrategy[] {new CanonicalStrategy(), new SubstitutedGradient()}) {
      TrainingTask task =
          TrainingTask.of(
              network, TrainingObjective.of(strategy), new Gaussian(network.shape(), 0, 1), plan);
      try (TrainedNetwork reference = new ReferenceEngine().train(task);
          TrainedNetwork tensorFlow =
              new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)).train(task)) {
        for (ParameterSpec parameter : network.parameters()) {
          assertThat(tensorFlow.parameter(parameter.name()))
              .as("%s of %s, %s", parameter.name(), network.description(), strategy.formula())
              .containsExactly(reference.parameter(parameter.name()), within(1e-5));
        }
      }
    }
  }
}
