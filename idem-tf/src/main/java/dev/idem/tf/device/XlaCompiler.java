package dev.idem.tf.device;

import dev.idem.api.training.EngineOptions;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * XLA, TensorFlow's compiler, which fuses runs of operations into kernels. TensorFlow Java 1.1.0
 * has it linked in, at least for linux-x86_64 with and without GPU support.
 *
 * <p>TensorFlow reads {@link #FLAGS} from the environment when it is loaded. Without the first XLA
 * leaves what is placed on a CPU alone. Without the second a graph's first run is not compiled, so
 * that a run that was resumed would not give the bytes of one that was not. Neither changes a
 * session that does not ask for XLA.
 */
public final class XlaCompiler {

  /** What the environment variable {@code TF_XLA_FLAGS} must hold. */
  public static final String FLAGS =
      "--tf_xla_cpu_global_jit=true --tf_xla_enable_lazy_compilation=false";

  /** Stands in a graph for a run of operations, and compiles it before it is run. */
  private static final String COMPILATION = "_XlaCompile";

  private static final String ALWAYS = "must_compile";

  private XlaCompiler() {}

  /**
   * Requires that XLA compiles for a device, and always; found by compiling for it.
   *
   * @throws IllegalArgumentException if it does not, telling what is missing
   */
  public static void require(EngineOptions options) {
    Optional<String> reason = whyNot(options.withXla(true));
    if (reason.isPresent()) {
      throw new IllegalArgumentException(
          "xla cannot be used on device %s: %s".formatted(options.device(), reason.get()));
    }
  }

  private static Optional<String> whyNot(EngineOptions options) {
    try {
      Optional<NodeDef> compiled = compilation(options);
      if (compiled.isPresent() && compiled.get().getAttrOrThrow(ALWAYS).getB()) {
        return Optional.empty();
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      return Optional.of(
          "a small graph failed (%s); leave xla off"
              .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
    return Optional.of(
        FLAGS.equals(System.getenv("TF_XLA_FLAGS"))
            ? "the %s build of TensorFlow does not compile; leave xla off"
                .formatted(Devices.nativeBuild())
            : "TF_XLA_FLAGS must be '%s' in the environment, as the idem command sets it"
                .formatted(FLAGS));
  }

  /** How XLA compiles a small graph, or empty if it does not. */
  private static Optional<NodeDef> compilation(EngineOptions options) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, Sessions.configuration(options));
        TFloat32 value = TFloat32.vectorOf(1f, 2f)) {
      Ops tf = Sessions.place(options.device(), GraphOps.of(Ops.create(graph)));
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(2)));
      Operand<TFloat32> y = x;
      for (int i = 0; i < 4; i++) { // XLA leaves fewer than four operations alone
        y = tf.math.add(tf.math.tanh(y), x);
      }
      RunOptions partitions = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
      try (Result result =
          session.runner().feed(x, value).fetch(y).setOptions(partitions).runAndFetchMetadata()) {
        return result.getMetadata().stream()
            .flatMap(metadata -> metadata.getPartitionGraphsList().stream())
            .map(GraphDef::getNodeList)
            .flatMap(nodes -> nodes.stream().filter(node -> node.getOp().equals(COMPILATION)))
            .findFirst();
      }
    }
  }
}
