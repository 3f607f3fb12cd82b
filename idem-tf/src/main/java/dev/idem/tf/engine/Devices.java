package dev.idem.tf.engine;

import dev.idem.api.check.Require;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.tf.tape.GraphOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * The devices that this process's TensorFlow can compute on, and whether XLA compiles for one;
 * found by computing on each.
 */
public final class Devices {

  private static final int MOST_GPUS = 16;

  /**
   * What the environment variable {@code TF_XLA_FLAGS} must hold for XLA; TensorFlow reads it when
   * it is loaded. Without the first flag XLA leaves what is placed on a CPU alone. Without the
   * second a graph's first run is not compiled, so that a run that was resumed would not give the
   * bytes of one that was not. Neither changes a session that does not ask for XLA.
   */
  private static final String XLA_FLAGS =
      "--tf_xla_cpu_global_jit=true --tf_xla_enable_lazy_compilation=false";

  /** Stands in a graph for a run of operations, and compiles it before it is run. */
  private static final String XLA_COMPILATION = "_XlaCompile";

  private static final String XLA_ALWAYS = "must_compile";

  private final int threads;

  /**
   * Finds the devices with sessions of {@code threads} threads, see {@link EngineOptions}.
   *
   * @param threads positive
   */
  public Devices(int threads) {
    this.threads = Require.positive("threads", threads);
  }

  /** The CPU, then each GPU. */
  public List<Device> available() {
    List<Device> devices = new ArrayList<>(List.of(new Device.Cpu()));
    for (int i = 0; i < MOST_GPUS && computes(new Device.Gpu(i)); i++) {
      devices.add(new Device.Gpu(i));
    }
    return List.copyOf(devices);
  }

  /**
   * Requires that a device can compute.
   *
   * @throws IllegalArgumentException naming the devices that do, and why there is no GPU
   */
  public void require(Device device) {
    if (device instanceof Device.Gpu && !computes(device)) {
      throw new IllegalArgumentException(
          "device (%s) does not exist; devices: %s%s; use --device auto or one of these"
              .formatted(
                  device, available(), whyNoGpu().map(reason -> " (" + reason + ")").orElse("")));
    }
  }

  /** Why TensorFlow computes on no GPU, or empty if it does on one. */
  public Optional<String> whyNoGpu() {
    if (computes(new Device.Gpu(0))) {
      return Optional.empty();
    }
    if (!nativeBuild().equals(GpuDiagnosis.GPU_BUILD)) {
      return Optional.of(
          "this is the %s build of TensorFlow, without GPU support; build with -Pgpu"
              .formatted(nativeBuild()));
    }
    return Optional.of(
        new GpuDiagnosis()
            .missing()
            .map(missing -> "missing or too old: %s; see 'idem devices'".formatted(missing))
            .orElse(
                "everything that it needs was found, but TensorFlow could not use it;"
                    + " TF_CPP_MIN_LOG_LEVEL=0 shows why"));
  }

  /** The platform of the TensorFlow native library in use, such as {@code linux-x86_64}. */
  public static String nativeBuild() {
    ClassLoader loader = Devices.class.getClassLoader();
    for (String platform :
        List.of(
            "linux-x86_64-gpu", "linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64")) {
      String library = "org/tensorflow/internal/c_api/%s/".formatted(platform);
      for (String name :
          List.of("libjnitensorflow.so", "libjnitensorflow.dylib", "jnitensorflow.dll")) {
        if (loader.getResource(library + name) != null) {
          return platform;
        }
      }
    }
    return "unknown";
  }

  private boolean computes(Device device) {
    ConfigProto config = Sessions.configuration(new EngineOptions(device, threads));
    try (Graph graph = new Graph();
        Session session = new Session(graph, config)) {
      Ops tf = Sessions.place(device, GraphOps.of(Ops.create(graph)));
      session.run(tf.math.square(tf.constant(2f)));
      return true;
    } catch (TensorFlowException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Requires that XLA, TensorFlow's compiler, which fuses runs of operations into kernels, compiles
   * for a device, and always; found by compiling for it. TensorFlow Java 1.1.0 has it linked in, at
   * least for linux-x86_64 with and without GPU support.
   *
   * @throws IllegalArgumentException if it does not, naming what is missing
   */
  public static void requireXla(EngineOptions options) {
    Optional<String> reason = whyNoXla(options.withXla(true));
    if (reason.isPresent()) {
      throw new IllegalArgumentException(
          "xla cannot be used on device %s: %s".formatted(options.device(), reason.get()));
    }
  }

  private static Optional<String> whyNoXla(EngineOptions options) {
    try {
      Optional<NodeDef> compiled = compilation(options);
      if (compiled.isPresent() && compiled.get().getAttrOrThrow(XLA_ALWAYS).getB()) {
        return Optional.empty();
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      return Optional.of(
          "a small graph failed (%s); do not enable XLA"
              .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
    return Optional.of(
        XLA_FLAGS.equals(System.getenv("TF_XLA_FLAGS"))
            ? "the %s build of TensorFlow does not compile; do not enable XLA"
                .formatted(Devices.nativeBuild())
            : "TF_XLA_FLAGS must be '%s' in the environment, as the idem command sets it"
                .formatted(XLA_FLAGS));
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
            .flatMap(nodes -> nodes.stream().filter(node -> node.getOp().equals(XLA_COMPILATION)))
            .findFirst();
      }
    }
  }
}
