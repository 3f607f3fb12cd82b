package dev.idem.cli.command.base;

import dev.idem.api.training.EngineFactory;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.TrainingEngine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of every command that computes. */
public final class ComputeOptions {

  /** The largest value of {@code --threads}. */
  public static final int MOST_THREADS = 1_024;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description =
          "Processor threads to compute on, positive. Results depend on it through rounding, not"
              + " on the number of processors. Default: ${DEFAULT-VALUE}.")
  private int threads = 1;

  @Mixin private DeviceOptions deviceOptions = new DeviceOptions();

  /** The device, the precision and the number of threads to compute with. */
  public EngineOptions session(CommandSpec spec) {
    return deviceOptions.session(spec, requireThreads(spec, threads));
  }

  /** The engine asked for. */
  public TrainingEngine open(EngineFactory engines, CommandSpec spec) {
    try {
      return engines.create(session(spec));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns {@code threads} if it is in the permitted range. */
  public static int requireThreads(CommandSpec spec, int threads) {
    requirePositive(spec, "--threads", threads);
    if (threads > MOST_THREADS) {
      throw new ParameterException(
          spec.commandLine(), "--threads (%s) must be at most %s".formatted(threads, MOST_THREADS));
    }
    return threads;
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
          "%s (%s) must be from %s to %s".formatted(option, value, least, most));
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
          spec.commandLine(), "%s (%s) must be positive".formatted(option, value));
    }
  }
}
