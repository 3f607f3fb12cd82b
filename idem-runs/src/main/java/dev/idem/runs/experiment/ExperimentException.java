package dev.idem.runs.experiment;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/**
 * An experiment file that cannot be run. The message has a line {@code file:line:column: problem}
 * for each of its problems.
 */
public final class ExperimentException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  private static final int SHOWN = 100;

  private final ArrayList<String> problems;

  ExperimentException(List<String> problems) {
    super(message(problems));
    this.problems = new ArrayList<>(problems);
  }

  private static String message(List<String> problems) {
    String lines = String.join("\n", problems.subList(0, Math.min(SHOWN, problems.size())));
    int more = problems.size() - SHOWN;
    return more > 0 ? lines + "\nand " + more + " more problem" + (more == 1 ? "" : "s") : lines;
  }

  /** All problems, each {@code file:line:column: problem}, in the order they were found. */
  public List<String> problems() {
    return List.copyOf(problems);
  }
}
