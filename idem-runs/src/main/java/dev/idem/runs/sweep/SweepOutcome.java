package dev.idem.runs.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a {@link SweepTask}.
 *
 * @param id of the run
 * @param state how it ended
 * @param steps done
 * @param metrics of the last evaluation, by name; none if the run diverged or failed
 * @param verdict on the trained network, such as {@code healthy}; empty if the run is not finished
 * @param message why the run ended, on one line
 * @param seconds of wall time that this took, without earlier parts of the run
 * @param host where it was trained
 */
public record SweepOutcome(
    String id,
    State state,
    long steps,
    Map<String, Double> metrics,
    String verdict,
    String message,
    double seconds,
    String host)
    implements Serializable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final double NANOS = 1e9;

  /** How a run of a sweep ended. */
  public enum State {
    /** Trained to its end. */
    FINISHED,
    /** Trained to the step that the task named, and saved. */
    PAUSED,
    /** Not finite any more; the same again, however often it is repeated. */
    DIVERGED,
    /** Ended by an error, which may not happen again. */
    FAILED,
    /** Ended on request, and saved. */
    STOPPED;

    /** Whether repeating the task would change nothing. */
    public boolean isFinal() {
      return this == FINISHED || this == DIVERGED;
    }
  }

  public SweepOutcome {
    // Not Map.copyOf: the order of the columns.
    metrics = new TreeMap<>(metrics);
  }

  /** What became of a task on this machine; the message is put on one line. */
  static SweepOutcome of(
      SweepTask task,
      State state,
      long steps,
      Map<String, Double> metrics,
      String verdict,
      String message,
      long began) {
    return new SweepOutcome(
        task.id(),
        state,
        steps,
        metrics,
        verdict,
        message.replaceAll("\\s+", " ").strip(),
        (System.nanoTime() - began) / NANOS,
        hostName());
  }

  /**
   * A task that failed on this machine.
   *
   * @param message why
   * @param began the value of {@link System#nanoTime} when it began
   */
  public static SweepOutcome failed(SweepTask task, String message, long began) {
    return of(task, State.FAILED, 0, Map.of(), "", message, began);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /** Whether nothing is left of a task that pauses after that step. */
  boolean reached(long until) {
    return state.isFinal() || (state == State.PAUSED && steps >= until);
  }

  /** The outcome on one line of JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values", e);
    }
  }

  /**
   * Reads {@link #toJson}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static SweepOutcome parse(String json) {
    try {
      return JSON.readValue(json, SweepOutcome.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an outcome: " + SafeFiles.reason(e), e);
    }
  }
}
