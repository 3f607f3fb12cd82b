package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.algebra.Shape;
import dev.idem.tf.engine.SavedModelFunction.SavedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.MetaGraphDef.MetaInfoDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

class SavedModelFunctionTest {

  private static final long[] ROWS_OF_FOUR = {-1, 4};
  private static final float[][] X = {{1, -2, 3, 4}, {5, 6, -7, 8}, {-9, 10, 11, 12}};

  private final Path folder;

  SavedModelFunctionTest(@TempDir Path temporary) {
    folder = temporary.resolve("model");
  }

  private Path relu() throws IOException {
    return StoredModel.write(
        folder, StoredModel.of("serving_default", ROWS_OF_FOUR, (tf, x) -> tf.nn.relu(x)));
  }

  private static Operand<TFloat32> sums(Ops tf, Operand<TFloat32> x) {
    return tf.reduceSum(x, tf.constant(1));
  }

  @Test
  void functionIsAppliedInBatchesAndInOrder() throws IOException {
    relu();
    for (int batchSize : List.of(1, 2, 3, 64)) {
      try (SavedModelFunction f = SavedModelFunction.at(folder).batchSize(batchSize).open()) {
        assertThat(f.apply(X))
            .isDeepEqualTo(new float[][] {{1, 0, 3, 4}, {5, 6, 0, 8}, {0, 10, 11, 12}});
        assertThat(f.sampleShape()).isEqualTo(Shape.of(4));
        assertThat(f.outputWidth()).hasValue(4);
        assertThat(f.requireSameShape()).isSameAs(f);
      }
    }
  }

