package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.tape.GradientTape;
import dev.idem.tf.tape.GraphOps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.types.TFloat32;

/** Graphs are built in every locale, and alike. */
class LocaleTest {

  private final Locale before = Locale.getDefault();

  @TempDir Path temporary;

  @AfterEach
  void theLocaleIsPutBack() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "fa-IR", "ar-EG", "bn-BD", "hi-IN-u-nu-deva"})
  void nodesHaveTheSameNames(String tag) {
    Locale.setDefault(Locale.ROOT);
    List<String> expected = names();
    assertThat(expected).contains("Add_2", "watched_1", "scope_1/Const_1");
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(names()).isEqualTo(expected);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Ops tf = GraphOps.of(Ops.create(graph));
      assertThat(GraphOps.of(tf)).isSameAs(tf);
      Constant<TFloat32> one = tf.constant(1f);
      GradientTape tape = new GradientTape(Ops.create(graph));
      tape.watch(one);
      tape.watch(tf.constant(2f));
      for (int i = 0; i < 3; i++) {
        tf.math.add(one, one);
        Ops inside = tf.withSubScope("scope");
        inside.constant(3f);
        inside.withControlDependencies(List.<Op>of(one)).constant(4f);
      }
      graph.operations().forEachRemaining(operation -> names.add(operation.name()));
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG"})
  void aNetworkIsTrainedAndExportedAlike(String tag) throws IOException {
    Locale.setDefault(Locale.ROOT);
    List<String> expected = nodes(exported("root"));
    assertThat(expected).anyMatch(name -> name.matches(".*_\\d+"));
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(nodes(exported(tag))).isEqualTo(expected);
  }

  private static List<String> nodes(Path model) {
    List<String> nodes = new ArrayList<>();
    try (SavedModelBundle bundle = SavedModelBundle.load(model.toString())) {
      bundle.graph().operations().forEachRemaining(node -> nodes.add(node.name()));
    }
    return nodes;
  }

  private Path exported(String name) throws IOException {
    DenseNetwork network = new DenseNetwork(Activation.TANH, 5, 8, 5);
    TrainingTask task =
        TrainingTask.of(
            network,
            TrainingObjective.of(new SubstitutedGradient()),
            new GaussianSource(Shape.of(5)),
            TrainingPlan.smoke().toBuilder().steps(2).batchSize(4).build());
    Path folder = temporary.resolve(name);
    TensorFlowEngine engine = new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));
    try (TrainedNetwork trained = engine.train(task)) {
      SavedModelExport.write(network, trained.state(), folder);
    }
    return folder;
  }
}
