package dev.idem.tf.device;

import dev.idem.api.check.Require;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * The options of a session.
 *
 * <p>TensorFlow keeps one pool of threads for the work inside an operation, for the whole process,
 * and sizes it when the first session is made; every session of a process should therefore be made
 * with the same number. With 1 a run's numbers do not depend on the machine's cores, and several
 * runs in parallel threads give what they give one by one.
 *
 * @param device where graphs are placed
 * @param threads that one run may use, positive
 * @param precision of matrix products and convolutions
 * @param xla whether XLA compiles what it can of a graph; ask {@link XlaCompiler} first
 */
public record SessionOptions(Device device, int threads, Precision precision, boolean xla) {

  public SessionOptions {
    Require.positive("threads", threads);
  }

  /** In float32, not compiled. */
  public SessionOptions(Device device, int threads) {
    this(device, threads, Precision.FLOAT32, false);
  }

  /** The same in another precision. */
  public SessionOptions withPrecision(Precision other) {
    return new SessionOptions(device, threads, other, xla);
  }

  /** The same, compiled by XLA or not. */
  public SessionOptions withXla(boolean compiled) {
    return new SessionOptions(device, threads, precision, compiled);
  }

  /** The configuration that says so, but for the precision, which is the graph's. */
  public ConfigProto toProto() {
    GraphOptions.Builder graphOptions =
        GraphOptions.newBuilder()
            // Grappler's remapper trips over LeakyRelu's gradient, says so on the console, and
            // gives up.
            .setRewriteOptions(RewriterConfig.newBuilder().setRemapping(RewriterConfig.Toggle.OFF));
    if (xla) {
      graphOptions.setOptimizerOptions(
          OptimizerOptions.newBuilder().setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_1));
    }
    ConfigProto.Builder config = ConfigProto.newBuilder();
    if (device instanceof Device.Cpu) {
      // The gradient builder places nothing: what it adds would go to a GPU, where there is one.
      config.putDeviceCount("GPU", 0);
    }
    return config
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(threads)
        .setUsePerSessionThreads(true)
        .setAllowSoftPlacement(device.softPlacement())
        .setGraphOptions(graphOptions)
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .build();
  }
}
