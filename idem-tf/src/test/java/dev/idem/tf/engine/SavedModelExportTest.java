package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView.LiveNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class SavedModelExportTest {

  private static final TensorFlowEngine ENGINE =
      new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));
  private static final Network DENSE = new DenseNetwork(Activation.TANH, 5, 8, 7, 5);

  private final Path folder;

  SavedModelExportTest(@TempDir Path temporary) {
    folder = temporary.resolve("models").resolve("exported");
  }

  /** x -> x, without parameters. */
  private record Identity() implements Network {
    @Override
    public Shape shape() {
      return Shape.of(3);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of();
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().multiply(x, 1);
    }

    @Override
    public String description() {
      return "identity";
    }
  }

  private static NetworkState stateOf(Network network) {
    return new NetworkState(InitialParameters.of(network, 3), Map.of());
  }

  private static float[][] iterated(SavedModelBundle bundle, Shape shape, float[][] x, int k) {
    try (TFloat32 samples = Rows.tensor(x, shape);
        TInt32 times = TInt32.scalarOf(k);
        Result result = bundle.function("iterate").call(Map.of("x", samples, "k", times))) {
      return Rows.rows((TFloat32) result.get("y").orElseThrow(), shape.size());
    }
  }

  private static void assertClose(float[][] actual, float[][] expected) {
    assertThat(actual).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).containsExactly(expected[i], within(1e-6f));
    }
  }

  @Test
  void exportedFunctionIsTheLiveNetwork() throws IOException {
    NetworkState state = stateOf(DENSE);
    SavedModelExport.write(DENSE, state, folder);
    float[][] x = Samples.normal(1, 9, 5);
    try (LiveNetwork live = ENGINE.open(DENSE, state);
        SavedModelFunction exported = SavedModelFunction.at(folder).batchSize(4).open()) {
      assertClose(exported.apply(x), live.apply(x));
      assertThat(exported.sampleShape()).isEqualTo(DENSE.shape());
      assertThat(exported.outputShape()).contains(DENSE.shape());
    }
  }

  @Test
  void iterateAppliesAsOftenAsRequested() throws IOException {
    NetworkState state = stateOf(DENSE);
    SavedModelExport.write(DENSE, state, folder);
    float[][] x = Samples.normal(1, 4, 5);
    try (LiveNetwork live = ENGINE.open(DENSE, state);
        SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      for (int k : List.of(0, 1, 3, 20)) {
        assertClose(iterated(bundle, DENSE.shape(), x, k), live.iterate(x, k));
      }
      assertThat(iterated(bundle, DENSE.shape(), x, -1)).isDeepEqualTo(x);
    }
  }

  @Test
  void aSignatureThatNeedsASecondInputIsRefused() throws IOException {
    SavedModelExport.write(DENSE, stateOf(DENSE), folder);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SavedModelFunction.at(folder).signature("iterate").open())
        .withMessage(
            "signature 'iterate' of the SavedModel needs a value for its input 'k' too; choose a"
                + " signature of one input");
  }

  @Test
  void firstApplicationIsForTheKindGivenAndFurtherOnesForOutputs() throws IOException {
    Network network = new ConvolutionalNetwork();
    NetworkState state = ConvolutionalNetwork.state(7);
    float[][] x = Samples.normal(2, 3, network.shape().size());
    try (LiveNetwork live = ENGINE.open(network, state)) {
      float[][] asData = live.apply(x, "data");
      float[][] asNoise = live.apply(x, "noise");
      assertThat(asNoise[0][0]).isNotCloseTo(asData[0][0], within(1e-3f));
      for (String kind : List.of("data", "noise", BatchNormalization.OUTPUTS)) {
        Path of = folder.resolve(kind.replace("()", ""));
        SavedModelExport.write(network, state, kind, of);
        try (SavedModelFunction exported = SavedModelFunction.at(of).open();
            SavedModelBundle bundle = SavedModelBundle.load(of.toString())) {
          assertClose(exported.apply(x), live.apply(x, kind));
          for (int k : List.of(0, 1, 3)) {
            assertClose(iterated(bundle, network.shape(), x, k), live.iterate(x, kind, k));
          }
        }
      }
    }
  }

  @Test
  void kindUnlessGivenIsTheFirst() throws IOException {
    Network network = new ConvolutionalNetwork();
    NetworkState state = ConvolutionalNetwork.state(7);
    SavedModelExport.write(network, state, folder);
    float[][] x = Samples.normal(2, 3, network.shape().size());
    try (LiveNetwork live = ENGINE.open(network, state);
        SavedModelFunction exported = SavedModelFunction.at(folder).open()) {
      assertClose(exported.apply(x), live.apply(x));
    }
  }

  @Test
  void networkWithoutParametersIsExportedToo() throws IOException {
    SavedModelExport.write(new Identity(), stateOf(new Identity()), folder);
    float[][] x = Samples.normal(1, 2, 3);
    try (SavedModelFunction exported = SavedModelFunction.at(folder).open()) {
      assertThat(exported.apply(x)).isDeepEqualTo(x);
    }
  }

  @Test
  void unknownKindIsAnsweredWithThoseThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SavedModelExport.write(
                    new ConvolutionalNetwork(), ConvolutionalNetwork.state(7), "nose", folder))
        .withMessage("no statistics of inputs 'nose'; kinds: data, noise, f()");
    assertThat(folder).doesNotExist();
  }

  @Test
  void stateOfAnotherNetworkIsRefusedBeforeAnythingIsWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SavedModelExport.write(DENSE, stateOf(new Identity()), folder));
    assertThat(folder.getParent()).doesNotExist();
  }

  @Test
  void folderWithContentIsRefusedAndLeftAsItIs() throws IOException {
    Files.createDirectories(folder);
    Path note = Files.writeString(folder.resolve("note.txt"), "mine");
    assertThatThrownBy(() -> SavedModelExport.write(DENSE, stateOf(DENSE), folder))
        .isInstanceOf(IOException.class)
        .hasMessage("folder (%s) is not empty; name another folder, or empty it", folder);
    assertThat(note).hasContent("mine");
    try (Stream<Path> content = Files.list(folder)) {
      assertThat(content).containsExactly(note);
    }
  }

  @Test
  void fileInTheWayIsRefused() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "mine");
    assertThatThrownBy(() -> SavedModelExport.write(DENSE, stateOf(DENSE), folder))
        .isInstanceOf(IOException.class)
        .hasMessage("%s is a file; name another folder", folder);
  }

  @Test
  void emptyFolderIsTakenAndNothingIsLeftBesideIt() throws IOException {
    Files.createDirectories(folder);
    SavedModelExport.write(DENSE, stateOf(DENSE), folder);
    assertThat(folder.resolve("saved_model.pb")).exists();
    try (Stream<Path> beside = Files.list(folder.getParent())) {
      assertThat(beside).containsExactly(folder);
    }
  }
}