  @Test
  void rowsTakeTheDeclaredShapeAndOutputsAreFlattened() throws IOException {
    StoredModel.write(
        folder,
        StoredModel.of(
            "transpose",
            new long[] {-1, 2, 2},
            (tf, x) -> tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 1}))));
    try (SavedModelFunction f = SavedModelFunction.at(folder).open()) {
      assertThat(f.sampleShape()).isEqualTo(Shape.of(2, 2));
      assertThat(f.apply(X)[0]).containsExactly(1, 3, -2, 4);
    }
  }

  private static Operand<TFloat32> channelsFirst(Ops tf, Operand<TFloat32> x) {
    return tf.linalg.transpose(x, tf.constant(new int[] {0, 3, 1, 2}));
  }

  @Test
  void outputsAsLongAsSamplesInAnotherOrderKeepNoShape() throws IOException {
    StoredModel.write(
        folder,
        StoredModel.of("first", new long[] {-1, 2, 2, 3}, SavedModelFunctionTest::channelsFirst),
        StoredModel.of(
            "flat",
            new long[] {-1, 2, 2, 3},
            (tf, x) -> tf.reshape(x, tf.constant(new int[] {-1, 12}))));
    try (SavedModelFunction f = SavedModelFunction.at(folder).signature("first").open();
        SavedModelFunction flat = SavedModelFunction.at(folder).signature("flat").open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(f::requireSameShape)
          .withMessageContaining("maps samples of shape [2, 2, 3] to [3, 2, 2];");
      assertThat(flat.requireSameShape()).isSameAs(flat);
    }
  }

  @Test
  void aShapeThatTheSignatureDoesNotTellIsLookedAtWhenTheFunctionIsApplied() throws IOException {
    StoredModel.write(
        folder,
        StoredModel.of("first", new long[] {-1, -1, -1, 3}, SavedModelFunctionTest::channelsFirst));
    float[][] x = new float[1][12];
    SavedModelFunction.Builder images =
        SavedModelFunction.at(folder).sampleShape(Shape.of(2, 2, 3));
    try (SavedModelFunction extractor = images.open();
        SavedModelFunction map = images.open().requireSameShape()) {
      assertThat(extractor.apply(x)[0]).hasSize(12);
      assertThatThrownBy(() -> map.apply(x))
          .isInstanceOf(SavedModelException.class)
          .hasMessageContaining("maps samples of shape [2, 2, 3] to [3, 2, 2];");
    }
  }

  @Test
  void numberForEachSampleIsARowOfWidthOne() throws IOException {
    StoredModel.write(folder, StoredModel.of("sum", ROWS_OF_FOUR, SavedModelFunctionTest::sums));
    try (SavedModelFunction f = SavedModelFunction.at(folder).open()) {
      assertThat(f.apply(X)).isDeepEqualTo(new float[][] {{6}, {12}, {24}});
      assertThatIllegalArgumentException()
          .isThrownBy(f::requireSameShape)
          .withMessageContaining("maps samples of shape [4] to [];");
    }
  }

  @Test
  void servingDefaultComesBeforeOtherSignatures() throws IOException {
    StoredModel.write(
        folder,
        StoredModel.of("a.first", ROWS_OF_FOUR, SavedModelFunctionTest::sums),
        StoredModel.of("serving_default", ROWS_OF_FOUR, (tf, x) -> tf.nn.relu(x)));
    try (SavedModelFunction f = SavedModelFunction.at(folder).open();
        SavedModelFunction sum = SavedModelFunction.at(folder).signature("a.first").open()) {
      assertThat(f.apply(X)[0]).containsExactly(1, 0, 3, 4);
      assertThat(sum.apply(X)[0]).containsExactly(6);
    }
  }

  @Test
  void severalSignaturesWithoutADefaultAreListed() throws IOException {
    StoredModel.write(
        folder,
        StoredModel.of("one", ROWS_OF_FOUR, (tf, x) -> tf.nn.relu(x)),
        StoredModel.of("two", ROWS_OF_FOUR, (tf, x) -> tf.nn.relu(x)));
    assertRefused(SavedModelFunction.at(folder), "name one of: one, two");
  }

  @Test
  void mistypedSignatureIsAnsweredWithTheOneMeant() throws IOException {
    relu();
    assertRefused(
        SavedModelFunction.at(folder).signature("serving_defualt"),
        "unknown signature: 'serving_defualt'; did you mean 'serving_default'? Known:"
            + " serving_default");
    assertRefused(
        SavedModelFunction.at(folder).output("z9z"),
        "unknown output of signature 'serving_default': 'z9z'");
  }

  @Test
  void tensorsOfASignatureWithSeveralAreChosenByName() throws IOException {
    StoredModel.write(
        folder,
        tf -> {
          Placeholder<TFloat32> a = StoredModel.input(tf, TFloat32.class, ROWS_OF_FOUR);
          Placeholder<TFloat32> b = StoredModel.input(tf, TFloat32.class, ROWS_OF_FOUR);
          return Signature.builder("both")
              .input("a", a)
              .input("b", b)
              .output("relu.a", tf.nn.relu(a))
              .output("negative.b", tf.math.neg(b))
              .output("sum", tf.math.add(a, b))
              .build();
        });
    assertRefused(
        SavedModelFunction.at(folder).signature("both"),
        "signature 'both' has 2 inputs of float32; name one of: a, b");
    SavedModelFunction.Builder b = SavedModelFunction.at(folder).signature("both").input("b");
    assertRefused(b, "has 3 outputs of float32; name one of: negative.b, relu.a, sum");
    try (SavedModelFunction f = b.output("negative.b").open()) {
      assertThat(f.apply(X)[0]).containsExactly(-1, 2, -3, -4);
    }
    assertRefused(
        b.output("sum"), "signature 'both' of the SavedModel needs a value for its input 'a' too");
  }

  @Test
  void otherTypesThanFloat32AreRefused() throws IOException {
    StoredModel.write(
        folder,
        tf -> {
          Placeholder<TFloat64> x = StoredModel.input(tf, TFloat64.class, ROWS_OF_FOUR);
          return Signature.builder("serving_default").input("x", x).output("y", x).build();
        });
    assertRefused(
        SavedModelFunction.at(folder),
        "input 'x' of the SavedModel is of type double; idem reads and writes float32");
  }

  @Test
  void fixedBatchIsRefused() throws IOException {
    StoredModel.write(folder, StoredModel.of("f", new long[] {32, 4}, (tf, x) -> tf.nn.relu(x)));
    assertRefused(SavedModelFunction.at(folder), "input 'x' of the SavedModel has shape [32, 4];");
  }

  @Test
  void unknownDimensionsNeedTheShapeOfASample() throws IOException {
    StoredModel.write(
        folder, StoredModel.of("f", new long[] {-1, -1, 2}, (tf, x) -> tf.nn.relu(x)));
    assertRefused(SavedModelFunction.at(folder), "has shape [?, ?, 2]; give the shape of a sample");
    assertRefused(
        SavedModelFunction.at(folder).sampleShape(Shape.of(1, 4)),
        "has shape [?, ?, 2] and takes no samples of shape [1, 4]");
    try (SavedModelFunction f = SavedModelFunction.at(folder).sampleShape(Shape.of(2, 2)).open()) {
      assertThat(f.apply(X)[1]).containsExactly(5, 6, 0, 8);
      assertThat(f.outputWidth()).isEmpty();
    }
  }

  @Test
  void samplesOfAnotherWidthAreRefused() throws IOException {
    relu();
    try (SavedModelFunction f = SavedModelFunction.at(folder).open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> f.apply(new float[][] {{1, 2, 3, 4}, {1, 2, 3}}))
          .withMessage(
              "sample 1 has width 3, but the SavedModel takes samples of shape [4], width 4");
      assertThatIllegalArgumentException().isThrownBy(() -> f.apply(new float[0][]));
    }
  }

  @Test
  void outputsThatAreNotFiniteAreHandedOn() throws IOException {
    StoredModel.write(folder, StoredModel.of("log", ROWS_OF_FOUR, (tf, x) -> tf.math.log(x)));
    try (SavedModelFunction f = SavedModelFunction.at(folder).open()) {
      assertThat(f.apply(new float[][] {{1, 1, 1, 1}})[0]).containsExactly(0, 0, 0, 0);
      assertThat(f.apply(new float[][] {{1, -1, 0, 1}})[0])
          .containsExactly(0, Float.NaN, Float.NEGATIVE_INFINITY, 0);
    }
  }

  @Test
  void outputsOfAVariableSizeAreAnError() throws IOException {
    // Each sample's row has as many columns as the whole batch has positive numbers.
    StoredModel.write(
        folder,
        StoredModel.of(
            "variable",
            ROWS_OF_FOUR,
            (tf, x) ->
                tf.linalg.matMul(
                    tf.expandDims(sums(tf, x), tf.constant(1)),
                    tf.expandDims(
                        tf.booleanMask(
                            tf.reshape(x, tf.constant(new int[] {-1})),
                            tf.reshape(
                                tf.math.greater(x, tf.constant(0f)), tf.constant(new int[] {-1}))),
                        tf.constant(0)))));
    try (SavedModelFunction f = SavedModelFunction.at(folder).batchSize(2).open()) {
      assertThatThrownBy(() -> f.apply(new float[][] {X[0], X[1], X[2]}))
          .isInstanceOf(SavedModelException.class)
          .hasMessageContaining("gives rows of width 6 and of width 3;");
    }
  }

  @Test
  void outputsWithoutARowForEachSampleAreAnError() throws IOException {
    StoredModel.write(
        folder,
        StoredModel.of(
            "flat", ROWS_OF_FOUR, (tf, x) -> tf.reshape(x, tf.constant(new int[] {-1}))));
    try (SavedModelFunction f = SavedModelFunction.at(folder).open()) {
      assertThatThrownBy(() -> f.apply(X))
          .isInstanceOf(SavedModelException.class)
          .hasMessageContaining("gives [12] for a batch of 3; it must give one row for each");
    }
  }

  @Test
  void closedFunctionSaysSo() throws IOException {
    relu();
    SavedModelFunction f = SavedModelFunction.at(folder).open();
    f.close();
    f.close();
    assertThatThrownBy(() -> f.apply(X))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("is closed");
  }

  @Test
  void whatIsNoSavedModelIsNamed() throws IOException {
    assertUnreadable("SavedModel (%s) does not exist;".formatted(folder));
    Files.createDirectories(folder);
    assertUnreadable("folder (%s) is not a SavedModel: it has no saved_model.pb".formatted(folder));
    Path file = folder.resolve("saved_model.pb");
    Files.write(file, new byte[] {1, 2, 3});
    assertUnreadable("%s is damaged: ".formatted(file));
    Files.write(file, new byte[0]);
    assertUnreadable("%s is damaged: it holds no graph".formatted(file));
    SavedModel forTraining =
        SavedModel.newBuilder()
            .addMetaGraphs(
                MetaGraphDef.newBuilder().setMetaInfoDef(MetaInfoDef.newBuilder().addTags("train")))
            .build();
    Files.write(file, forTraining.toByteArray());
    assertUnreadable(
        "SavedModel (%s) has no graph tagged 'serve', only [[train]]".formatted(folder));
  }

  @Test
  void savedModelWithoutItsVariablesIsNotLoaded() throws IOException {
    SavedModelExport.write(new ConvolutionalNetwork(), ConvolutionalNetwork.state(1), folder);
    Files.delete(folder.resolve("variables").resolve("variables.data-00000-of-00001"));
    assertUnreadable("SavedModel (%s) could not be loaded: ".formatted(folder));
  }

  @Test
  void savedModelWhoseVariablesHaveNoValueFails() throws IOException {
    SavedModelExport.write(new ConvolutionalNetwork(), ConvolutionalNetwork.state(1), folder);
    // TensorFlow then loads the graph alone, and does not say so.
    Files.delete(folder.resolve("variables").resolve("variables.index"));
    try (SavedModelFunction f = SavedModelFunction.at(folder).open()) {
      assertThatThrownBy(() -> f.apply(Samples.normal(1, 2, 24)))
          .isInstanceOf(SavedModelException.class)
          .hasMessageContaining("failed on samples of shape [4, 6, 1]: ")
          .hasMessageContaining("uninitialized");
    }
  }

  private void assertUnreadable(String message) {
    assertThatThrownBy(() -> SavedModelFunction.at(folder).open())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message);
  }

  private static void assertRefused(SavedModelFunction.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::open).withMessageContaining(message);
  }
}
