package dev.idem.api.training;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The device that an engine computes on. */
public sealed interface Device {

  /** The engine decides, operation by operation, and falls back to the CPU. */
  record Auto() implements Device {
    @Override
    public String toString() {
      return "auto";
    }
  }

  /** The CPU and nothing else. */
  record Cpu() implements Device {
    @Override
    public String toString() {
      return "cpu";
    }
  }

  /**
   * One GPU and nothing else: an operation without a GPU kernel is an error, not a silent move.
   * TensorFlow places gradients itself, and always on the first GPU that it sees; with several GPUs
   * hide the others, as with {@code CUDA_VISIBLE_DEVICES=1}, and use number 0.
   *
   * @param index from 0
   */
  record Gpu(int index) implements Device {
    @Override
    public String toString() {
      return "gpu:" + index;
    }
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
}
