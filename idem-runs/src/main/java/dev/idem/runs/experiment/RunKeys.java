package dev.idem.runs.experiment;

import dev.idem.api.training.Precision;
import java.util.ArrayList;
import java.util.List;

/** The keys of seeds and of the sections {@code run} and {@code engine}. */
final class RunKeys {

  static final String SEEDS = "seeds";
  static final String OUT = "run.out";
  static final String LISTENERS = "run.listeners";
  static final String METRICS = "run.metrics";
  static final String STOP_ON_COLLAPSE = "run.stopOnCollapse";
  static final String CHECKPOINT_STEPS = "run.checkpoints.everySteps";
  static final String CHECKPOINT_SECONDS = "run.checkpoints.everySeconds";
  static final String CHECKPOINTS_KEPT = "run.checkpoints.kept";
  static final String BEST = "run.best";
  static final String AVERAGE_DECAY = "run.average.decay";
  static final String AVERAGE_EVERY = "run.average.every";
  static final String STOPPING_METRIC = "run.earlyStopping.metric";
  static final String PATIENCE = "run.earlyStopping.patience";
  static final String DEVICE = "engine.device";
  static final String THREADS = "engine.threads";
  static final String PRECISION = "engine.precision";
  static final String XLA = "engine.xla";

  private static final Range THREAD_COUNTS = Range.between(1, 1_024);
  private static final Range COUNTS = Range.between(1, 1_000_000_000_000L);
  private static final Range KEPT = Range.between(1, 1_000);

  private RunKeys() {}

  /** With the names of listeners that plug-ins contribute. */
  static List<Key> keys(List<String> contributed) {
    List<String> listeners = new ArrayList<>(Labels.of(ListenerKind.class));
    listeners.addAll(contributed);
    return List.of(
        Key.integer(SEEDS, "Seeds, one run each; every random draw of a run derives from its seed.")
            .list()
            .otherwise(List.of(1L))
            .build(),
        Key.text(OUT, "Folder of the runs.").aside().build(),
        Key.choice(LISTENERS, listeners, "Log files that a run writes.")
            .list()
            .otherwise(List.of(ListenerKind.CSV.label()))
            .build(),
        Key.choice(METRICS, Labels.of(Metric.class), "Metrics to measure at each evaluation.")
            .list()
            .otherwise(Labels.of(Metric.class))
            .build(),
        Key.flag(STOP_ON_COLLAPSE, "Whether a run stops when its outputs have collapsed.").build(),
        Key.integer(CHECKPOINT_STEPS, "Steps between checkpoints.")
            .in(COUNTS)
            .otherwise(1_000L)
            .aside()
            .build(),
        Key.integer(CHECKPOINT_SECONDS, "Seconds between checkpoints, whichever comes first.")
            .in(COUNTS)
            .otherwise(300L)
            .aside()
            .build(),
        Key.integer(CHECKPOINTS_KEPT, "Number of recent checkpoints to keep.")
            .in(KEPT)
            .otherwise(2L)
            .aside()
            .build(),
        Key.choice(BEST, Metric.ending(), "Metric that selects the best checkpoint.")
            .aside()
            .build(),
        Key.number(AVERAGE_DECAY, "Decay of a moving average of the weights; none if not set.")
            .in(Range.share())
            .build(),
        Key.integer(AVERAGE_EVERY, "Steps between updates of the average.")
            .in(COUNTS)
            .when(When.given(AVERAGE_DECAY))
            .otherwise(1L)
            .build(),
        Key.choice(STOPPING_METRIC, Metric.ending(), "Metric for early stopping.").build(),
        Key.integer(PATIENCE, "Evaluations without improvement before a run stops.")
            .in(COUNTS)
            .when(When.given(STOPPING_METRIC))
            .otherwise(10L)
            .build(),
        Key.text(DEVICE, "Device: auto, cpu, gpu or gpu:N.").otherwise("auto").aside().build(),
        Key.integer(
                THREADS,
                "Processor threads that a run computes on. Results depend on their number, through"
                    + " rounding.")
            .in(THREAD_COUNTS)
            .otherwise(1L)
            .build(),
        Key.choice(PRECISION, Precision.names(), "Precision of products; parameters stay float32.")
            .otherwise(Precision.FLOAT32.toString())
            .build(),
        Key.flag(XLA, "Whether to compile with XLA where possible.").build());
  }
}
