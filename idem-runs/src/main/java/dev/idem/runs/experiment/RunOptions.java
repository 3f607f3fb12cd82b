package dev.idem.runs.experiment;

import dev.idem.runs.listener.ContributedListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is kept of a run, what is watched in it, and what ends it.
 *
 * @param out the folder of the runs, if the file names one
 * @param checkpointEverySteps positive
 * @param checkpointEveryTime positive
 * @param checkpointsKept positive
 * @param best the metric, of which lower is better, that selects the best network; empty to keep
 *     only the last
 * @param averageDecay of a moving average of the weights, in [0, 1); empty for none
 * @param averageEvery steps between updates of the average, positive
 * @param earlyStopping if a run is to stop when it no longer improves
 * @param listeners the files a run writes as it goes
 * @param contributed listeners of plug-ins
 * @param metrics what is measured at each evaluation
 * @param stopOnCollapse whether a run ends when its outputs have collapsed
 */
public record RunOptions(
    Optional<Path> out,
    long checkpointEverySteps,
    Duration checkpointEveryTime,
    int checkpointsKept,
    Optional<Metric> best,
    OptionalDouble averageDecay,
    long averageEvery,
    Optional<EarlyStopping> earlyStopping,
    Set<ListenerKind> listeners,
    List<ContributedListener> contributed,
    Set<Metric> metrics,
    boolean stopOnCollapse) {

  public RunOptions {
    listeners = Set.copyOf(listeners);
    contributed = List.copyOf(contributed);
    metrics = Set.copyOf(metrics);
  }
}
