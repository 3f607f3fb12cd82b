package dev.idem.cli.experiment;

import dev.idem.tf.device.Precision;
import java.util.ArrayList;
import java.util.List;

/** The keys that say how long and how fast is trained, from which seeds, and what is kept. */
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
        Key.integer(SEEDS, "A run for each; every random draw of a run derives from its seed.")
            .list()
            .otherwise(List.of(1L))
            .build(),
        Key.text(OUT, "The folder of the runs.").aside().build(),
        Key.choice(LISTENERS, listeners, "The files a run writes as it goes.")
            .list()
            .otherwise(List.of(ListenerKind.CSV.label()))
            .build(),
        Key.choice(METRICS, Labels.of(Metric.class), "What is measured at each evaluation.")
            .list()
            .otherwise(Labels.of(Metric.class))
            .build(),
        Key.flag(STOP_ON_COLLAPSE, "Whether a run ends when its outputs have collapsed.").build(),
        Key.integer(CHECKPOINT_STEPS, "Steps between checkpoints.")
            .in(COUNTS)
            .otherwise(1_000L)
            .aside()
            .build(),
        Key.integer(CHECKPOINT_SECONDS, "Seconds between checkpoints, whichever is first.")
            .in(COUNTS)
            .otherwise(300L)
            .aside()
            .build(),
        Key.integer(CHECKPOINTS_KEPT, "How many of the newest checkpoints stay.")
            .in(KEPT)
            .otherwise(2L)
            .aside()
            .build(),
        Key.choice(BEST, Metric.ending(), "By what the best network is kept, beside the last.")
            .aside()
            .build(),
        Key.number(AVERAGE_DECAY, "Of a moving average of the weights; none if not given.")
            .in(Range.share())
            .build(),
        Key.integer(AVERAGE_EVERY, "Steps between updates of the average.")
            .in(COUNTS)
            .when(When.given(AVERAGE_DECAY))
            .otherwise(1L)
            .build(),
        Key.choice(STOPPING_METRIC, Metric.ending(), "A run ends when it gets no better.").build(),
        Key.integer(PATIENCE, "Evaluations without a better value before a run ends.")
            .in(COUNTS)
            .when(When.given(STOPPING_METRIC))
            .otherwise(10L)
            .build(),
        Key.text(DEVICE, "auto, cpu, gpu or gpu:N.").otherwise("auto").aside().build(),
        Key.integer(
                THREADS,
                "Processor threads that a run computes on. With another number sums round otherwise,"
                    + " and the run's numbers differ.")
            .in(THREAD_COUNTS)
            .otherwise(1L)
            .build(),
        Key.choice(PRECISION, Precision.names(), "Of products; parameters are float32 in both.")
            .otherwise(Precision.FLOAT32.toString())
            .build(),
        Key.flag(XLA, "Whether XLA compiles what it can.").build());
  }
}
