package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.models.initializer.Initializers;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvClassifierTest {

  @Test
  void theNetworkForDigitsHasTheSizeItSays() {
    ConvClassifier digits = ConvClassifier.digits();
    assertThat(digits.parameterCount()).isEqualTo(93_242);
    assertThat(digits.shape()).isEqualTo(Shape.of(28, 28, 1));
    assertThat(digits.outputShape()).isEqualTo(Shape.of(10));
    assertThat(digits.featuresAndLogits().outputShape()).isEqualTo(Shape.of(64 + 10));
    assertThat(digits.description())
        .isEqualTo("conv classifier [28, 28, 1] 16-32-64, 64 features, 10 classes, leaky-relu");
  }

  @Test
  void outputsAreLogarithmsOfProbabilitiesAndFeaturesComeBeforeLogits() {
    ConvClassifier network =
        new ConvClassifier(
            Shape.of(4, 4, 1),
            List.of(new ConvLayer(2, 4, 2, 1)),
            3,
            2,
            Activation.LEAKY_RELU,
            Initializers.uniformFanIn());
    String convolved = "leaky-relu(addBias(conv2d(x, conv.0.kernel), conv.0.bias))";
    String features =
        "addBias(matMul(reshape(" + convolved + ", [8]), dense.0.kernel), dense.0.bias)";
    String logits = "addBias(matMul(leaky-relu(" + features + "), dense.1.kernel), dense.1.bias)";
    assertThat(TracingPass.apply(network).expression()).isEqualTo("logSoftmax(" + logits + ")");
    assertThat(TracingPass.apply(network.featuresAndLogits()).expression())
        .isEqualTo("concat(" + features + ", " + logits + ")");
  }

  @Test
  void whatIsNoClassifierIsRefused() {
    assertThatThrownBy(() -> classifier(Shape.of(28, 28), 3, 2)).hasMessageContaining("[28, 28]");
    assertThatThrownBy(() -> classifier(Shape.of(28, 28, 1), 0, 2))
        .hasMessage("features (0) must be positive");
    assertThatThrownBy(() -> classifier(Shape.of(28, 28, 1), 3, 1))
        .hasMessage("classes (1) must be at least 2");
    assertThatThrownBy(() -> classifier(Shape.of(27, 28, 1), 3, 2))
        .hasMessageContaining("height 27 becomes 13");
  }

  private static ConvClassifier classifier(Shape image, int features, int classes) {
    return new ConvClassifier(
        image,
        List.of(new ConvLayer(2, 4, 2, 1)),
        features,
        classes,
        Activation.RELU,
        Initializers.uniformFanIn());
  }
}
