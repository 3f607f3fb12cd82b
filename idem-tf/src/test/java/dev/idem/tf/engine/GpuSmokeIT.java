package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.api.algebra.Activation;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training on a GPU against training on the CPU, where there is a GPU. The environment must hold
 * {@code TF_DETERMINISTIC_OPS=1} and {@code NVIDIA_TF32_OVERRIDE=0}, as the build sets it.
 */
class GpuSmokeIT {

  private static final long SEED = 5;

  @BeforeEach
  void needsAGpu() {
    Optional<String> reason = new Devices(1).whyNoGpu();
    assumeTrue(reason.isEmpty(), () -> "no GPU: " + reason.orElse(""));
  }

  static Stream<Arguments> runs() {
    List<Network> networks =
        List.of(new DenseNetwork(Activation.TANH, 6, 10, 6), new ImageNetwork());
    return networks.stream()
        .flatMap(
            network ->
                Stream.of(
                    Arguments.of(network.description(), network, Precision.FLOAT32, 1e-3),
                    // Where the CPU sums convolutions in bfloat16, see Precision.
                    Arguments.of(network.description(), network, Precision.MIXED_BFLOAT16, 0.1)));
  }

  private static TrainedNetwork trained(Network network, Device device, Precision precision) {
    TrainingObjective objective =
        new TrainingObjective(
            List.of(
                new Term("canonical", new CanonicalStrategy(), "x"),
                new Term("substituted", new SubstitutedGradient(), "x")));
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder()
            .steps(5)
            .batchSize(16)
            .learningRate(1e-2)
            .seed(SEED)
            .build();
    return new TensorFlowEngine(new EngineOptions(device, 1).withPrecision(precision))
        .train(
            new TrainingTask(
                network, objective, Map.of("x", new GaussianSource(network.shape())), plan));
  }

  /**
   * The difference between the devices, as a share of what training changed: sums in another order.
   */
  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("runs")
  void aFewStepsAgreeWithTheCpuAndWithThemselves(
      String name, Network network, Precision precision, double tolerance) {
    Map<String, double[]> initial = InitialParameters.of(network, SEED);
    try (TrainedNetwork cpu = trained(network, new Device.Cpu(), precision);
        TrainedNetwork gpu = trained(network, new Device.Gpu(0), precision);
        TrainedNetwork again = trained(network, new Device.Gpu(0), precision)) {
      double changed = 0;
      double different = 0;
      for (ParameterSpec parameter : network.parameters()) {
        double[] onGpu = gpu.parameter(parameter.name());
        assertThat(again.parameter(parameter.name())).containsExactly(onGpu);
        double[] onCpu = cpu.parameter(parameter.name());
        changed += squaredDistance(onCpu, initial.get(parameter.name()));
        different += squaredDistance(onCpu, onGpu);
      }
      assertThat(changed).isPositive();
      assertThat(Math.sqrt(different / changed)).as(name).isLessThan(tolerance);
    }
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
