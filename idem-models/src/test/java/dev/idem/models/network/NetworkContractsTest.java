package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.contract.NetworkContractTest;
import dev.idem.api.network.Network;
import dev.idem.models.initializer.Initializers;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The networks of this module keep their contract, small ones of each kind. */
class NetworkContractsTest {

  private static Network autoencoder(Normalization normalization) {
    return ConvAutoencoder.of(Shape.of(6, 6, 1), 3, new ConvLayer(2, 4, 2, 1))
        .withNormalization(normalization);
  }

  private static ConvClassifier classifier() {
    return new ConvClassifier(
        Shape.of(6, 6, 1),
        List.of(new ConvLayer(2, 4, 2, 1)),
        3,
        2,
        Activation.LEAKY_RELU,
        Initializers.uniformFanIn());
  }

  @Nested
  class Linear extends NetworkContractTest {
    @Override
    protected Network network() {
      return new LinearMap(5);
    }
  }

  @Nested
  class LinearWithBias extends NetworkContractTest {
    @Override
    protected Network network() {
      return new LinearMap(5).withBias();
    }
  }

  @Nested
  class Perceptron extends NetworkContractTest {
    @Override
    protected Network network() {
      return Mlp.of(4, 6, 4);
    }
  }

  @Nested
  class SmoothPerceptron extends NetworkContractTest {
    @Override
    protected Network network() {
      return Mlp.of(4, 6, 5, 4).withActivations(Activation.GELU, Activation.TANH);
    }
  }

  @Nested
  class BatchNormalisedPerceptron extends NetworkContractTest {
    @Override
    protected Network network() {
      return Mlp.of(4, 6, 4).withNormalization(Normalization.batch());
    }
  }

  @Nested
  class GroupNormalisedPerceptron extends NetworkContractTest {
    @Override
    protected Network network() {
      return Mlp.of(4, 8, 4).withNormalization(new Normalization.Group(2));
    }
  }

  @Nested
  class ResidualPerceptron extends NetworkContractTest {
    @Override
    protected Network network() {
      return Networks.residual(Mlp.of(4, 6, 4));
    }
  }

  @Nested
  class BatchNormalisedResidualPerceptron extends NetworkContractTest {
    @Override
    protected Network network() {
      return Networks.residual(Mlp.of(4, 6, 4).withNormalization(Normalization.batch()));
    }
  }

  @Nested
  class Autoencoder extends NetworkContractTest {
    @Override
    protected Network network() {
      return autoencoder(Normalization.none());
    }
  }

  @Nested
  class BatchNormalisedAutoencoder extends NetworkContractTest {
    @Override
    protected Network network() {
      return autoencoder(Normalization.batch());
    }
  }

  @Nested
  class Classifier extends NetworkContractTest {
    @Override
    protected Network network() {
      return classifier();
    }
  }

  @Nested
  class FeaturesAndLogits extends NetworkContractTest {
    @Override
    protected Network network() {
      return classifier().featuresAndLogits();
    }
  }
}
