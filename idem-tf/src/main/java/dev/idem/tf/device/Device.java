package dev.idem.tf.device;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.op.Ops;

/** The device that a graph is placed on. */
public sealed interface Device {

  /** TensorFlow decides, op by op, and falls back to the CPU. */
  record Auto() implements Device {
    @Override
    public Ops place(Ops tf) {
      return tf;
    }

    @Override
    public boolean softPlacement() {
      return true;
    }

    @Override
    public String toString() {
      return "auto";
    }
  }

  /** The CPU and nothing else. */
  record Cpu() implements Device {
    @Override
    public Ops place(Ops tf) {
      return tf.withDevice(spec(DeviceType.CPU, 0));
    }

    @Override
    public String toString() {
      return "cpu";
    }
  }

  /**
   * One GPU and nothing else: an op without a GPU kernel is an error, not a silent move. TensorFlow
   * places gradients itself, and always on the first GPU that it sees; with several GPUs hide the
   * others, as with {@code CUDA_VISIBLE_DEVICES=1}, and use number 0.
   *
   * @param index from 0
   */
  record Gpu(int index) implements Device {
    @Override
    public Ops place(Ops tf) {
      return tf.withDevice(spec(DeviceType.GPU, index));
    }

    @Override
    public String toString() {
      return "gpu:" + index;
    }
  }

  /** Ops that place what they make on this device. */
  Ops place(Ops tf);

  /** Whether TensorFlow may place an op elsewhere than asked. */
  default boolean softPlacement() {
    return false;
  }

  /**
   * Reads {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Device parse(String text) {
    Matcher matcher =
        Pattern.compile("(auto|cpu|gpu)(?::(\\d{1,3}))?").matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      int index = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
      if (matcher.group(1).equals("gpu")) {
        return new Gpu(index);
      }
      if (index == 0) {
        return matcher.group(1).equals("cpu") ? new Cpu() : new Auto();
      }
    }
    throw new IllegalArgumentException(
        "device ('%s') must be auto, cpu, gpu or gpu:N, as in gpu:0".formatted(text));
  }

  private static DeviceSpec spec(DeviceType type, int index) {
    return DeviceSpec.newBuilder().deviceType(type).deviceIndex(index).build();
  }
}
