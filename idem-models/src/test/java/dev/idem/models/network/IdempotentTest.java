package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.contract.NetworkContractTest;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.training.Device;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.initializer.Initializers;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IdempotentTest {

  private static Network coupled(int code, int rest, int depth) {
    return Idempotent.coupled(between(rest, code, depth), between(code, rest, depth));
  }

  private static Mlp between(int from, int to, int depth) {
    int[] widths = IntStream.range(0, depth + 2).map(i -> 7).toArray();
    widths[0] = from;
    widths[depth + 1] = to;
    return Mlp.between(widths)
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

  private static void requireIdempotent(Network network, long seed) {
    ReferenceModel f = ReferenceModel.initial(network, seed);
    ReferenceTensor x = samples(network, seed);
    ReferenceTensor y = f.apply(x);
    assertThat(f.apply(y).values()).containsExactly(y.values(), within(1e-11));
    assertThat(y.values()).as("not the identity").isNotEqualTo(x.values());
  }

  @Property(tries = 40, seed = "1")
  void aCoupledNetworkIsIdempotentForAnyWeightsSplitAndDepth(
      @ForAll @IntRange(min = 1, max = 6) int code,
      @ForAll @IntRange(min = 1, max = 6) int rest,
      @ForAll @IntRange(max = 3) int depth,
      @ForAll long seed) {
    requireIdempotent(coupled(code, rest, depth), seed);
  }

  @Property(tries = 40, seed = "1")
  void aTurnedNetworkStaysIdempotent(
      @ForAll @IntRange(min = 1, max = 4) int code,
      @ForAll @IntRange(min = 1, max = 5) int reflections,
      @ForAll long seed) {
    requireIdempotent(Idempotent.turned(coupled(code, 3, 1), reflections), seed);
    requireIdempotent(Idempotent.projection(code + 2, code), seed);
  }

  @Test
  void aCoupledNetworkIsTheFormula() {
    // E(b) = 2 b + 1 and D(z) = 3 z - 1 of one number each.
    Network network =
        Idempotent.coupled(
            Mlp.between(1, 1).withInitializers(constant(2), constant(1)),
            Mlp.between(1, 1).withInitializers(constant(3), constant(-1)));
    // x = [5, 7]: z = 5 + 15 = 20, D(z) = 59, E(D(z)) = 119.
    assertThat(
            ReferenceModel.initial(network, 1)
                .apply(ReferenceTensor.of(Shape.of(1, 2), 5, 7))
                .values())
        .containsExactly(20 - 119, 59);
  }

  private static Initializer constant(double value) {
    return (spec, random) ->
        IntStream.range(0, spec.shape().size()).mapToDouble(i -> value).toArray();
  }

  @Test
  void aProjectionIsOrthogonalAndOfItsRank() {
    Network network = Idempotent.projection(5, 2);
    double[] identity = new double[25];
    for (int i = 0; i < 5; i++) {
      identity[6 * i] = 1;
    }
    double[] p =
        ReferenceModel.initial(network, 3)
            .apply(ReferenceTensor.of(Shape.of(5, 5), identity))
            .values();
    double trace = 0;
    for (int i = 0; i < 5; i++) {
      trace += p[6 * i];
      for (int j = 0; j < 5; j++) {
        assertThat(p[5 * i + j]).isCloseTo(p[5 * j + i], within(1e-12));
      }
    }
    assertThat(trace).isCloseTo(2, within(1e-12));
  }

  @Test
  void imagesAreSplitInRowMajorOrder() {
    Network network = Idempotent.coupled(Shape.of(4, 3, 2), between(16, 8, 1), between(8, 16, 1));
    assertThat(network.shape()).isEqualTo(Shape.of(4, 3, 2));
    requireIdempotent(network, 1);
  }

  @Test
  void bothEnginesTrainItAlikeAndItStaysIdempotent() {
    Network network = Idempotent.turned(coupled(3, 4, 1), 2);
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder().steps(20).batchSize(6).learningRate(0.02).build();
    TrainingTask task =
        TrainingTask.of(
            network,
            TrainingObjective.of(new ReconstructionStrategy()),
            new Gaussian(network.shape(), 0, 1),
            plan);
    try (TrainedNetwork reference = new ReferenceEngine().train(task);
        TrainedNetwork tensorFlow =
            new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)).train(task)) {
      for (ParameterSpec parameter : network.parameters()) {
        assertThat(tensorFlow.parameter(parameter.name()))
            .as(parameter.name())
            .containsExactly(reference.parameter(parameter.name()), within(1e-4));
      }
      float[][] y = tensorFlow.apply(new Gaussian(network.shape(), 0, 1).heldOut(9, 8));
      float[][] again = tensorFlow.apply(y);
      for (int i = 0; i < y.length; i++) {
        assertThat(again[i]).containsExactly(y[i], within(1e-4f));
      }
    }
  }

  @Test
  void exactNetworksHaveAboutTheParametersOfTheMlpTheyAreComparedWith() {
    double mlp = Networks.named("mlp").parameterCount();
    assertThat(Networks.named("exact-mlp").parameterCount() / mlp).isBetween(0.98, 1.02);
    assertThat(Networks.named("exact-mlp-turned").parameterCount() / mlp).isBetween(0.98, 1.04);
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.coupled(Mlp.between(6, 2), Mlp.between(3, 6)))
        .withMessage(
            "decoder (mlp 3-6) maps 3 numbers to 6; of this encoder (mlp 6-2) it must map 2 to 6");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Idempotent.coupled(Shape.of(4, 4, 1), Mlp.between(14, 4), Mlp.between(4, 14)))
        .withMessage(
            "encoder (mlp 14-4) takes 14 numbers and gives 4; together they must be the 16 of a"
                + " sample of shape [4, 4, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Idempotent.coupled(
                    Mlp.between(4, 6, 2).withNormalization(Normalization.batch()),
                    Mlp.between(2, 4)))
        .withMessageContaining("normalises by batch statistics");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.projection(4, 4))
        .withMessage("rank (4) must be less than width (4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.turned(Mlp.between(4, 2), 1))
        .withMessageContaining("must keep the shape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.turned(Mlp.of(4, 4), 0))
        .withMessageContaining("reflections (0)");
  }

  @Nested
  class Coupled extends NetworkContractTest {
    @Override
    protected Network network() {
      return coupled(2, 3, 1);
    }
  }

  @Nested
  class Turned extends NetworkContractTest {
    @Override
    protected Network network() {
      return Idempotent.turned(coupled(2, 3, 1), 2);
    }
  }

  @Nested
  class Projection extends NetworkContractTest {
    @Override
    protected Network network() {
      return Idempotent.projection(5, 2);
    }
  }
}
