package dev.idem.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.contract.NetworkContractTest;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.initializer.Initializers;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  /** In single precision: the error's share of the power, rounding being 1e-14. */
  private static void requireIdempotentOnTensorFlow(Network network, long seed) {
    NetworkState start = new NetworkState(InitialParameters.of(network, seed), Map.of());
    float[][] x = new Gaussian(network.shape(), 0, 1).batch(seed, 0, 4);
    try (LiveNetwork f =
        new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)).open(network, start)) {
      float[][] y = f.apply(x);
      float[][] again = f.apply(y);
      double error = 0;
      double power = 0;
      for (int i = 0; i < y.length; i++) {
        for (int j = 0; j < y[i].length; j++) {
          error += (again[i][j] - y[i][j]) * (double) (again[i][j] - y[i][j]);
          power += y[i][j] * (double) y[i][j];
        }
      }
      assertThat(error / power).isLessThan(1e-9);
    }
  }

  /** Random directions, made orthonormal by Gram and Schmidt. */
  private static Split directions(Shape shape, int code, long seed) {
    float[][] drawn = new Gaussian(shape, 0, 1).batch(seed, 1, code);
    double[][] rows = new double[code][shape.size()];
    for (int i = 0; i < code; i++) {
      for (int t = 0; t < rows[i].length; t++) {
        rows[i][t] = drawn[i][t];
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          add(rows[i], -inner(rows[i], rows[j]), rows[j]);
        }
      }
      double norm = Math.sqrt(inner(rows[i], rows[i]));
      for (int t = 0; t < rows[i].length; t++) {
        rows[i][t] /= norm;
      }
    }
    return Split.of(shape, rows, code + " random directions");
  }

  private static double inner(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static void add(double[] to, double factor, double[] row) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * row[i];
    }
  }

  private static List<Network> alongSplits(int height, int width, int code, int depth, long seed) {
    Shape image = Shape.of(height, width, 1);
    return Stream.of(
            Split.first(image, code), Split.cosines(image, code), directions(image, code, seed))
        .map(split -> along(split, depth))
        .toList();
  }

  private static Network along(Split split, int depth) {
    int numbers = split.shape().size();
    return Idempotent.coupled(
        split, between(numbers, split.code(), depth), between(split.code(), numbers, depth));
  }

  private static Network ofHalves(int code) {
    Shape image = Shape.of(8, 8, 1);
    ConvAutoencoder whole =
        ConvAutoencoder.compact(image, 2, code)
            .withInitializers(Initializers.heNormal(), Initializers.normal(0.5));
    return Idempotent.coupled(Split.cosines(image, code), whole.encoderHalf(), whole.decoderHalf());
  }

  private static Network linearizer(int width, int rank, int couplings, int depth) {
    int half = (width + 1) / 2;
    return Idempotent.linearizer(
        width,
        rank,
        IntStream.range(0, couplings)
            .mapToObj(
                i ->
                    i % 2 == 0
                        ? between(half, width - half, depth)
                        : between(width - half, half, depth))
            .toList());
  }

  @Property(tries = 30, seed = "1")
  void anyEncoderAndDecoderAreIdempotentAlongAnySplit(
      @ForAll @IntRange(min = 2, max = 3) int height,
      @ForAll @IntRange(min = 2, max = 4) int width,
      @ForAll @IntRange(min = 1, max = 3) int code,
      @ForAll @IntRange(max = 3) int depth,
      @ForAll long seed) {
    alongSplits(height, width, code, depth, seed).forEach(f -> requireIdempotent(f, seed));
  }

  @Property(tries = 30, seed = "1")
  void aLinearizerIsIdempotentForAnyRankCouplingsAndDepth(
      @ForAll @IntRange(min = 3, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 2) int rank,
      @ForAll @IntRange(min = 1, max = 4) int couplings,
      @ForAll @IntRange(max = 2) int depth,
      @ForAll long seed) {
    // Deep chains of random couplings inflate; the law holds relative to what they reach.
    Network network = linearizer(width, rank, couplings, depth);
    ReferenceModel f = ReferenceModel.initial(network, seed);
    ReferenceTensor y = f.apply(samples(network, seed));
    double largest = Arrays.stream(y.values()).map(Math::abs).max().orElseThrow();
    assertThat(f.apply(y).values()).containsExactly(y.values(), within(1e-11 * (1 + largest)));
  }

  @Property(tries = 10, seed = "1")
  void halvesOfAConvolutionalAutoencoderAreIdempotent(
      @ForAll @IntRange(min = 1, max = 6) int code, @ForAll long seed) {
    requireIdempotent(ofHalves(code), seed);
  }

  @Property(tries = 6, seed = "1")
  void theLawHoldsOnTensorFlowInSinglePrecision(
      @ForAll @IntRange(min = 1, max = 3) int code,
      @ForAll @IntRange(max = 2) int depth,
      @ForAll long seed) {
    alongSplits(3, 4, code, depth, seed).forEach(f -> requireIdempotentOnTensorFlow(f, seed));
    requireIdempotentOnTensorFlow(coupled(code, 5, depth), seed);
    requireIdempotentOnTensorFlow(Idempotent.turned(coupled(code, 5, depth), 2), seed);
    requireIdempotentOnTensorFlow(linearizer(7, code, 2, depth), seed);
    requireIdempotentOnTensorFlow(ofHalves(code), seed);
    requireIdempotentOnTensorFlow(Idempotent.projection(6, code), seed);
  }

  @Test
  void aNetworkAlongASplitIsTheFormula() {
    // A x = x_1, E(v) = v_1 + 2 v_2 + 1, D(z) = [3 z, 3 z - 1], whose first number is not used.
    Network network =
        Idempotent.coupled(
            Split.first(Shape.of(2), 1),
            Mlp.between(2, 1).withInitializers(values(1, 2), constant(1)),
            Mlp.between(1, 2).withInitializers(constant(3), values(0, -1)));
    // x = [5, 7]: z = 5 + 2 7 + 1 = 20, r = [0, 59], E(r) = 119.
    assertThat(
            ReferenceModel.initial(network, 1)
                .apply(ReferenceTensor.of(Shape.of(1, 2), 5, 7))
                .values())
        .containsExactly(20 - 119, 59);
    assertThat(network.description()).isEqualTo("coupled along first 1 (mlp 2-1; mlp 1-2)");
  }

  @Test
  void aLinearizerIsTheFormula() {
    // c_0(a) = 2 a + 1, c_1(b) = 3 b - 1, one number each, and the projection onto the first.
    Network network =
        Idempotent.linearizer(
            2,
            1,
            List.of(
                Mlp.between(1, 1).withInitializers(constant(2), constant(1)),
                Mlp.between(1, 1).withInitializers(constant(3), constant(-1))));
    // [5, 7] -> [5, 18] -> [58, 18] -> [58, 0] -> [59, 0] -> [59, -119].
    assertThat(
            ReferenceModel.initial(network, 1)
                .apply(ReferenceTensor.of(Shape.of(1, 2), 5, 7))
                .values())
        .containsExactly(59, -119);
    assertThat(network.description())
        .isEqualTo("linearizer of rank 1, 2 couplings (mlp 1-1; mlp 1-1)");
  }

  private static Initializer values(double... values) {
    return (spec, random) -> values.clone();
  }

  @Test
  void fromZeroEveryConstructionStartsAsAProjection() {
    double[] x = {1, 2, 3, 4};
    Network decoder = Networks.fromZero(Mlp.between(2, 5, 4));
    Network encoder = Networks.fromZero(Mlp.between(4, 5, 2));
    Network coupling = Networks.fromZero(Mlp.of(2, 5, 2));
    for (Network network :
        List.of(
            Idempotent.coupled(Split.first(Shape.of(4), 2), encoder, decoder),
            Idempotent.coupled(
                Networks.fromZero(Mlp.between(2, 5, 2)), Networks.fromZero(Mlp.between(2, 5, 2))),
            Idempotent.linearizer(4, 2, List.of(coupling, coupling)))) {
      assertThat(
              ReferenceModel.initial(network, 1)
                  .apply(ReferenceTensor.of(Shape.of(1, 4), x))
                  .values())
          .as(network.description())
          .containsExactly(1, 2, 0, 0);
    }
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
    assertThat(Networks.named("linearizer-mlp").parameterCount() / mlp).isBetween(0.98, 1.02);
    assertThat(Networks.named("projection-16").parameterCount()).isEqualTo(128);
    assertThat(Networks.named("exact-cnn").parameterCount())
        .isEqualTo(Networks.named("cnn").parameterCount());
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
    Split cosines = Split.cosines(Shape.of(4, 4, 1), 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.coupled(cosines, Mlp.between(16, 4), Mlp.between(3, 16)))
        .withMessage(
            "encoder (mlp 16-4) maps 16 numbers to 4; for a split of [4, 4, 1] into 3 cosines it"
                + " must map 16 to 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.coupled(cosines, Mlp.between(16, 3), Mlp.between(3, 13)))
        .withMessage(
            "decoder (mlp 3-13) maps 3 numbers to 13; for a split of [4, 4, 1] into 3 cosines it"
                + " must map 3 to 16");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Idempotent.coupled(
                    cosines,
                    Mlp.between(16, 3),
                    Mlp.between(3, 6, 16).withNormalization(Normalization.batch())))
        .withMessageContaining("normalises by batch statistics");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.linearizer(5, 2, List.of(Mlp.between(3, 2), Mlp.of(3, 3))))
        .withMessage("coupling 1 (mlp 3-3) maps 3 numbers to 3; it must map 2 to 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.linearizer(5, 2, List.of()))
        .withMessage("a linearizer needs at least one coupling");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.linearizer(5, 5, List.of(Mlp.between(3, 2))))
        .withMessage("rank (5) must be less than width (5)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.linearizer(1, 1, List.of(Mlp.of(1, 1))))
        .withMessage("width (1) must be at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Idempotent.projection(4, 4))
        .withMessage("rank (4) must be less than width (4)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Idempotent.turned(Mlp.of(2, 4, 2).withNormalization(Normalization.batch()), 1))
        .withMessageContaining("batch statistics");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Networks.fromZero(Idempotent.projection(2, 1)))
        .withMessageContaining("ends in a reflection, which cannot start from zero");
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

  @Nested
  class AlongCosines extends NetworkContractTest {
    @Override
    protected Network network() {
      return along(Split.cosines(Shape.of(2, 3, 1), 2), 1);
    }
  }

  @Nested
  class OfHalves extends NetworkContractTest {
    @Override
    protected Network network() {
      return ofHalves(2);
    }
  }

  @Nested
  class OfCouplings extends NetworkContractTest {
    @Override
    protected Network network() {
      return linearizer(5, 2, 3, 1);
    }
  }
}
