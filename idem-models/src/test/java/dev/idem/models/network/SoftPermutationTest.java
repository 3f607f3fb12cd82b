package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.contract.NetworkContractTest;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Uniform;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SoftPermutationTest {

  private static double[] sample(int width, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, width).mapToDouble(i -> random.nextDouble(-1, 1)).toArray();
  }

  private static double[] permuted(double[] x, long seed) {
    List<Double> values = new ArrayList<>();
    for (double value : x) {
      values.add(value);
    }
    Collections.shuffle(values, new Random(seed));
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static double[] applied(ReferenceModel f, double[] x) {
    return f.apply(ReferenceTensor.of(Shape.of(1, x.length), x)).values();
  }

  @Property(tries = 40, seed = "1")
  void theOrderOfTheInputDoesNotMatter(
      @ForAll @IntRange(min = 2, max = 7) int width, @ForAll long seed, @ForAll long order) {
    ReferenceModel f = ReferenceModel.initial(SoftPermutation.of(width, 3, 5), seed);
    double[] x = sample(width, seed);
    assertThat(applied(f, permuted(x, order))).containsExactly(applied(f, x), within(1e-12));
  }

  @Property(tries = 40, seed = "1")
  void outputsAreAveragesOfTheInputAndMoveWithIt(
      @ForAll @IntRange(min = 2, max = 7) int width,
      @ForAll long seed,
      @ForAll @DoubleRange(min = -9, max = 9) double shift) {
    ReferenceModel f = ReferenceModel.initial(SoftPermutation.of(width, 3, 5), seed);
    double[] x = sample(width, seed);
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    double[] y = applied(f, x);
    double[] shifted =
        applied(f, IntStream.range(0, width).mapToDouble(i -> x[i] + shift).toArray());
    for (int i = 0; i < width; i++) {
      assertThat(y[i]).isBetween(sorted[0] - 1e-12, sorted[width - 1] + 1e-12);
      // Rounding of x + shift, times the steepest feature.
      assertThat(shifted[i]).isCloseTo(y[i] + shift, within(1e-9));
    }
  }

  @Test
  void attentionIsTheFormula() {
    // One feature of steepness 1; g is the last layer alone, L_ji = w_i e_j.
    Network network = new SoftPermutation(2, List.of(1.0), List.of());
    ReferenceModel f = ReferenceModel.initial(network, 4);
    double[] y = applied(f, new double[] {0.3, -0.2});
    double e = Math.tanh(0.5) / 2;
    double[] kernel = f.parameter("conv.0.kernel");
    for (int i = 0; i < 2; i++) {
      double a = Math.exp(2 * kernel[i] * e);
      double b = Math.exp(-2 * kernel[i] * e);
      assertThat(y[i]).isCloseTo((0.3 * a - 0.2 * b) / (a + b), within(1e-12));
    }
  }

  @Test
  void bothEnginesTrainItAlikeAndItStaysInvariant() {
    Network network = SoftPermutation.of(4, 3, 6);
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder().steps(10).batchSize(6).learningRate(0.02).build();
    TrainingTask task =
        TrainingTask.of(
            network, TrainingObjective.of(new CanonicalStrategy()), new Uniform(4, -1, 1), plan);
    try (TrainedNetwork reference = new ReferenceEngine().train(task);
        TrainedNetwork tensorFlow =
            new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)).train(task)) {
      for (ParameterSpec parameter : network.parameters()) {
        assertThat(tensorFlow.parameter(parameter.name()))
            .as(parameter.name())
            .containsExactly(reference.parameter(parameter.name()), within(1e-4));
      }
      float[][] y =
          tensorFlow.apply(new float[][] {{0.5f, -0.25f, 0.125f, -1}, {-1, 0.125f, -0.25f, 0.5f}});
      assertThat(y[1]).containsExactly(y[0], within(1e-6f));
    }
  }

  @Test
  void badSizesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SoftPermutation.of(1, 3, 5))
        .withMessage("width (1) must be at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SoftPermutation.of(4, 0, 5))
        .withMessageContaining("features (0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SoftPermutation(4, List.of(1.0, -2.0), List.of()))
        .withMessageContaining("steepness (-2.0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SoftPermutation.of(4, 3, 0))
        .withMessageContaining("hidden width (0)");
  }

  @Nested
  class Contract extends NetworkContractTest {
    @Override
    protected Network network() {
      return new SoftPermutation(3, List.of(1.0, 3.0), List.of(4));
    }
  }
}
