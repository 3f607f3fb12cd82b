package dev.idem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ConvClassifier;
import dev.idem.models.network.ConvLayer;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Normalization;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExportTest {

  private static final Network MLP = Mlp.of(5, 8, 5);
  private static final NetworkState STATE = OnnxAgreement.state(MLP);
  private static final Network BATCH =
      ConvAutoencoder.of(
              Shape.of(8, 8, 2),
              new ConvLayer(3, 4, 2, 1),
              new ConvLayer(4, 4, 2, 1),
              new ConvLayer(5, 2, 1, 0))
          .withNormalization(Normalization.batch());
  private static final String OUTPUTS = BatchNormalization.OUTPUTS;

  private final Path folder;
  private final Path file;

  OnnxExportTest(@TempDir Path temporary) {
    folder = temporary.resolve("exported");
    file = folder.resolve("network.onnx");
  }

  /** 2 x, or x times the batch size, with parameters that it does not use. */
  private record Multiple(List<ParameterSpec> parameters, boolean bySize) implements Network {
    @Override
    public Shape shape() {
      return Shape.of(3);
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().multiply(x, bySize ? pass.ops().batchSize(x) : 2);
    }

    @Override
    public String description() {
      return "multiple";
    }
  }

  private static ParameterSpec parameter(String name, Shape shape) {
    return new ParameterSpec(name, shape, 1, 1, Initializers.zeros());
  }

  private ModelProto written() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  @Test
  void initializersAreTheParameters() throws IOException {
    OnnxExport.write(MLP, STATE, file);
    Map<String, TensorProto> initializers = new HashMap<>();
    written().getGraph().getInitializerList().forEach(i -> initializers.put(i.getName(), i));
    for (ParameterSpec parameter : MLP.parameters()) {
      TensorProto stored = initializers.get(parameter.name());
      assertThat(stored.getDimsList())
          .isEqualTo(Arrays.stream(parameter.shape().toLongArray()).boxed().toList());
      ByteBuffer bytes = stored.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      for (double value : STATE.parameter(parameter.name())) {
        assertThat(bytes.getFloat()).isEqualTo((float) value);
      }
      assertThat(bytes.hasRemaining()).isFalse();
    }
  }

  @Test
  void programsThatReadItSeeNamesShapesAndWhereItIsFrom() throws IOException, OrtException {
    OnnxExport.write(BATCH, OnnxAgreement.state(BATCH, "x"), file);
    assertThat(written().getProducerName()).isEqualTo("idem");
    assertThat(written().getDocString()).isEqualTo(BATCH.description());
    try (OnnxFunction function = new OnnxFunction(file, OptLevel.ALL_OPT)) {
      assertThat(function.session().getInputNames()).containsExactly("x");
      assertThat(function.session().getOutputNames()).containsExactly("y");
      TensorInfo x = (TensorInfo) function.session().getInputInfo().get("x").getInfo();
      TensorInfo y = (TensorInfo) function.session().getOutputInfo().get("y").getInfo();
      assertThat(List.of(x.getShape(), y.getShape()))
          .allSatisfy(shape -> assertThat(shape).containsExactly(-1, 8, 8, 2));
      assertThat(x.getDimensionNames()[0]).isEqualTo("batch");
      assertThat(y.getDimensionNames()[0]).isEqualTo("batch");
    }
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    OnnxExport.write(BATCH, OnnxAgreement.state(BATCH, "x", "z"), "z", 2, file);
    Path again = folder.resolve("again.onnx");
    OnnxExport.write(BATCH, OnnxAgreement.state(BATCH, "x", "z"), "z", 2, again);
    assertThat(again).hasSameBinaryContentAs(file);
    OnnxExport.write(BATCH, OnnxAgreement.state(BATCH, "x", "z"), "x", 2, again);
    assertThat(Files.mismatch(file, again)).isNotEqualTo(-1);
  }

  @Test
  void kindUnlessGivenIsTheFirst() throws IOException {
    NetworkState state = OnnxAgreement.state(BATCH, "x", "z");
    OnnxExport.write(BATCH, state, file);
    Path named = folder.resolve("named.onnx");
    OnnxExport.write(BATCH, state, "x", named);
    assertThat(named).hasSameBinaryContentAs(file);
  }

  @Test
  void furtherApplicationsAreToOutputs() throws Exception {
    NetworkState state = OnnxAgreement.state(BATCH, "x", "z", OUTPUTS);
    for (String kind : List.of("x", "z", OUTPUTS)) {
      OnnxAgreement.check(BATCH, state, List.of(kind), file, 2);
      OnnxAgreement.check(BATCH, state, List.of(kind, OUTPUTS, OUTPUTS), file, 2);
    }
  }

  @Test
  void iterationsShareTheParameters() throws IOException {
    OnnxExport.write(MLP, STATE, OUTPUTS, 1, file);
    int initializers = written().getGraph().getInitializerCount();
    OnnxExport.write(MLP, STATE, OUTPUTS, 5, file);
    assertThat(written().getGraph().getInitializerCount()).isEqualTo(initializers);
  }

  @Test
  void parametersMayHaveNamesThatTheGraphTakes() throws Exception {
    Network network =
        new Multiple(
            Stream.of("x", "y", "x_2", "Mul.0").map(n -> parameter(n, Shape.of(2))).toList(),
            false);
    OnnxAgreement.check(network, OnnxAgreement.state(network), List.of(OUTPUTS), file, 1, 4);
  }

  @Test
  void emptyBatchGivesAnEmptyOutcome() throws Exception {
    OnnxExport.write(BATCH, OnnxAgreement.state(BATCH, "x"), file);
    try (OnnxFunction function = new OnnxFunction(file, OptLevel.ALL_OPT)) {
      assertThat(function.apply(new float[0], 0, 8, 8, 2)).isEmpty();
    }
  }

  @Test
  void existingFileIsReplacedAndNothingIsLeftBesideIt() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file, "before");
    OnnxExport.write(MLP, STATE, file);
    assertThat(written().getGraph().getNodeCount()).isPositive();
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside).containsExactly(file);
    }
  }

  @Test
  void stateOfAnotherNetworkIsRefusedBeforeAnythingIsWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(Mlp.of(5, 9, 5), STATE, file))
        .withMessage("parameter dense.0.kernel has 40 values; shape [5, 9] holds 45");
    assertThat(folder).doesNotExist();
  }

  @Test
  void unknownKindIsAnsweredWithThoseThereAre() {
    NetworkState state = OnnxAgreement.state(BATCH, "data", "noise");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(BATCH, state, "nose", file))
        .withMessage("no statistics of inputs 'nose'; kinds: data, noise");
    assertThat(folder).doesNotExist();
  }

  @Test
  void valueThatSinglePrecisionDoesNotHoldIsNamed() {
    Network network = new Multiple(List.of(parameter("gain", Shape.of(2))), false);
    NetworkState state = new NetworkState(Map.of("gain", new double[] {1, -1e39}), Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(network, state, file))
        .withMessage("gain (-1.0E39) is too large for single precision");
  }

  @Test
  void networkOfTwoGigabytesIsRefused() {
    Network network =
        new Multiple(
            List.of(
                parameter("first", Shape.of(20_000, 20_000)),
                parameter("second", Shape.of(20_000, 10_000))),
            false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(network, STATE, file))
        .withMessage(
            "network has 600000000 numbers, 2400000000 bytes in single precision; an ONNX file holds less than 2 GB");
  }

  @Test
  void layerThatNeedsTheBatchSizeIsRefused() {
    Network network = new Multiple(List.of(), true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(network, OnnxAgreement.state(network), file))
        .withMessageStartingWith("batchSize of [batch, 3] is not known");
    assertThat(folder).doesNotExist();
  }

  @Test
  void iterationsAreAtLeastOneAndOfMapsThatKeepTheShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxExport.write(MLP, STATE, OUTPUTS, 0, file))
        .withMessage("iterations (0) must be positive");
    Network classifier = ConvClassifier.digits();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> OnnxExport.write(classifier, OnnxAgreement.state(classifier), OUTPUTS, 2, file))
        .withMessageContaining("maps samples of shape [28, 28, 1] to [10]")
        .withMessageEndingWith("cannot be applied 2 times");
  }

  @Test
  void folderInPlaceOfTheFileIsRefused() throws IOException {
    Files.createDirectories(file);
    assertThatIOException()
        .isThrownBy(() -> OnnxExport.write(MLP, STATE, file))
        .withMessage(
            "%s is a folder; name a file in it, such as %s", file, file.resolve("network.onnx"));
  }

  @Test
  void folderThatCannotBeCreatedIsNamed() throws IOException {
    Files.writeString(folder, "a file");
    assertThatIOException()
        .isThrownBy(() -> OnnxExport.write(MLP, STATE, file))
        .withMessage(
            "folder (%s) of ONNX file (%s) could not be created; name another file", folder, file);
    assertThat(folder).hasContent("a file");
  }
}
