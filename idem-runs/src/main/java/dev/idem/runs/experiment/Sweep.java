package dev.idem.runs.experiment;

import dev.idem.runs.experiment.SweepAxes.Choice;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A validated sweep file: an experiment file in which keys have several values, and the runs that
 * follow from it, always in the same order.
 */
public final class Sweep {

  private final SweepOptions options;
  private final List<Axis> axes;
  private final List<Entry> entries;
  private final BiFunction<Entry, Boolean, Experiment> experiments;

  /**
   * A key, or a section, with several values.
   *
   * @param key dotted, such as {@code plan.learningRate}
   * @param values the different ones, as text; in the order of the file, or ascending if they are
   *     drawn from a range
   * @param numeric whether they are numbers
   * @param logarithmic whether the file gives them as a range on a logarithmic scale
   */
  public record Axis(String key, List<String> values, boolean numeric, boolean logarithmic) {
    public Axis {
      values = List.copyOf(values);
    }
  }

  /** A run. */
  public static final class Entry {

    private final String id;
    private final List<Choice> choices;
    private final long seed;
    private final long steps;
    private final long evaluateEvery;

    Entry(String id, List<Choice> choices, long seed, long steps, long evaluateEvery) {
      this.id = id;
      this.choices = choices;
      this.seed = seed;
      this.steps = steps;
      this.evaluateEvery = evaluateEvery;
    }

    /**
     * The first 16 hexadecimal digits of the {@linkplain Settings#fingerprint SHA-256} of all that
     * decides the run's numbers.
     */
    public String id() {
      return id;
    }

    /** The value of each axis, in the order of {@link Sweep#axes}. */
    public List<String> setting() {
      return choices.stream().map(Choice::label).toList();
    }

    List<Choice> choices() {
      return choices;
    }

    public long seed() {
      return seed;
    }

    /** The steps of its plan; 0 if that counts epochs. */
    public long steps() {
      return steps;
    }

    /** The steps between its evaluations; 0 if that is an epoch. */
    public long evaluateEvery() {
      return evaluateEvery;
    }
  }

  Sweep(
      SweepOptions options,
      List<Axis> axes,
      List<Entry> entries,
      BiFunction<Entry, Boolean, Experiment> experiments) {
    this.options = options;
    this.axes = List.copyOf(axes);
    this.entries = List.copyOf(entries);
    this.experiments = experiments;
  }

  public SweepOptions options() {
    return options;
  }

  /** The axes in the order of the file; the seed is not one of them. */
  public List<Axis> axes() {
    return axes;
  }

  /** The runs: configurations in the order of the design, each with its seeds. */
  public List<Entry> entries() {
    return entries;
  }

  /** The experiment of a run, which has one seed. */
  public Experiment experiment(Entry entry) {
    return experiments.apply(entry, true);
  }

  /** The experiment of a run's configuration, which has all the seeds of the sweep. */
  public Experiment configuration(Entry entry) {
    return experiments.apply(entry, false);
  }

  /** The steps after which a run pauses in successive halving, and the last, at which it ends. */
  public List<Long> rungs() {
    Entry first = entries.get(0);
    return options.halving().rungs(first.steps(), Math.max(1, first.evaluateEvery()));
  }
}
