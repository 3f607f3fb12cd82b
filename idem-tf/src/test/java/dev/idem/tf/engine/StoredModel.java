package dev.idem.tf.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** SavedModels as others write them, made with TensorFlow Java and nothing of this package. */
final class StoredModel {

  private StoredModel() {}

  static <T extends TType> Placeholder<T> input(Ops tf, Class<T> type, long... dimensions) {
    return tf.placeholder(type, Placeholder.shape(Shape.of(dimensions)));
  }

  /** Signatures over one graph. */
  static Path write(Path folder, SignatureIn... signatures) throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      List<Signature> made = Arrays.stream(signatures).map(of -> of.graph(tf)).toList();
      try (Session session = new Session(graph)) {
        SavedModelBundle.Exporter exporter =
            SavedModelBundle.exporter(folder.toString()).withSession(session);
        made.forEach(exporter::withSignature);
        exporter.export();
      }
    }
    return folder;
  }

  /** A signature with input "x" of this shape. */
  static SignatureIn of(String key, long[] dimensions, FunctionOfX output) {
    return tf -> {
      Placeholder<TFloat32> x = input(tf, TFloat32.class, dimensions);
      return Signature.builder(key).input("x", x).output("y", output.apply(tf, x)).build();
    };
  }

  /** Builds a signature. */
  @FunctionalInterface
  interface SignatureIn {
    Signature graph(Ops tf);
  }

  /** Builds the output of a signature. */
  @FunctionalInterface
  interface FunctionOfX {
    Operand<?> apply(Ops tf, Operand<TFloat32> x);
  }
}
