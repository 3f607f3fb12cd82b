package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.tf.engine.SavedModelFunction;
import dev.idem.tf.engine.TensorFlowEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class SavedModelNameTest {

  private static final EngineOptions OPTIONS = new EngineOptions(new Device.Cpu(), 1);
  private static final float[][] X = {{1, 2, 3, 4}};

  private final Path folder;

  SavedModelNameTest(@TempDir Path temporary) {
    folder = temporary.resolve("model");
  }

  /** Signature "same" with two outputs, and "any" of images of any height and width. */
  private void write() throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = input(tf, -1, 4);
      Placeholder<TFloat32> image = input(tf, -1, -1, -1, 1);
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(
                Signature.builder("same")
                    .input("x", x)
                    .output("y", tf.identity(x))
                    .output("h", tf.math.neg(x))
                    .build())
            .withSignature(
                Signature.builder("any").input("x", image).output("y", tf.math.neg(image)).build())
            .export();
      }
    }
  }

  private static Placeholder<TFloat32> input(Ops tf, long... dimensions) {
    return tf.placeholder(
        TFloat32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.of(dimensions)));
  }

  private float first(String parts) throws IOException {
    try (SavedModelFunction f =
        SavedModelName.of("saved-model:" + folder + parts).open(Optional.empty(), OPTIONS)) {
      return f.apply(X)[0][0];
    }
  }

  private void refused(String parts, String... messages) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> first(parts))
        .satisfies(e -> assertThat(e).hasMessageContainingAll(messages));
  }

  @Test
  void adviceToNameASignatureAnOutputOrAShapeCanBeFollowed() throws IOException {
    write();
    refused("", "has 2 signatures", "name one of: any, same", "DIR[#signature=NAME,");
    refused("#signature=same", "has 2 outputs of float32; name one of: h, y", "output=NAME");
    assertThat(first("#signature=same,output=y")).isEqualTo(1);
    assertThat(first("#output=h,input=x,signature=same")).isEqualTo(-1);
    refused("#signature=any", "has shape [?, ?, ?, 1]; give the shape of a sample", "shape=HxWxC");
    assertThat(first("#signature=any,shape=2x2x1")).isEqualTo(-1);
    refused("#signature=some", "unknown signature: 'some'; did you mean 'same'?");
  }

  @Test
  void anInvalidPartIsRefusedAndAFolderMayHaveTheSignInItsName() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("a#b"));
    assertThat(SavedModelName.of("saved-model:" + odd).folder()).isEqualTo(odd);
    assertThat(SavedModelName.of("saved-model:%s#output=y=z".formatted(odd)))
        .isEqualTo(new SavedModelName(odd, Map.of("output", "y=z")));
    refused("#signatur=a", "unknown part 'signatur'; did you mean 'signature'?");
    refused("#signature", "'signature' has no value; write signature=NAME");
    refused("#shape=", "'shape=' has no value; write shape=32x32x3");
    refused("#output=a,output=b", "sets output twice; keep one");
    refused("#shape=2x0", "shape (2x0) must be positive whole numbers, as in 32x32x3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SavedModelName.of("saved-model:#signature=a"))
        .withMessageContaining("must be saved-model:DIR[#signature=NAME,");
    assertThatIllegalArgumentException().isThrownBy(() -> SavedModelName.of("model"));
  }

  /** A source that is asked for its shape alone. */
  private record ImagesOfShape(Shape shape) implements FiniteDataSource {
    @Override
    public int trainingSize() {
      return 0;
    }

    @Override
    public float[] trainingSample(int index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String description() {
      return "images";
    }
  }

  @Test
  void featuresOfImagesInAnotherOrderAreRefusedWithBothShapes() throws IOException {
    write();
    FiniteDataSource images = new ImagesOfShape(Shape.of(2, 3, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EvaluationSpace.open(
                    "saved-model:%s#signature=any,shape=3x4x1".formatted(folder),
                    images,
                    false,
                    new float[4][12],
                    new TensorFlowEngine(OPTIONS),
                    OPTIONS))
        .withMessageContaining("takes samples of shape [3, 4, 1], the images are [2, 3, 2]");
  }
}
