package dev.idem.api.training;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an engine computes.
 *
 * <p>TensorFlow keeps one pool of threads for the work inside an operation, for the whole process,
 * and sizes it when the first session is made; every engine of a process should therefore use the
 * same number. With 1 a run's results do not depend on the number of processors, and several runs
 * in parallel give what they give one by one.
 *
 * @param device what operations are placed on
 * @param threads that one run may use, positive
 * @param precision of matrix products and convolutions
 * @param xla whether XLA, TensorFlow's compiler, compiles what it can; refused where it cannot run
 */
public record EngineOptions(Device device, int threads, Precision precision, boolean xla) {

  public EngineOptions {
    Require.positive("threads", threads);
  }

  /** In float32, not compiled. */
  public EngineOptions(Device device, int threads) {
    this(device, threads, Precision.FLOAT32, false);
  }

  /** The same in another precision. */
  public EngineOptions withPrecision(Precision other) {
    return new EngineOptions(device, threads, other, xla);
  }

  /** The same, compiled by XLA or not. */
  public EngineOptions withXla(boolean compiled) {
    return new EngineOptions(device, threads, precision, compiled);
  }

  /**
   * The precision of matrix products and convolutions. Everything else is float32 in both: the
   * parameters and their updates, losses, sums, statistics, activations, and what is stored.
   */
  public enum Precision {
    /**
     * Single precision throughout; on a GPU only with {@code NVIDIA_TF32_OVERRIDE=0} in the
     * environment, else NVIDIA's libraries round the factors of products to 10 bits.
     */
    FLOAT32,
    /**
     * Both factors of a product or convolution are rounded to bfloat16, and its result too, forward
     * and back; each then has 8 significant bits and the range of float32, so losses need no
     * scaling. Sums within are in float32 on GPUs and on processors with AVX-512. On others
     * TensorFlow sums convolutions in bfloat16 too, in blocks: kernels' gradients were seen to be
     * off by 3 %.
     */
    MIXED_BFLOAT16;

    /** The names that {@link #parse} reads. */
    public static List<String> names() {
      return Arrays.stream(values()).map(Precision::toString).toList();
    }

    /**
     * Reads {@code float32} or {@code mixed-bfloat16}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Precision parse(String text) {
      int index = names().indexOf(text.toLowerCase(Locale.ROOT));
      Require.argument(
          index >= 0, "precision ('%s') must be %s", text, String.join(" or ", names()));
      return values()[index];
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

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
     * TensorFlow places gradients itself, and always on the first GPU that it sees; with several
     * GPUs hide the others, as with {@code CUDA_VISIBLE_DEVICES=1}, and use number 0.
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
          Pattern.compile("auto|cpu|gpu(?::(\\d{1,3}))?").matcher(text.toLowerCase(Locale.ROOT));
      if (matcher.matches()) {
        return switch (matcher.group()) {
          case "auto" -> new Auto();
          case "cpu" -> new Cpu();
          default -> new Gpu(matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
        };
      }
      throw new IllegalArgumentException(
          "device ('%s') must be auto, cpu, gpu or gpu:N, as in gpu:0".formatted(text));
    }
  }
}
