package dev.idem.cli.command.base;

import dev.idem.api.check.Suggestions;
import dev.idem.api.training.Device;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Precision;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The device, the precision and the compiler that a command computes with. */
public final class DeviceOptions {

  private static final String ANY_DEVICE = "auto";

  @Option(
      names = "--device",
      defaultValue = ANY_DEVICE,
      description = "Device: auto, cpu or gpu:N. Default: ${DEFAULT-VALUE}.")
  private String device = ANY_DEVICE;

  @Option(
      names = "--precision",
      description =
          "Precision of matrix products and convolutions, forward and backward: float32 or"
              + " mixed-bfloat16. Parameters and all else stay float32. Default: float32.")
  private String precision = Precision.FLOAT32.toString();

  @Option(
      names = "--xla",
      description = "XLA compilation, by TensorFlow's compiler, where possible. Default: off.")
  private boolean xla;

  /** The device asked for. */
  public Device device(CommandSpec spec) {
    try {
      return Device.parse(device);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          e.getMessage() + Suggestions.hint(device, List.of("auto", "cpu", "gpu:0")),
          e);
    }
  }

  private Precision precision(CommandSpec spec) {
    try {
      return Precision.parse(precision);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), e.getMessage() + Suggestions.hint(precision, Precision.names()), e);
    }
  }

  /** The device, the precision and the number of threads to compute with. */
  public EngineOptions session(CommandSpec spec, int threadsOfEach) {
    return new EngineOptions(device(spec), threadsOfEach, precision(spec), xla);
  }

  /** The options that affect results, as given on the command line; defaults are omitted. */
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
}
