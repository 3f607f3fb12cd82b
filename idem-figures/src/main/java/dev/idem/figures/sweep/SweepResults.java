package dev.idem.figures.sweep;

import dev.idem.api.check.Require;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The results of a sweep. Runs that share a setting and differ by seed are one configuration.
 *
 * @param title such as the name of the sweep file
 * @param command that made it
 * @param axes what the sweep varies, in the order of its file; the seed is not one of them
 * @param metric that ranks runs; lower is better, +infinity for a map that collapsed
 * @param metrics all that were measured, {@code metric} among them
 * @param runs in the order of the design; no two of equal setting and seed
 * @param notes shown as they are, such as design, steps and budget
 */
public record SweepResults(
    String title,
    String command,
    List<Axis> axes,
    String metric,
    List<String> metrics,
    List<Run> runs,
    Map<String, String> notes) {

  /**
   * What a sweep varies.
   *
   * @param key such as {@code plan.learningRate}
   * @param values the distinct texts, in order
   * @param numeric whether every value is a finite number
   * @param logarithmic whether its values lie closer to even on a logarithmic scale; only of
   *     positive numbers
   */
  public record Axis(String key, List<String> values, boolean numeric, boolean logarithmic) {

    public Axis {
      Require.notBlank("axis", key);
      values = List.copyOf(values);
      Require.argument(!values.isEmpty(), "axis '%s' must have a value", key);
      Require.argument(
          new HashSet<>(values).size() == values.size(),
          "axis '%s': values %s must differ",
          key,
          values);
      Require.argument(numeric || !logarithmic, "axis '%s' must be numeric to be logarithmic", key);
      if (numeric) {
        for (String value : values) {
          double number = parsed(key, value);
          Require.argument(
              Double.isFinite(number), "axis '%s': value '%s' must be finite", key, value);
          Require.argument(
              !logarithmic || number > 0,
              "axis '%s': value '%s' of a logarithmic axis must be positive",
              key,
              value);
        }
      }
    }

    private static double parsed(String key, String value) {
      try {
        return Double.parseDouble(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "axis '%s': value '%s' must be a number, or the axis not numeric".formatted(key, value),
            e);
      }
    }
  }

  /** The state of a run. */
  public enum State {
    /** Trained to its end and measured. */
    FINISHED("finished"),
    /** Not finite any more; its score is +infinity. */
    DIVERGED("diverged"),
    /** Ended by an error; its score is +infinity. */
    FAILED("failed"),
    /** Stopped before its end, so that it has no score; its metrics are of the step it reached. */
    PAUSED("paused"),
    /** Not started, so that it has no score. */
    NOT_RUN("not run");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /** The state in words. */
    public String label() {
      return label;
    }
  }

  /**
   * A run.
   *
   * @param id its name, unlike any other
   * @param setting a value of each axis, in their order
   * @param seed that it was started with
   * @param state how it ended
   * @param steps trained
   * @param metrics by name; not-a-number where undefined. A finished run has the ranking one.
   * @param message why it diverged, failed or is paused; may be blank
   */
  public record Run(
      String id,
      List<String> setting,
      long seed,
      State state,
      long steps,
      Map<String, Double> metrics,
      String message) {

    public Run {
      Require.notBlank("run", id);
      setting = List.copyOf(setting);
      Require.notNegative("steps of run " + id, steps);
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  public SweepResults {
    Require.notBlank("title", title);
    axes = List.copyOf(axes);
    metrics = List.copyOf(metrics);
    runs = List.copyOf(runs);
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    Require.argument(!axes.isEmpty(), "sweep '%s' must vary something: it has no axis", title);
    Require.argument(!runs.isEmpty(), "sweep '%s' must have a run", title);
    Require.argument(
        metrics.contains(metric), "metric '%s' must be one of those measured: %s", metric, metrics);
    Set<String> keys = new HashSet<>();
    for (Axis axis : axes) {
      Require.argument(keys.add(axis.key()), "axis '%s' is there twice", axis.key());
    }
    Set<String> ids = new HashSet<>();
    Map<List<Object>, String> places = new HashMap<>();
    for (Run run : runs) {
      Require.argument(ids.add(run.id()), "run '%s' is there twice", run.id());
      requireFit(run, axes, metric, metrics);
      String other = places.put(List.of(run.setting(), run.seed()), run.id());
      Require.argument(
          other == null,
          "runs '%s' and '%s' have the same setting %s and seed %s; keep one of them",
          other,
          run.id(),
          run.setting(),
          run.seed());
    }
  }

  private static void requireFit(Run run, List<Axis> axes, String metric, List<String> metrics) {
    Require.argument(
        run.setting().size() == axes.size(),
        "run '%s' has %s values for %s axes",
        run.id(),
        run.setting().size(),
        axes.size());
    for (int i = 0; i < axes.size(); i++) {
      Require.argument(
          axes.get(i).values().contains(run.setting().get(i)),
          "run '%s': axis '%s' has no value '%s'",
          run.id(),
          axes.get(i).key(),
          run.setting().get(i));
    }
    run.metrics()
        .forEach(
            (name, value) -> {
              Require.argument(
                  metrics.contains(name),
                  "run '%s': metric '%s' must be one of %s",
                  run.id(),
                  name,
                  metrics);
              Require.argument(
                  value != Double.NEGATIVE_INFINITY,
                  "run '%s': metric '%s' must not be -infinity",
                  run.id(),
                  name);
            });
    Require.argument(
        run.state() != State.FINISHED || run.metrics().containsKey(metric),
        "run '%s' is finished and lacks metric '%s', which ranks the runs",
        run.id(),
        metric);
  }

  /** The metrics as columns: one that a run lacks is not-a-number. */
  static double metric(Run run, String name) {
    return run.metrics().getOrDefault(name, Double.NaN);
  }

  /** The shortest last parts of the keys that tell them apart, in the order of the axes. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Axis axis : axes) {
      String name = axis.key();
      for (int dot = name.lastIndexOf('.'); dot >= 0; dot = name.lastIndexOf('.', dot - 1)) {
        String end = axis.key().substring(dot);
        if (dot + 1 < name.length()
            && axes.stream().filter(other -> ("." + other.key()).endsWith(end)).count() == 1) {
          name = end.substring(1);
          break;
        }
      }
      names.add(name);
    }
    return names;
  }
}
