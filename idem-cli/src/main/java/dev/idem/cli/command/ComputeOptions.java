package dev.idem.cli.command;

import dev.idem.api.check.Suggestions;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.cli.command.Subcommand.UsageException;
import dev.idem.cli.environment.Environment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The device, the precision and the compiler that a command computes with. */
class ComputeOptions {

  /** The largest value of {@code --threads}. */
  private static final int MOST_THREADS = 1_024;

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

  /** These options and the number of threads of the one engine. */
  static final class Threaded extends ComputeOptions {

    @Option(
        names = "--threads",
        defaultValue = "1",
        description =
            "Processor threads to compute on, positive. Results depend on it through rounding, not"
                + " on the number of processors. Default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    EngineOptions engine() {
      return engine(requireThreads(threads));
    }

    TrainingEngine open(EngineFactory engines) {
      return open(engines, requireThreads(threads));
    }
  }

  /** As many threads as there are processors, and are permitted. */
  static int allProcessors() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** Returns {@code threads} if it is in the permitted range. */
  static int requireThreads(int threads) {
    Subcommand.requirePositive("--threads", threads);
    if (threads > MOST_THREADS) {
      throw Subcommand.usage("--threads (%s) must be at most %s", threads, MOST_THREADS);
    }
    return threads;
  }

  final EngineOptions engine(int threads) {
    return new EngineOptions(
        device(), threads, parsed(Precision::parse, precision, Precision.names()), xla);
  }

  final TrainingEngine open(EngineFactory engines, int threads) {
    EngineOptions options = engine(threads);
    return Subcommand.accepted(() -> engines.create(options));
  }

  final Device device() {
    return parsed(Device::parse, device, List.of(ANY_DEVICE, "cpu", "gpu:0"));
  }

  private static <V> V parsed(Function<String, V> parser, String text, Collection<String> known) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + Suggestions.hint(text, known), e);
    }
  }

  /** A figure to compute with these options, elsewhere. */
  final FigureJob job(String figure, String preset, long seed, String gradientScale) {
    return new FigureJob(
        figure, preset, seed, gradientScale, device, precision, xla, Environment.version());
  }

  /** The options that affect results, as given on the command line; defaults are omitted. */
  final List<String> words() {
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
