package dev.idem.cli.command.base;

import dev.idem.api.training.TrainingEngine;
import dev.idem.cli.catalogue.Suggestions;
import dev.idem.tf.device.Device;
import dev.idem.tf.device.Precision;
import dev.idem.tf.device.SessionOptions;
import dev.idem.tf.engine.EngineFactory;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of every command that trains. */
public final class EngineOptions {

  private static final int MOST_THREADS = 1_024;
  private static final String ANY_DEVICE = "auto";

  @Option(names = "--threads", description = "Processor threads to use, positive. Default: all.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--device",
      defaultValue = ANY_DEVICE,
      description = "auto, cpu, or gpu:N. Default: ${DEFAULT-VALUE}.")
  private String device = ANY_DEVICE;

  @Option(
      names = "--precision",
      description =
          "Of matrix products and convolutions, forward and back: float32 or mixed-bfloat16."
              + " Parameters, and all else, are float32 in both. Default: float32.")
  private String precision = Precision.FLOAT32.toString();

  @Option(
      names = "--xla",
      description = "Let XLA, TensorFlow's compiler, compile what it can. Default: no.")
  private boolean xla;

  /** The threads asked for. */
  public int threads(CommandSpec spec) {
    requirePositive(spec, "--threads", threads);
    if (threads > MOST_THREADS) {
      throw new ParameterException(
          spec.commandLine(), "--threads (%d) must be at most %d".formatted(threads, MOST_THREADS));
    }
    return threads;
  }

  /** The device asked for. */
  public Device device(CommandSpec spec) {
    try {
      return Device.parse(device);
    } catch (IllegalArgumentException e) {
      String hint =
          Suggestions.closest(device, List.of("auto", "cpu", "gpu:0"))
              .map(close -> "; did you mean '" + close + "'?")
              .orElse("");
      throw new ParameterException(spec.commandLine(), e.getMessage() + hint, e);
    }
  }

  private Precision precision(CommandSpec spec) {
    try {
      return Precision.parse(precision);
    } catch (IllegalArgumentException e) {
      String hint =
          Suggestions.closest(precision, Precision.names())
              .map(close -> "; did you mean '" + close + "'?")
              .orElse("");
      throw new ParameterException(spec.commandLine(), e.getMessage() + hint, e);
    }
  }

  /** Where, how precisely and on how many threads to compute. */
  public SessionOptions session(CommandSpec spec, int threadsOfEach) {
    return new SessionOptions(device(spec), threadsOfEach, precision(spec), xla);
  }

  /** What decides numbers, as it was given; nothing of what is the default. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (!device.equals(ANY_DEVICE)) {
      words.addAll(List.of("--device", device));
    }
    if (!precision.equals(Precision.FLOAT32.toString())) {
      words.addAll(List.of("--precision", precision));
    }
    if (xla) {
      words.add("--xla");
    }
    return words;
  }

  /** The engine asked for. */
  public TrainingEngine open(EngineFactory engines, CommandSpec spec) {
    try {
      return engines.create(session(spec, threads(spec)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Refuses a value that is not from 1 to {@code most}. */
  public static void requireRange(CommandSpec spec, String option, int value, int most) {
    requirePositive(spec, option, value);
    requireRange(spec, option, 1, value, most);
  }

  /** Refuses a value that is not from {@code least} to {@code most}. */
  public static void requireRange(CommandSpec spec, String option, int least, int value, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s (%d) must be from %d to %d".formatted(option, value, least, most));
    }
  }

  /** Returns {@code value} if it is a positive number. */
  public static double requirePositive(CommandSpec spec, String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new ParameterException(
          spec.commandLine(), "%s (%s) must be a positive number".formatted(option, value));
    }
    return value;
  }

  /** Refuses a value that is not positive. */
  public static void requirePositive(CommandSpec spec, String option, long value) {
    if (value <= 0) {
      throw new ParameterException(
          spec.commandLine(), "%s (%d) must be positive".formatted(option, value));
    }
  }
}
