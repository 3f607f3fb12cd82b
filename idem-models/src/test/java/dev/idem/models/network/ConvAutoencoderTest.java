package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.models.initializer.Initializers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConvAutoencoderTest {

  private static final Shape MNIST = Shape.of(28, 28, 1);

  @Test
  void thePresetsArePinned() {
    assertThat(ConvAutoencoder.compact(MNIST, 16, 24))
        .isEqualTo(
            new ConvAutoencoder(
                MNIST,
                List.of(new ConvLayer(16, 4, 2, 1), new ConvLayer(32, 4, 2, 1)),
                OptionalInt.of(24),
                Activation.LEAKY_RELU,
                Activation.RELU,
                Activation.TANH,
                Normalization.none(),
                Initializers.uniformFanIn(),
                Initializers.zeros()));
    assertThat(ConvAutoencoder.compact(MNIST, 16, 24).parameterCount()).isEqualTo(93_817);
    assertThat(ConvAutoencoder.compact(MNIST, 32, 128).parameterCount()).isEqualTo(872_769);
    assertThat(ConvAutoencoder.compact(MNIST, 32, 128).layers())
        .containsExactly(new ConvLayer(32, 4, 2, 1), new ConvLayer(64, 4, 2, 1));
    assertThat(ConvAutoencoder.compact(MNIST, 32, 128).code()).hasValue(128);
  }

  @Test
  void dcganNetworksHaveThePublishedParameterCounts() {
    assertThat(ConvAutoencoder.dcgan28(Normalization.batch()).parameterCount())
        .isEqualTo(2_953_985);
    assertThat(ConvAutoencoder.dcgan64(Normalization.batch()).parameterCount())
        .isEqualTo(13_905_923);
  }

  @Test
  void everyConvolutionIsNormalisedButTheFirstTheCodeAndTheLast() {
    ConvAutoencoder network = ConvAutoencoder.dcgan28(Normalization.batch());
    assertThat(network.statistics())
        .containsExactly(
            new StatisticsSpec("conv.1.normalization", 128),
            new StatisticsSpec("conv.2.normalization", 256),
            new StatisticsSpec("deconv.0.normalization", 256),
            new StatisticsSpec("deconv.1.normalization", 128),
            new StatisticsSpec("deconv.2.normalization", 64));
    TracingPass.apply(network);
    ConvAutoencoder group = ConvAutoencoder.dcgan64(Normalization.group());
    assertThat(group.statistics()).isEmpty();
    assertThat(TracingPass.apply(group).expression()).contains("groups(");
  }

  @Test
  void withADenseCodeTheDenseLayersStayBare() {
    ConvAutoencoder network =
        ConvAutoencoder.compact(MNIST, 16, 24).withNormalization(Normalization.batch());
    assertThat(network.statistics())
        .containsExactly(
            new StatisticsSpec("conv.1.normalization", 32),
            new StatisticsSpec("deconv.0.normalization", 16));
    assertThat(network.description()).endsWith(", batch normalisation");
  }

  @Test
  void groupsAreAsManyAsDivideTheChannels() {
    assertThat(new Normalization.Group(8).groupsOf(12)).isEqualTo(4);
    assertThat(new Normalization.Group(8).groupsOf(64)).isEqualTo(8);
    assertThat(new Normalization.Group(8).groupsOf(7)).isEqualTo(1);
  }

  @Test
  void decodesWithTheMirrorImageOfTheEncoder() {
    ConvAutoencoder network =
        ConvAutoencoder.of(Shape.of(8, 8, 3), new ConvLayer(4, 4, 2, 1), new ConvLayer(6, 4, 2, 1));
    assertThat(TracingPass.apply(network).expression())
        .isEqualTo(
            "tanh(addBias(conv2dTranspose("
                + "relu(addBias(conv2dTranspose("
                + "addBias(conv2d("
                + "leaky-relu(addBias(conv2d(x, conv.0.kernel), conv.0.bias)), "
                + "conv.1.kernel), conv.1.bias), "
                + "deconv.0.kernel), deconv.0.bias)), "
                + "deconv.1.kernel), deconv.1.bias))");
  }

  @Test
  void aDenseCodeSitsBetweenConvolutionsThatAreActivated() {
    ConvAutoencoder network =
        ConvAutoencoder.of(Shape.of(4, 4, 1), 3, new ConvLayer(2, 4, 2, 1))
            .withActivations(Activation.SELU, Activation.GELU, Activation.IDENTITY);
    assertThat(TracingPass.apply(network).expression())
        .isEqualTo(
            "addBias(conv2dTranspose(reshape("
                + "gelu(addBias(matMul("
                + "addBias(matMul("
                + "reshape(selu(addBias(conv2d(x, conv.0.kernel), conv.0.bias)), [8]), "
                + "dense.0.kernel), dense.0.bias), "
                + "dense.1.kernel), dense.1.bias)), "
                + "[2, 2, 2]), deconv.0.kernel), deconv.0.bias)");
  }

  @Test
  void declaresKernelsWithTheFansOfTheirConnections() {
    ConvAutoencoder network =
        ConvAutoencoder.of(Shape.of(8, 8, 3), new ConvLayer(5, 4, 2, 1))
            .withInitializers(Initializers.normal(0.02), Initializers.constant(0.1));
    assertThat(network.parameters())
        .containsExactly(
            new ParameterSpec(
                "conv.0.kernel",
                Shape.of(4, 4, 3, 5),
                4 * 4 * 3,
                2 * 2 * 5,
                Initializers.normal(0.02)),
            new ParameterSpec(
                "conv.0.bias", Shape.of(5), 4 * 4 * 3, 2 * 2 * 5, Initializers.constant(0.1)),
            new ParameterSpec(
                "deconv.0.kernel",
                Shape.of(4, 4, 3, 5),
                2 * 2 * 5,
                4 * 4 * 3,
                Initializers.normal(0.02)),
            new ParameterSpec(
                "deconv.0.bias", Shape.of(3), 2 * 2 * 5, 4 * 4 * 3, Initializers.constant(0.1)));
  }

  @Property(tries = 50, seed = "1")
  void everyAcceptedNetworkGivesImagesOfTheInputsSize(
      @ForAll @IntRange(min = 1, max = 5) int kernel,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll @IntRange(min = 5, max = 12) int size) {
    int used = Math.min(padding, kernel - 1);
    Shape shape = Shape.of(size, size, 2);
    ConvLayer layer = new ConvLayer(3, kernel, stride, used);
    if ((size + 2 * used - kernel) % stride == 0) {
      assertThat(TracingPass.apply(ConvAutoencoder.of(shape, layer)).shape()).isEqualTo(shape);
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> ConvAutoencoder.of(shape, layer));
    }
  }

  @Test
  void theHalvesComposedAreTheWholeWithTheSameParameters() {
    for (ConvAutoencoder whole :
        List.of(
            ConvAutoencoder.compact(Shape.of(8, 8, 2), 3, 5),
            ConvAutoencoder.of(
                Shape.of(8, 8, 1), new ConvLayer(4, 4, 2, 1), new ConvLayer(6, 4, 2, 1)))) {
      Network encoder = whole.encoderHalf();
      Network decoder = whole.decoderHalf();
      List<ParameterSpec> both = new ArrayList<>(encoder.parameters());
      both.addAll(decoder.parameters());
      assertThat(both).isEqualTo(whole.parameters());
      ReferenceTensor x =
          ReferenceTensor.of(
              whole.shape().batched(1),
              IntStream.range(0, whole.shape().size()).mapToDouble(Math::sin).toArray());
      ReferenceTensor z = ReferenceModel.initial(encoder, 1).apply(x);
      assertThat(z.shape()).isEqualTo(encoder.outputShape().batched(1));
      assertThat(decoder.shape()).isEqualTo(encoder.outputShape());
      assertThat(ReferenceModel.initial(decoder, 1).apply(z).values())
          .containsExactly(ReferenceModel.initial(whole, 1).apply(x).values());
      assertThat(encoder.description()).isEqualTo("encoder of " + whole.description());
      assertThat(decoder.description()).isEqualTo("decoder of " + whole.description());
    }
  }

  @Test
  void theStatisticsOfTheHalvesAreThoseOfTheWhole() {
    ConvAutoencoder whole = ConvAutoencoder.dcgan28(Normalization.batch());
    List<StatisticsSpec> both = new ArrayList<>(whole.encoderHalf().statistics());
    both.addAll(whole.decoderHalf().statistics());
    assertThat(both).isEqualTo(whole.statistics());
  }

  @Test
  void theNetworkOfTheIgnReimplementationsFitsMnist() {
    ConvAutoencoder network =
        ConvAutoencoder.of(
            MNIST,
            new ConvLayer(64, 4, 2, 1),
            new ConvLayer(128, 4, 2, 1),
            new ConvLayer(256, 3, 2, 1),
            new ConvLayer(256, 4, 1, 0));
    assertThat(TracingPass.apply(network).shape()).isEqualTo(MNIST);
    assertThat(network.parameters().stream().map(ParameterSpec::name))
        .contains("conv.3.kernel", "deconv.3.bias");
  }

  @Test
  void sizesThatDoNotComeBackAreExplained() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvAutoencoder.compact(Shape.of(30, 28, 1), 16, 24))
        .withMessage(
            "height 15 becomes 7 under 4x4/2/1 to 32 channels, which its mirror image takes to 14:"
                + " choose kernel and padding so that stride divides 15 + 2 padding - kernel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvAutoencoder.of(Shape.of(28, 3, 1), new ConvLayer(8, 5, 1, 0)))
        .withMessage("width (3) is too small for 5x5/1/0 to 8 channels: at least 5 is needed");
  }

  @Test
  void unsuitableSettingsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvAutoencoder.compact(Shape.of(784), 16, 24))
        .withMessage("shape [784] must be [height, width, channels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvAutoencoder.of(MNIST))
        .withMessage("layers [] must hold at least one convolution");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvAutoencoder.of(MNIST, 0, new ConvLayer(8, 4, 2, 1)))
        .withMessage("code (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvLayer(8, 4, 0, 1))
        .withMessage("stride (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvLayer(8, 4, 2, 4))
        .withMessage("padding (4) must be less than the kernel (4)");
  }

  @Test
  void describesItself() {
    assertThat(ConvAutoencoder.compact(MNIST, 16, 24).description())
        .isEqualTo("conv autoencoder [28, 28, 1] 16-32, code 24, leaky-relu / relu / tanh");
    assertThat(ConvAutoencoder.of(MNIST, new ConvLayer(8, 4, 2, 1)).description())
        .isEqualTo("conv autoencoder [28, 28, 1] 8, leaky-relu / relu / tanh");
  }
}
