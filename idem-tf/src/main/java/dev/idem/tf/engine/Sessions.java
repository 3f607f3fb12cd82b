package dev.idem.tf.engine;

import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import java.util.List;
import org.tensorflow.DeviceSpec;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;

/** The options of an engine in TensorFlow's terms. */
final class Sessions {

  /**
   * Passes of Grappler, TensorFlow's optimiser, for graphs built here, each once: every kind of run
   * of a session waits for them before its first, and steps gain nothing from others. Constant
   * folding turns divisions into products, so that results without it differ in rounding.
   */
  private static final RewriterConfig FEW_PASSES =
      RewriterConfig.newBuilder()
          .addAllOptimizers(List.of("pruning", "constfold", "layout"))
          .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE)
          .build();

  /**
   * Passes for graphs from elsewhere, which may gain from any: all but the remapper, which fails on
   * the gradient of LeakyRelu, and the arithmetic optimiser, which undoes the transposes of {@link
   * Products}.
   */
  static final RewriterConfig MOST_PASSES =
      RewriterConfig.newBuilder()
          .setRemapping(RewriterConfig.Toggle.OFF)
          .setArithmeticOptimization(RewriterConfig.Toggle.OFF)
          .build();

  /** TensorFlow's number for no pool. */
  private static final int CALLER = -1;

  private Sessions() {}

  /** Ops that place what they make on a device. */
  static Ops place(Device device, Ops tf) {
    if (device instanceof Device.Auto) {
      return tf;
    }
    DeviceSpec.Builder spec = DeviceSpec.newBuilder();
    return tf.withDevice(
        device instanceof Device.Gpu gpu
            ? spec.deviceType(DeviceSpec.DeviceType.GPU).deviceIndex(gpu.index()).build()
            : spec.deviceType(DeviceSpec.DeviceType.CPU).deviceIndex(0).build());
  }

  /** The configuration of a session, except for the precision, which is the graph's. */
  static ConfigProto configuration(EngineOptions options) {
    GraphOptions.Builder graphOptions = GraphOptions.newBuilder().setRewriteOptions(FEW_PASSES);
    if (options.xla()) {
      graphOptions.setOptimizerOptions(
          OptimizerOptions.newBuilder().setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_1));
    }
    ConfigProto.Builder config = ConfigProto.newBuilder();
    if (options.device() instanceof Device.Cpu) {
      // The gradient builder places nothing: what it adds would go to a GPU, where there is one.
      config.putDeviceCount("GPU", 0);
    }
    return config
        .setIntraOpParallelismThreads(options.threads())
        .setInterOpParallelismThreads(options.threads())
        .setUsePerSessionThreads(true)
        .setAllowSoftPlacement(options.device() instanceof Device.Auto)
        .setGraphOptions(graphOptions)
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .build();
  }

  /**
   * The options of each run of a session. On one thread a run stays in the thread that asks for it,
   * as handing it to another costs small networks up to a quarter of a step. On several threads the
   * session's pool executes independent operations side by side.
   */
  static RunOptions runOptions(ConfigProto configuration) {
    RunOptions.Builder run = RunOptions.newBuilder();
    return configuration.getInterOpParallelismThreads() == 1
        ? run.setInterOpThreadPool(CALLER).build()
        : run.build();
  }
}
