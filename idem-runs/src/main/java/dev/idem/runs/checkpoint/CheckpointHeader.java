package dev.idem.runs.checkpoint;

import dev.idem.api.check.Require;
import java.util.List;

/**
 * The layout of the arrays of a checkpoint, in their order in the file.
 *
 * @param run as {@link Checkpoint#run}
 * @param stepsDone as {@link dev.idem.api.training.TrainingState#stepsDone}
 * @param listeners the names of those with state, even if it is empty
 * @param arrays the arrays that follow
 */
record CheckpointHeader(String run, long stepsDone, List<String> listeners, List<Entry> arrays) {

  /** The content of an array. */
  enum Part {
    PARAMETER,
    MOMENT,
    MEAN,
    VARIANCE,
    LISTENER
  }

  /**
   * An array.
   *
   * @param part its content
   * @param owner the parameter, the kind of input, or the listener that it belongs to
   * @param name the place of statistics, or the listener's own name for it; empty for others
   * @param length numbers, not negative
   * @param wide whether each number takes 8 bytes rather than 4
   */
  record Entry(Part part, String owner, String name, int length, boolean wide) {
    Entry {
      Require.notNegative("length", (long) length);
    }

    long bytes() {
      return (long) length * (wide ? Double.BYTES : Float.BYTES);
    }
  }

  CheckpointHeader {
    Require.notNegative("stepsDone", stepsDone);
    listeners = List.copyOf(listeners);
    arrays = List.copyOf(arrays);
  }

  /** The length of what follows the header. */
  long bytes() {
    return arrays.stream().mapToLong(Entry::bytes).sum();
  }
}
