package dev.idem.runs.experiment;

import dev.idem.api.check.Require;
import dev.idem.runs.experiment.Key.Help;
import dev.idem.runs.experiment.Key.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Section {@code run}: what a run saves, what it monitors, and when it stops. Each component is
 * described by its help.
 */
public record RunOptions(
    @Help("Folder of the runs.") @Setting(decides = false) Optional<String> out,
    @Help("Log files that a run writes.") @Setting(byDefault = "csv") List<String> listeners,
    @Help("Metrics to measure at each evaluation.")
        @Setting(
            byDefault =
                "idempotency-error, relative-error, reconstruction-error, power, effective-rank")
        List<Metric> metrics,
    @Help("Whether a run stops when its outputs have collapsed.") boolean stopOnCollapse,
    Checkpoints checkpoints,
    @Help("Metric that selects the best checkpoint; none keeps none.")
        @Setting(choices = "none, " + SELECTING, byDefault = "none", decides = false)
        String best,
    Average average,
    EarlyStopping earlyStopping) {

  static final String OUT = "run.out";
  static final String LISTENERS = "run.listeners";
  static final String COUNTS = "from 1 to 1000000000000";

  /** The metrics that may select a network or end a run: outputs that shrink do not lower them. */
  static final String SELECTING = "relative-error, error-over-variance, reconstruction-error";

  /** A measurement at each evaluation of a run. Lower is better in all but the last two. */
  public enum Metric {
    /** 1/(m n) sum ||f(f(x)) - f(x)||^2 on held-out samples; f = 0 has none. */
    IDEMPOTENCY_ERROR,
    /** The idempotency error over the outputs' power, which shrinking does not lower. */
    RELATIVE_ERROR,
    /**
     * The idempotency error over the outputs' variance, which a constant does not lower; infinite
     * for outputs that are {@linkplain dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict
     * zero, constant, inflated or diverged}, so that these are never the best.
     */
    ERROR_OVER_VARIANCE,
    /** 1/(m n) sum ||f(x) - x||^2 on held-out samples. */
    RECONSTRUCTION_ERROR,
    /** The outputs' mean square. */
    POWER,
    /** The effective rank of the outputs. */
    EFFECTIVE_RANK;

    /** The name in a file, such as {@code relative-error}. */
    public String label() {
      return Kind.label(this);
    }
  }

  /** The log files that idem itself can write of a run. */
  public enum LogFile {
    /** A table of steps. */
    CSV,
    /** A JSON object a line. */
    JSONL,
    /** Event files for TensorBoard. */
    TENSORBOARD;

    /** The name in a file, such as {@code csv}. */
    public String label() {
      return Kind.label(this);
    }
  }

  /** When to write checkpoints, whichever of the two comes first, and how many to keep. */
  public record Checkpoints(
      @Help("Steps between checkpoints.")
          @Setting(range = COUNTS, byDefault = "1000", decides = false)
          long everySteps,
      @Help("Seconds between checkpoints, whichever comes first.")
          @Setting(range = COUNTS, byDefault = "300", decides = false)
          long everySeconds,
      @Help("Number of recent checkpoints to keep.")
          @Setting(range = "from 1 to 1000", byDefault = "2", decides = false)
          int kept) {

    public Checkpoints {
      Require.positive("everySteps", everySteps);
      Require.positive("everySeconds", everySeconds);
      Require.positive("kept", kept);
    }
  }

  /** A moving average of the weights; none without a decay. */
  public record Average(
      @Help("Decay of a moving average of the weights; none if not set.")
          @Setting(range = "in [0, 1)")
          OptionalDouble decay,
      @Help("Steps between updates of the average.")
          @Setting(range = COUNTS, when = "run.average.decay", byDefault = "1")
          long every) {

    public Average {
      decay.ifPresent(value -> Require.inHalfOpen("decay", value, 0, 1));
      Require.positive("every", every);
    }
  }

  /** The end of a run that no longer improves; never without a metric, of which lower is better. */
  public record EarlyStopping(
      @Help("Metric for early stopping.") @Setting(choices = SELECTING) Optional<Metric> metric,
      @Help("Evaluations without improvement before a run stops.")
          @Setting(range = COUNTS, when = "run.earlyStopping.metric", byDefault = "10")
          long patience) {

    public EarlyStopping {
      Require.positive("patience", patience);
    }
  }

  /** The section, if its folder can be one; that it cannot is a problem. */
  static Optional<RunOptions> read(Settings settings, Problems problems) {
    return settings
        .section("run", RunOptions.class)
        .filter(run -> problems.attempt(settings.blame(OUT), run::folder).isPresent());
  }

  /** The folder of the runs, if the file names one. */
  public Optional<Path> folder() {
    try {
      return out.map(Path::of);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s ('%s') is not a valid path: %s".formatted(OUT, out.orElse(""), e.getReason()), e);
    }
  }

  /** Whether the run writes that file. */
  public boolean writes(LogFile file) {
    return listeners.contains(file.label());
  }

  /** The names of the listeners of plug-ins. */
  List<String> contributed() {
    List<String> own = Kind.labels(LogFile.class);
    return listeners.stream().filter(name -> !own.contains(name)).distinct().toList();
  }

  /** The metric that selects the best checkpoint, if one is kept. */
  public Optional<Metric> selecting() {
    return Stream.of(Metric.values()).filter(metric -> metric.label().equals(best)).findFirst();
  }

  /** The metrics to measure: those asked for, and those that select a network or end the run. */
  public Set<Metric> measured() {
    Set<Metric> measured = EnumSet.noneOf(Metric.class);
    measured.addAll(metrics);
    selecting().ifPresent(measured::add);
    earlyStopping.metric().ifPresent(measured::add);
    return measured;
  }
}
