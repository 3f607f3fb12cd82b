package dev.idem.runs.sweep;

import dev.idem.eval.comparison.SeedScores;
import dev.idem.runs.RunLock;
import dev.idem.runs.StopRequest;
import dev.idem.runs.experiment.Sweep;
import dev.idem.runs.experiment.Sweep.Entry;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes a sweep in its folder, from the beginning or from where it stopped: within its budget,
 * in the rounds of successive halving, repeating runs that failed. What runs, and with what result,
 * depends neither on the runner nor on the order in which runs end; a budget of minutes alone
 * depends on the clock.
 */
public final class SweepExecution {

  private static final Logger LOG = LoggerFactory.getLogger(SweepExecution.class);

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
   * @param scores the metric of each run, see {@link #ranked}
   */
  public record Configuration(List<String> setting, List<Entry> runs, SeedScores scores) {}

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

  /**
   * The most steps that the runs within the budget take together; those of runs whose plan counts
   * epochs are not known and count as none.
   */
  public static long steps(Sweep sweep) {
    List<Entry> entries = affordable(sweep);
    if (sweep.rungs().size() == 1) {
      return entries.stream().mapToLong(Entry::steps).sum();
    }
    long configurations = entries.stream().map(Entry::setting).distinct().count();
    long seeds = configurations == 0 ? 0 : entries.size() / configurations;
    long steps = 0;
    long before = 0;
    for (long rung : sweep.rungs()) {
      steps += configurations * seeds * (rung - before);
      before = rung;
      configurations = kept(configurations, sweep);
    }
    return steps;
  }

  /** How many of so many configurations a round of halving keeps. */
  private static long kept(long configurations, Sweep sweep) {
    long factor = sweep.options().halving().factor().orElse(1);
    return (configurations + factor - 1) / factor;
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
   * @throws IOException if the runner cannot execute tasks, or the folder is in use or cannot be
   *     written to
   */
  public boolean run(StopRequest stop, Listener listener) throws IOException {
    StopRequest ending = StopRequest.after(Long.MAX_VALUE, stop);
    Timer timer = new Timer("budget of the sweep", true);
    sweep
        .options()
        .budget()
        .minutes()
        .ifPresent(minutes -> timer.schedule(request(ending), millis(minutes)));
    try (RunLock lock = RunLock.take("sweep folder", folder.path(), InstantSource.system())) {
      lock.tookOverFrom().ifPresent(dead -> LOG.info("taken over from {}, which has ended", dead));
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
    Map<String, SweepOutcome> there = new HashMap<>(latest(outcomes));
    candidates.forEach(
        run -> reached(run, until).ifPresent(outcome -> there.put(run.id(), outcome)));
    List<Configuration> ranked = ranked(candidates, there, sweep.options().metric().label());
    long configurations = candidates.stream().map(Entry::setting).distinct().count();
    Set<String> ids =
        ranked.stream()
            .limit(kept(configurations, sweep))
            .filter(configuration -> Double.isFinite(configuration.scores().median()))
            .flatMap(configuration -> configuration.runs().stream())
            .map(Entry::id)
            .collect(Collectors.toSet());
    return candidates.stream().filter(run -> ids.contains(run.id())).toList();
  }

  /**
   * The configurations of these runs {@linkplain SeedScores#ranked ranked}, the best first.
   *
   * @param outcomes by run; a run without one has no score, one whose outcome lacks the metric
   *     +infinity
   * @param metric that ranks them
   */
  public static List<Configuration> ranked(
      List<Entry> runs, Map<String, SweepOutcome> outcomes, String metric) {
    Map<List<String>, List<Entry>> bySetting = new LinkedHashMap<>();
    runs.forEach(
        run -> bySetting.computeIfAbsent(run.setting(), none -> new ArrayList<>()).add(run));
    List<Configuration> configurations = new ArrayList<>();
    bySetting.forEach(
        (setting, all) -> {
          List<Double> scores =
              all.stream()
                  .filter(run -> outcomes.containsKey(run.id()))
                  .map(run -> score(outcomes.get(run.id()), metric))
                  .toList();
          configurations.add(new Configuration(setting, all, new SeedScores(scores, all.size())));
        });
    return SeedScores.ranked(configurations, Configuration::scores);
  }

  private static double score(@Nullable SweepOutcome outcome, String metric) {
    double value =
        outcome == null ? Double.NaN : outcome.metrics().getOrDefault(metric, Double.NaN);
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }
}
