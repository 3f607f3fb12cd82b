package dev.idem.runs.sweep;

import dev.idem.eval.comparison.Quartiles;
import dev.idem.runs.StopRequest;
import dev.idem.runs.experiment.Sweep;
import dev.idem.runs.experiment.Sweep.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Executes a sweep in its folder, from the beginning or from where it stopped: within its budget,
 * in the rounds of successive halving, repeating runs that failed. What runs, and with what result,
 * depends neither on the runner nor on the order in which runs end; a budget of minutes alone
 * depends on the clock.
 */
public final class SweepExecution {

  private final Sweep sweep;
  private final SweepFolder folder;
  private final SweepRunner runner;
  private final String version;
  private final List<Entry> entries;

  /** Of each run, in the order in which they arrived. */
  private final Map<String, List<SweepOutcome>> outcomes;

  /** Receives the progress of a sweep, on the thread that executes it. */
  public interface Listener {

    /** A round begins, of so many runs, some of which were done before. */
    void began(int runs, int done);

    /** A run ended; one that will be repeated too. */
    void ended(SweepOutcome outcome);
  }

  /**
   * A configuration and its runs.
   *
   * @param setting the value of each axis
   * @param runs one for each seed
   * @param score the median of the metric over the seeds, +infinity for a run without one; lower is
   *     better
   */
  public record Configuration(List<String> setting, List<Entry> runs, double score) {}

  /** The execution, which knows the outcomes that the folder holds. */
  public SweepExecution(Sweep sweep, SweepFolder folder, SweepRunner runner, String version)
      throws IOException {
    this.sweep = sweep;
    this.folder = folder;
    this.runner = runner;
    this.version = version;
    this.entries = affordable(sweep);
    this.outcomes = folder.outcomes();
  }

  /** The runs within the budget of steps: those at the head of the list. */
  public static List<Entry> affordable(Sweep sweep) {
    if (sweep.options().budget().steps().isEmpty()) {
      return sweep.entries();
    }
    long left = sweep.options().budget().steps().getAsLong();
    List<Entry> affordable = new ArrayList<>();
    for (Entry entry : sweep.entries()) {
      left -= entry.steps();
      if (left < 0) {
        break;
      }
      affordable.add(entry);
    }
    return affordable;
  }

  /** The latest outcome of each run that has one, by id. */
  public Map<String, SweepOutcome> outcomes() {
    return latest(outcomes);
  }

  /** The last of each. */
  public static Map<String, SweepOutcome> latest(Map<String, List<SweepOutcome>> outcomes) {
    Map<String, SweepOutcome> latest = new HashMap<>();
    outcomes.forEach((id, all) -> latest.put(id, all.get(all.size() - 1)));
    return latest;
  }

  /**
   * Executes what is left of the sweep.
   *
   * @param stop saves the runs in progress and ends, once requested
   * @return whether every run within the budget of steps has ended, as far as it was to go
   * @throws IOException if the runner cannot execute tasks, or the folder cannot be written to
   */
  public boolean run(StopRequest stop, Listener listener) throws IOException {
    StopRequest ending = StopRequest.after(Long.MAX_VALUE, stop);
    Timer timer = new Timer("budget of the sweep", true);
    sweep
        .options()
        .budget()
        .minutes()
        .ifPresent(minutes -> timer.schedule(request(ending), millis(minutes)));
    try {
      List<Entry> candidates = entries;
      List<Long> rungs = sweep.rungs();
      for (int rung = 0; rung < rungs.size(); rung++) {
        boolean last = rung == rungs.size() - 1;
        train(candidates, last ? Long.MAX_VALUE : rungs.get(rung), ending, listener);
        if (ending.requested()) {
          return false;
        }
        if (!last) {
          candidates = best(candidates, rungs.get(rung));
        }
      }
      return true;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      timer.cancel();
    }
  }

  private static TimerTask request(StopRequest stop) {
    return new TimerTask() {
      @Override
      public void run() {
        stop.request();
      }
    };
  }

  private static long millis(double minutes) {
    return Math.round(Math.min(minutes * Duration.ofMinutes(1).toMillis(), Long.MAX_VALUE / 2.0));
  }

  /** Trains these runs up to a step, those that fail as often as the sweep allows. */
  private void train(List<Entry> runs, long until, StopRequest stop, Listener listener)
      throws IOException {
    List<Entry> open = runs.stream().filter(run -> !done(run, until)).toList();
    listener.began(runs.size(), runs.size() - open.size());
    for (int attempt = 0;
        attempt <= sweep.options().retries() && !open.isEmpty() && !stop.requested();
        attempt++) {
      List<SweepTask> tasks = open.stream().map(run -> task(run, until)).toList();
      runner.run(
          tasks,
          stop,
          outcome -> {
            folder.add(outcome);
            outcomes.computeIfAbsent(outcome.id(), none -> new ArrayList<>()).add(outcome);
            listener.ended(outcome);
          });
      open = open.stream().filter(run -> !done(run, until)).toList();
    }
  }

  private boolean done(Entry run, long until) {
    return reached(run, until).isPresent();
  }

  /** The first outcome of a run that far, which later ones do not change. */
  private Optional<SweepOutcome> reached(Entry run, long until) {
    return outcomes.getOrDefault(run.id(), List.of()).stream()
        .filter(outcome -> outcome.reached(until))
        .findFirst();
  }

  private SweepTask task(Entry run, long until) {
    return new SweepTask(run.id(), sweep.experiment(run).settings().print(), until, version);
  }

  /** The runs of the best configurations, one in so many as the factor of the halving. */
  private List<Entry> best(List<Entry> candidates, long until) {
    Map<String, SweepOutcome> there = new HashMap<>();
    candidates.forEach(
        run -> reached(run, until).ifPresent(outcome -> there.put(run.id(), outcome)));
    List<Configuration> ranked = ranked(candidates, there, sweep.options().metric().label());
    long factor = sweep.options().halving().factor().orElse(1);
    long kept = (ranked.size() + factor - 1) / factor;
    Set<String> ids =
        ranked.stream()
            .limit(kept)
            .filter(configuration -> configuration.score() < Double.POSITIVE_INFINITY)
            .flatMap(configuration -> configuration.runs().stream())
            .map(Entry::id)
            .collect(Collectors.toSet());
    return candidates.stream().filter(run -> ids.contains(run.id())).toList();
  }

  /**
   * The configurations of these runs, the best first; of equal ones, the first of the design.
   *
   * @param outcomes by run
   * @param metric that ranks them
   */
  public static List<Configuration> ranked(
      List<Entry> runs, Map<String, SweepOutcome> outcomes, String metric) {
    Map<List<String>, List<Entry>> bySetting = new LinkedHashMap<>();
    runs.forEach(
        run -> bySetting.computeIfAbsent(run.setting(), none -> new ArrayList<>()).add(run));
    List<Configuration> ranked = new ArrayList<>();
    bySetting.forEach(
        (setting, all) ->
            ranked.add(
                new Configuration(
                    setting,
                    all,
                    Quartiles.of(
                            all.stream().map(run -> score(outcomes.get(run.id()), metric)).toList())
                        .median())));
    ranked.sort(Comparator.comparingDouble(Configuration::score));
    return ranked;
  }

  private static double score(@Nullable SweepOutcome outcome, String metric) {
    double value =
        outcome == null ? Double.NaN : outcome.metrics().getOrDefault(metric, Double.NaN);
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }
}
