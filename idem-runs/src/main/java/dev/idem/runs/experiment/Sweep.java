package dev.idem.runs.experiment;

import dev.idem.runs.experiment.Key.Help;
import dev.idem.runs.experiment.Key.Setting;
import dev.idem.runs.experiment.RunOptions.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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

  /** One value of an axis: what it says of an experiment, and how a table shows it. */
  record Choice(String label, List<Yaml.Entry> entries) {}

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

  /**
   * Section {@code sweep}: which runs a sweep has, and what selects among them. Each component is
   * described by its help.
   */
  public record SweepOptions(
      @Help(
              "Design: every combination of values, or a number of configurations drawn at random or"
                  + " as a Latin hypercube.")
          @Setting(byDefault = "grid")
          Design design,
      @Help("Number of configurations drawn.")
          @Setting(range = "from 1 to 100000", when = DRAWN, required = true)
          OptionalLong configurations,
      @Help("Seed of the draws.") @Setting(when = DRAWN, byDefault = "1") long seed,
      @Help("Metric that ranks configurations, by its median over their seeds.")
          @Setting(choices = RunOptions.SELECTING, byDefault = "error-over-variance")
          Metric metric,
      @Help("Times that a run is repeated that failed for another reason than divergence.")
          @Setting(range = "from 0 to 100", byDefault = "1")
          int retries,
      Budget budget,
      Halving halving) {

    /** The most runs of a sweep. */
    static final int MOST_RUNS = 100_000;

    static final String SECTION = "sweep";
    static final String METRIC = "sweep.metric";
    static final String BUDGET_STEPS = "sweep.budget.steps";
    static final String FACTOR = "sweep.halving.factor";
    static final String DRAWN = "sweep.design random, latin-hypercube";

    /** How configurations are chosen. */
    public enum Design {
      /** Every combination. */
      GRID,
      /** Each value drawn independently. */
      RANDOM,
      /** Each axis cut into as many parts as there are configurations, one in each part. */
      LATIN_HYPERCUBE;

      /** The name in a file, such as {@code latin-hypercube}. */
      public String label() {
        return Kind.label(this);
      }
    }

    /** The most that a sweep may spend. */
    public record Budget(
        @Help(
                "Training steps of all runs together, as if each were trained whole; runs at the end"
                    + " of the list are omitted.")
            @Setting(range = "from 1 to 1000000000000000")
            OptionalLong steps,
        @Help("Minutes after which runs are saved and no further one begins.")
            @Setting(range = "positive")
            OptionalDouble minutes) {}

    /**
     * Successive halving: every configuration is trained a little, the best are trained further.
     */
    public record Halving(
        @Help(
                "Factor of successive halving: the steps grow by it, and of the configurations one in"
                    + " so many continues. No halving if not set.")
            @Setting(range = "from 2 to 100")
            OptionalLong factor,
        @Help("Number of times that configurations are dropped.")
            @Setting(range = "from 1 to 20", when = FACTOR, byDefault = "2")
            int rounds) {

      /**
       * The steps after which runs of so many steps pause, and the last at which they end: {@code
       * steps / factor^k}, each rounded to a multiple of {@code every}.
       */
      List<Long> rungs(long steps, long every) {
        if (factor.isEmpty()) {
          return List.of(steps);
        }
        List<Long> rungs = new ArrayList<>();
        rungs.add(steps);
        double rung = steps;
        for (int i = 0; i < rounds; i++) {
          rung /= factor.getAsLong();
          rungs.add(0, Math.max(1, Math.round(rung / every)) * every);
        }
        return rungs.stream().distinct().toList();
      }
    }

    /** The section, of entries whose keys begin with {@code sweep}. */
    static Optional<SweepOptions> read(
        List<Yaml.Entry> entries, List<String> overrides, Problems.Place start, Problems problems) {
      List<Key> keys = Key.declared(SECTION + ".", SweepOptions.class, Map.of(), Map.of()).toList();
      Vocabulary vocabulary = new Vocabulary(keys, List.of(), Optional.empty());
      Layers layers = new Layers(vocabulary, problems);
      layers.add(entries);
      layers.add(new CommandLineEntries(vocabulary).overrides(overrides, problems));
      return layers.settled(start).section(SECTION, SweepOptions.class);
    }
  }
}
