package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.models.initializer.Initializers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DenseNetworksTest {

  @Test
  void linearMapIsOneMatrixProduct() {
    LinearMap map = new LinearMap(16);
    assertThat(TracingPass.apply(map).expression()).isEqualTo("matMul(x, dense.0.kernel)");
    assertThat(map.parameters())
        .containsExactly(
            new ParameterSpec(
                "dense.0.kernel", Shape.of(16, 16), 16, 16, Initializers.uniformFanIn()));
    assertThat(map.description()).isEqualTo("linear 16-16");
  }

  @Test
  void linearMapAddsABiasWhenAskedTo() {
    LinearMap map = new LinearMap(4, Initializers.orthogonal(1)).withBias();
    assertThat(TracingPass.apply(map).expression())
        .isEqualTo("addBias(matMul(x, dense.0.kernel), dense.0.bias)");
    assertThat(map.parameters())
        .containsExactly(
            new ParameterSpec("dense.0.kernel", Shape.of(4, 4), 4, 4, Initializers.orthogonal(1)),
            new ParameterSpec("dense.0.bias", Shape.of(4), 4, 4, Initializers.zeros()));
    assertThat(map.description()).isEqualTo("linear 4-4, bias");
  }

  @Test
  void mlpAlternatesDenseLayersAndActivations() {
    Mlp mlp = Mlp.of(3, 5, 3).withActivations(Activation.RELU, Activation.TANH);
    assertThat(TracingPass.apply(mlp).expression())
        .isEqualTo(
            "tanh(addBias(matMul("
                + "relu(addBias(matMul(x, dense.0.kernel), dense.0.bias)), "
                + "dense.1.kernel), dense.1.bias))");
  }

  @Test
  void mlpHasAnIdentityOutputByDefault() {
    assertThat(TracingPass.apply(Mlp.of(3, 5, 3).withoutBias()).expression())
        .isEqualTo("matMul(leaky-relu(matMul(x, dense.0.kernel)), dense.1.kernel)");
  }

  @Test
  void mlpDeclaresItsParametersWithTheFansOfTheirLayer() {
    Mlp mlp =
        Mlp.of(16, 64, 16).withInitializers(Initializers.heNormal(), Initializers.uniformFanIn());
    assertThat(mlp.parameters())
        .containsExactly(
            new ParameterSpec("dense.0.kernel", Shape.of(16, 64), 16, 64, Initializers.heNormal()),
            new ParameterSpec("dense.0.bias", Shape.of(64), 16, 64, Initializers.uniformFanIn()),
            new ParameterSpec("dense.1.kernel", Shape.of(64, 16), 64, 16, Initializers.heNormal()),
            new ParameterSpec("dense.1.bias", Shape.of(16), 64, 16, Initializers.uniformFanIn()));
    assertThat(mlp.parameterCount()).isEqualTo(16 * 64 + 64 + 64 * 16 + 16);
  }

  @Test
  void theDefaultsOfTheMlpArePinned() {
    assertThat(Mlp.of(16, 64, 64, 16))
        .isEqualTo(
            new Mlp(
                List.of(16, 64, 64, 16),
                Activation.LEAKY_RELU,
                Activation.IDENTITY,
                Normalization.none(),
                Initializers.uniformFanIn(),
                Optional.of(Initializers.zeros())));
  }

  @Test
  void mlpDescribesItself() {
    assertThat(Mlp.of(16, 64, 64, 16).description()).isEqualTo("mlp 16-64-64-16 leaky-relu");
    assertThat(
            Mlp.of(8, 4, 8)
                .withActivations(Activation.SELU, Activation.TANH)
                .withoutBias()
                .description())
        .isEqualTo("mlp 8-4-8 selu, output tanh, no bias");
    assertThat(Mlp.of(8, 8).description()).isEqualTo("mlp 8-8");
  }

  @Property(tries = 50, seed = "1")
  void anMlpOfAnyDepthKeepsTheShape(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 9) Integer> widths) {
    Mlp mlp =
        Mlp.of(
            IntStream.rangeClosed(0, widths.size())
                .map(i -> widths.get(i % widths.size()))
                .toArray());
    assertThat(TracingPass.apply(mlp).shape()).isEqualTo(Shape.of(widths.get(0)));
    assertThat(mlp.parameters()).hasSize(2 * widths.size());
  }

  @Test
  void residualAddsItsInput() {
    Network residual = Networks.residual(new LinearMap(3));
    assertThat(TracingPass.apply(residual).expression())
        .isEqualTo("add(x, matMul(x, dense.0.kernel))");
    assertThat(residual.parameters()).isEqualTo(new LinearMap(3).parameters());
    assertThat(residual.description()).isEqualTo("residual (linear 3-3)");
    assertThat(residual).isEqualTo(Networks.residual(new LinearMap(3)));
  }

  @Test
  void widthsThatDoNotMapASpaceToItselfAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mlp.of(16, 64, 8))
        .withMessage(
            "output width (8) must equal input width (16):"
                + " an idempotent map sends a space to itself");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mlp.of(16))
        .withMessage("widths [16] must be at least two: that of the input and of the output");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mlp.of(16, 0, 16))
        .withMessage("width (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearMap(-1))
        .withMessage("width (-1) must be positive");
  }
}
