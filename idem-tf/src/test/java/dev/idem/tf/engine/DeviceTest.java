package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

class DeviceTest {

  @Test
  void namesAreRead() {
    assertThat(Device.parse("auto")).isEqualTo(new Device.Auto());
    assertThat(Device.parse("CPU")).isEqualTo(new Device.Cpu());
    assertThat(Device.parse("gpu")).isEqualTo(new Device.Gpu(0));
    assertThat(Device.parse("gpu:3")).isEqualTo(new Device.Gpu(3));
    assertThat(Device.parse("gpu:3")).hasToString("gpu:3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tpu", "gpu:", "gpu:-1", "gpu:x", "cpu:0", "cpu:1", "auto:0", "gpu:99999"})
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> Device.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("device ('" + name + "') must be auto, cpu, gpu or gpu:N");
  }

  @Test
  void operationsArePlacedWhereAskedAndNowhereElse() {
    assertThat(placement(new Device.Gpu(1))).endsWith("GPU:1");
    assertThat(placement(new Device.Cpu())).endsWith("CPU:0");
    assertThat(placement(new Device.Auto())).isEmpty();
  }

  private static String placement(Device device) {
    try (Graph graph = new Graph()) {
      Ops tf = Sessions.place(device, Ops.create(graph));
      return ((GraphOperation) tf.constant(1f).op()).device();
    }
  }

  @Test
  void softPlacementIsOffForANamedDevice() {
    assertThat(options(new Device.Auto()).getAllowSoftPlacement()).isTrue();
    assertThat(options(new Device.Cpu()).getAllowSoftPlacement()).isFalse();
    assertThat(options(new Device.Gpu(0)).getAllowSoftPlacement()).isFalse();
    assertThat(options(new Device.Gpu(0)).getGpuOptions().getAllowGrowth()).isTrue();
    assertThatThrownBy(() -> new EngineOptions(new Device.Cpu(), 0))
        .hasMessage("threads (0) must be positive");
  }

  /** The gradient builder names no device, and TensorFlow prefers a GPU. */
  @Test
  void aSessionForTheCpuSeesNoGpu() {
    assertThat(options(new Device.Cpu()).getDeviceCountMap()).containsEntry("GPU", 0);
    assertThat(options(new Device.Gpu(0)).getDeviceCountMap()).isEmpty();
    assertThat(options(new Device.Auto()).getDeviceCountMap()).isEmpty();
  }

  @Test
  void precisionsAreReadAndOthersRefused() {
    assertThat(Precision.names()).containsExactly("float32", "mixed-bfloat16");
    assertThat(Precision.parse("Mixed-BFloat16")).isEqualTo(Precision.MIXED_BFLOAT16);
    assertThatThrownBy(() -> Precision.parse("float16"))
        .hasMessage("precision ('float16') must be float32 or mixed-bfloat16");
  }

  private static ConfigProto options(Device device) {
    return Sessions.configuration(new EngineOptions(device, 2));
  }

  @Test
  void theCpuIsAlwaysThereAndAMissingGpuIsExplained() {
    Devices devices = new Devices(1);
    assertThat(devices.available()).startsWith(new Device.Cpu());
    assertThat(devices.whyNoGpu().isEmpty())
        .isEqualTo(devices.available().contains(new Device.Gpu(0)));
  }
}
