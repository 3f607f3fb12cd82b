package dev.idem.tf.device;

import dev.idem.api.check.Require;
import dev.idem.api.training.Device;
import dev.idem.api.training.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/** The devices that this process's TensorFlow can compute on, found by computing on each. */
public final class Devices {

  private static final int MOST_GPUS = 16;

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
}
