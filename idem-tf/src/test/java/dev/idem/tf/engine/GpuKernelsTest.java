package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/**
 * What would fail or leave the device on a GPU, found without one: the operations of all training
 * graphs, whatever the strategy, network and optimiser.
 */
class GpuKernelsTest {

  private static final EveryOperation EVERY = new EveryOperation();
  private static final Set<NodeDef> NODES = new LinkedHashSet<>();

  @BeforeAll
  static void build() {
    for (Precision precision : Precision.values()) {
      EngineOptions options = new EngineOptions(new Device.Gpu(0), 1).withPrecision(precision);
      for (Optimizer optimizer :
          List.of(
              new Optimizer.Sgd(),
              new Optimizer.Momentum(0.9),
              new Optimizer.Adam(),
              new Optimizer.AdamW())) {
        try (Graph graph = new Graph()) {
          addTo(graph, options, optimizer);
          NODES.addAll(graph.toGraphDef().getNodeList());
        }
      }
    }
  }

  private static void addTo(Graph graph, EngineOptions options, Optimizer optimizer) {
    Ops tf = Sessions.place(options.device(), Ops.create(graph));
    TrainingTask task =
        TrainingTask.of(
            EVERY.network(),
            TrainingObjective.of(EVERY.strategy()),
            new GaussianSource(EVERY.network().shape()),
            TrainingPlan.smoke().toBuilder().optimizer(optimizer).clipNorm(1).build());
    NetworkGraph network = new NetworkGraph(tf, EVERY.network(), options.precision(), null);
    assertThat(new TrainingGraph(tf, network, task).updateOps()).isNotEmpty();
    Placeholder<TFloat32> x =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 4, 4, 2)));
    assertThat(network.infer(x, BatchNormalization.OUTPUTS)).isNotNull();
    assertThat(network.applyAsInTraining(x)).isNotNull();
  }

  @Test
  void everyOperationOfTheAlgebraIsInTheGraphs() {
    Set<String> all =
        Arrays.stream(NetworkAlgebra.class.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertThat(EVERY.used()).containsAll(all);
  }

  @Test
  void everyOperationHasAReviewedGpuKernel() throws IOException {
    Set<String> used = new TreeSet<>();
    NODES.forEach(node -> used.add(line(node)));
    assertThat(reviewed()).containsAll(used);
  }

  private static String line(NodeDef node) {
    return node.getAttrMap().entrySet().stream()
        .filter(entry -> entry.getValue().getValueCase() == AttrValue.ValueCase.TYPE)
        .map(entry -> entry.getKey() + "=" + entry.getValue().getType().name().substring(3))
        .sorted()
        .collect(Collectors.joining(" ", node.getOp() + " ", ""));
  }

  private static Set<String> reviewed() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(GpuKernelsTest.class.getResourceAsStream("gpu-kernels.txt")),
                StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
    }
  }

  /** TensorFlow's gradient builder names no device, so the session decides where those go. */
  @Test
  void whatIsNotPlacedOnTheGpuIsPlacedNowhere() {
    assertThat(NODES).extracting(NodeDef::getDevice).containsOnly("/device:GPU:0", "");
  }
}
