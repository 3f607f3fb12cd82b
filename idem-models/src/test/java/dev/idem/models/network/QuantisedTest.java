package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.initializer.Initializers;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuantisedTest {

  private static final Shape IMAGE = Shape.of(4, 4, 1);

  private static Quantised exact(int code, double step) {
    return Quantised.coupled(
        Split.cosines(IMAGE, code), between(16, code), between(code, 16), step);
  }

  private static Mlp between(int from, int to) {
    return Mlp.between(from, 7, to)
        .withActivations(Activation.TANH, Activation.IDENTITY)
        .withInitializers(Initializers.heNormal(), Initializers.normal(1));
  }

  private static ReferenceTensor samples(Network network, long seed) {
    float[][] rows = new Gaussian(network.shape(), 0, 1).batch(seed, 0, 4);
    double[] values = new double[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    return ReferenceTensor.of(network.shape().batched(rows.length), values);
  }

  @Property(tries = 40, seed = "1")
  void theOutputOfACoupledNetworkHasTheCodeItWasMadeFrom(
      @ForAll @IntRange(min = 1, max = 12) int code,
      @ForAll @DoubleRange(min = 0.05, max = 3) double step,
      @ForAll long seed) {
    Quantised network = exact(code, step);
    ReferenceModel f = ReferenceModel.initial(network, seed);
    ReferenceModel encoder = new ReferenceModel(network.codeNetwork(), f.state());
    ReferenceTensor x = samples(network, seed);
    double[] codes = encoder.apply(x).values();
    ReferenceTensor y = f.apply(x);
    double[] first = y.values();
    for (int k = 2; k <= 5; k++) {
      assertThat(encoder.apply(y).values())
          .as("code of f^%s", k - 1)
          .containsExactly(codes, within(0.0));
      y = f.apply(y);
      assertThat(y.values()).as("f^%s", k).containsExactly(first, within(1e-10));
    }
  }

  @Test
  void theFormulasHold() {
    // E(x) = 2 x_0 + 1 and D(z) = [3 z - 1, 0]; A takes the first number.
    Network encoder = linear(2, 1, new double[] {2, 2}, 1);
    Network decoder = linear(1, 2, new double[] {3, 0}, -1);
    Split split = Split.first(Shape.of(2), 1);
    // x = [0.7, 0.2]: (0.7 + 2 * 0.2 + 1) / 0.5 = 4.2, so c = 4 and D(2) = [5, -1].
    // Coupled: r = [0, -1], E(r) = -1, f = [2 + 1, -1]. Bypassed: [2 + 5, -1].
    assertValues(Quantised.coupled(split, encoder, decoder, 0.5), 3, -1);
    assertValues(Quantised.bypassed(split, encoder, decoder, 0.5), 7, -1);
    // (2 * 0.9 + 1) / 0.5 = 5.6, so c = 6 and D(3) = [8, -1].
    assertValues(Quantised.autoencoder(encoder, decoder, 0.5), 8, -1);
  }

  private static void assertValues(Quantised network, double... expected) {
    ReferenceTensor x = ReferenceTensor.of(Shape.of(1, 2), 0.7, 0.2);
    assertThat(ReferenceModel.initial(network, 1).apply(x).values())
        .containsExactly(expected, within(1e-12));
  }

  private static Network linear(int from, int to, double[] kernel, double bias) {
    Initializer biases = (spec, random) -> IntStream.range(0, to).mapToDouble(i -> bias).toArray();
    return Mlp.between(from, to).withInitializers((spec, random) -> kernel, biases);
  }

  @Test
  void bothEnginesGiveACodeOfWholeNumbersThatTheOutputHasAgainAfterTraining() {
    Quantised network = exact(5, 0.5);
    Gaussian data = new Gaussian(IMAGE, 0, 1);
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder().steps(10).batchSize(6).learningRate(0.02).build();
    TrainingTask task =
        TrainingTask.of(network, TrainingObjective.of(new ReconstructionStrategy()), data, plan);
    float[][] x = data.heldOut(9, 8);
    for (TrainingEngine engine :
        List.of(
            new ReferenceEngine(), new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)))) {
      try (TrainedNetwork f = engine.train(task);
          LiveNetwork encoder = engine.open(network.codeNetwork(), f.state())) {
        float[][] codes = encoder.apply(x);
        float[][] y = f.apply(x);
        for (int i = 0; i < x.length; i++) {
          assertThat(encoder.apply(y)[i]).containsExactly(codes[i], within(0f));
          assertThat(f.iterate(y, 10)[i]).containsExactly(y[i], within(1e-4f));
          for (float number : codes[i]) {
            assertThat((double) number).isEqualTo(Math.rint(number));
          }
        }
      }
    }
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantised.autoencoder(Mlp.between(6, 2), Mlp.between(3, 6), 1))
        .withMessage(
            "decoder (mlp 3-6) maps [3] to [6]; of this encoder (mlp 6-2) it must map 2 numbers to"
                + " [6]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Quantised.coupled(
                    Split.cosines(IMAGE, 3), Mlp.between(16, 2), Mlp.between(2, 16), 1))
        .withMessageContaining("it must map 16 to 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> exact(3, 0))
        .withMessageContaining("step (0.0)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Quantised.autoencoder(
                    Mlp.between(4, 6, 2).withNormalization(Normalization.batch()),
                    Mlp.between(2, 4),
                    1))
        .withMessageContaining("normalises by batch statistics");
  }
}
