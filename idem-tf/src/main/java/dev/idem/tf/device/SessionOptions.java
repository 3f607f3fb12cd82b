package dev.idem.tf.device;

import dev.idem.api.check.Require;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * How sessions are made.
 *
 * <p>TensorFlow keeps one pool of threads for the work inside an operation, for the whole process,
 * and sizes it when the first session is made; every session of a process should therefore be made
 * with the same number. With 1 a run's numbers do not depend on the machine's cores, and several
 * runs in parallel threads give what they give one by one.
 *
 * @param device where graphs are placed
 * @param threads that one run may use, positive
 */
public record SessionOptions(Device device, int threads) {

  public SessionOptions {
    Require.positive("threads", threads);
  }

  /** The configuration that says so. */
  public ConfigProto toProto() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(threads)
        .setUsePerSessionThreads(true)
        .setAllowSoftPlacement(device.softPlacement())
        // Grappler's remapper trips over LeakyRelu's gradient, says so on the console, and gives
        // up.
        .setGraphOptions(
            GraphOptions.newBuilder()
                .setRewriteOptions(
                    RewriterConfig.newBuilder().setRemapping(RewriterConfig.Toggle.OFF)))
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .build();
  }
}
