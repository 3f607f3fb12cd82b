package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.contract.NetworkContractTest;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.models.initializer.Initializers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NetworksTest {

  private static double[] applied(Network network, double... x) {
    return ReferenceModel.initial(network, 1)
        .apply(ReferenceTensor.of(network.shape().batched(1), x))
        .values();
  }

  private static Mlp doubling(int width) {
    return Mlp.of(width, width)
        .withInitializers(Initializers.constant(2), Initializers.constant(1));
  }

  @Test
  void aSkipAddsALinearMap() {
    Network network = Networks.skipped(doubling(2));
    assertThat(network.parameters())
        .extracting(ParameterSpec::name)
        .containsExactly("skip.kernel", "inner.dense.0.kernel", "inner.dense.0.bias");
    double[] kernel = ReferenceModel.initial(network, 1).state().parameter("skip.kernel");
    // g(3, 4) = 2 (3 + 4) + 1 in both numbers.
    assertThat(applied(network, 3, 4))
        .containsExactly(
            new double[] {15 + 3 * kernel[0] + 4 * kernel[2], 15 + 3 * kernel[1] + 4 * kernel[3]},
            within(1e-12));
    assertThat(network.description()).isEqualTo("mlp 2-2, linear skip");
  }

  @Test
  void fromZeroStartsTheLastLayerAtZeroAndNoOther() {
    Network network = Networks.fromZero(Mlp.of(3, 5, 3));
    assertThat(applied(network, 1, -2, 3)).containsOnly(0);
    assertThat(network.parameters().subList(0, 2))
        .isEqualTo(Mlp.of(3, 5, 3).parameters().subList(0, 2));
    assertThat(network.parameters().subList(2, 4))
        .extracting(ParameterSpec::name, ParameterSpec::initializer)
        .containsExactly(
            tuple("dense.1.kernel", Initializers.zeros()),
            tuple("dense.1.bias", Initializers.zeros()));
    assertThat(network.description()).isEqualTo("mlp 3-5-3 leaky-relu, last layer from zero");
  }

  @Test
  void fromZeroOfHalfAnAutoencoderTakesItsLastConvolution() {
    ConvAutoencoder whole = ConvAutoencoder.of(Shape.of(6, 6, 1), 3, new ConvLayer(2, 4, 2, 1));
    double[] z = {1, 2, 3};
    assertThat(applied(whole.decoderHalf(), z)).isNotEqualTo(new double[36]);
    assertThat(applied(Networks.fromZero(whole.decoderHalf()), z)).containsOnly(0);
    assertThat(applied(Networks.fromZero(whole.encoderHalf()), new double[36])).containsOnly(0);
  }

  @Test
  void aBypassAddsWhatLiesAlongTheSplit() {
    Network network = Networks.bypassed(Split.first(Shape.of(3), 1), doubling(3));
    assertThat(applied(network, 1, 2, 3)).containsExactly(1 + 13, 13, 13);
    assertThat(network.parameters()).isEqualTo(doubling(3).parameters());
    assertThat(network.description()).isEqualTo("mlp 3-3, first 1 bypass it");
    Network projection =
        Networks.bypassed(Split.first(Shape.of(3), 2), Networks.fromZero(Mlp.of(3, 4, 3)));
    assertThat(applied(projection, 5, 6, 7)).containsExactly(5, 6, 0);
  }

  @Test
  void aSplitOfImagesBypassesANetworkOfVectorsAsLong() {
    Network network =
        Networks.bypassed(Split.cosines(Shape.of(2, 2, 1), 1), Networks.fromZero(Mlp.of(4, 4)));
    assertThat(applied(network, 1, 2, 3, 6))
        .containsExactly(new double[] {3, 3, 3, 3}, within(1e-12));
  }

  @Test
  void aBypassOfAnotherShapeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Networks.bypassed(Split.cosines(Shape.of(4, 4, 1), 3), Mlp.of(9, 9)))
        .withMessage(
            "network (mlp 9-9) maps samples of shape [9] to [9]; the split is of [4, 4, 1]");
  }

  @Nested
  class Skipped extends NetworkContractTest {
    @Override
    protected Network network() {
      return Networks.skipped(
          Mlp.between(4, 5, 3).withActivations(Activation.TANH, Activation.IDENTITY));
    }
  }

  @Nested
  class FromZero extends NetworkContractTest {
    @Override
    protected Network network() {
      return Networks.residual(Networks.fromZero(Mlp.of(4, 5, 4)));
    }
  }

  @Nested
  class Bypassed extends NetworkContractTest {
    @Override
    protected Network network() {
      return Networks.bypassed(Split.cosines(Shape.of(4, 4, 1), 3), autoencoder());
    }

    private static Network autoencoder() {
      return ConvAutoencoder.of(Shape.of(4, 4, 1), 2, new ConvLayer(2, 4, 2, 1));
    }
  }

  @Nested
  class BatchNormalisedSkipped extends NetworkContractTest {
    @Override
    protected Network network() {
      return Networks.skipped(Mlp.of(4, 6, 4).withNormalization(Normalization.batch()));
    }
  }
}
