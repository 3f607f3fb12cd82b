package dev.idem.runs.sweep;

import dev.idem.runs.StopRequest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Executes the runs of a sweep, several at a time, on this machine or others. */
public interface SweepRunner extends Closeable {

  /**
   * Executes every task once, in any order. A run that fails is an outcome, not an exception.
   *
   * @param stop once requested, no further task begins, and those in progress are saved where that
   *     is possible
   * @param ended receives each outcome as it arrives, one at a time
   * @throws IOException if the tasks cannot be executed at all, such as on a cluster that cannot be
   *     reached; the message says what to do
   */
  void run(List<SweepTask> tasks, StopRequest stop, Consumer<SweepOutcome> ended)
      throws IOException;

  /** The number of tasks that run at the same time. */
  int parallelism();

  /** Where tasks are executed, for a reader: {@code 2 threads}, {@code Spark on local[2]}. */
  String description();

  /** Makes runners of one kind; a service, found by {@link java.util.ServiceLoader}. */
  interface Factory {

    /** The name that {@code idem sweep --runner} takes. */
    String name();

    /**
     * A runner.
     *
     * @throws IllegalArgumentException if an option cannot be used
     * @throws IOException if what it needs cannot be reached
     */
    SweepRunner open(Options options) throws IOException;
  }

  /**
   * What a runner is made with.
   *
   * @param runs the folder of the run folders on this machine
   * @param store another place for them, as a URI of one of Hadoop's file systems; empty for {@code
   *     runs}
   * @param jobs the number of tasks at the same time; 0 for the runner's own choice
   * @param master of the cluster, in the form that it takes; empty for the runner's default
   * @param configuration further settings of the cluster, by key; values may be secret
   * @param plugins the jars of plug-ins
   */
  record Options(
      Path runs,
      Optional<String> store,
      int jobs,
      Optional<String> master,
      Map<String, String> configuration,
      List<Path> plugins) {

    public Options {
      configuration = Map.copyOf(configuration);
      plugins = List.copyOf(plugins);
    }
  }
}
