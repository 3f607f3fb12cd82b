package dev.idem.runs.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.runs.RunFolder;
import dev.idem.runs.RunHost;
import dev.idem.runs.StopRequest;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.Sweep;
import dev.idem.runs.experiment.Sweep.Entry;
import dev.idem.runs.sweep.SweepOutcome.State;
import dev.idem.runs.sweep.SweepRunner.LocalRunner;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps from Java: their bookkeeping with an invented runner, training with the real ones. */
class SweepExecutionTest {

  private static final String VERSION = "test";
  private static final String YAML =
      """
      subject: map
      network: {name: linear-16}
      data: {source: normal-16}
      strategy: {name: [canonical, substituted]}
      plan: {steps: 8, batchSize: 8, evaluateEvery: 2, learningRate: [0.01, 0.1]}
      seeds: [1, 2]
      sweep: {metric: relative-error, retries: 2}
      """;

  @TempDir Path temporary;

  private final Experiments experiments = Experiments.builtIn();

  private static final SweepExecution.Listener SILENT =
      new SweepExecution.Listener() {
        @Override
        public void began(int runs, int done) {}

        @Override
        public void ended(SweepOutcome outcome) {}
      };

  private Sweep sweep(String yaml) {
    return experiments.sweepOf(yaml, "my.yaml", List.of());
  }

  private SweepFolder folder(String name, Sweep sweep) throws IOException {
    SweepFolder folder = new SweepFolder(temporary.resolve(name));
    folder.begin(YAML, SweepFolder.Start.of(sweep, "my.yaml", List.of(), VERSION));
    return folder;
  }

  private SweepWorker worker(EngineFactory engines) {
    return new SweepWorker(
        experiments,
        engines,
        generator -> {
          throw new IOException("no images here");
        },
        new RunHost() {
          @Override
          public void export(Network network, NetworkState state, Path folder) {}
        },
        VERSION);
  }

  private SweepWorker worker() {
    return worker(options -> new ReferenceEngine());
  }

  /** Answers at once, in reverse order; the metric is a function of the task. */
  private static final class Invented implements SweepRunner {
    private final ToDoubleFunction<SweepTask> metric;
    private final Map<String, Integer> failures = new HashMap<>();
    private final List<SweepTask> asked = new ArrayList<>();

    Invented(ToDoubleFunction<SweepTask> metric) {
      this.metric = metric;
    }

    @Override
    public void run(List<SweepTask> tasks, StopRequest stop, Consumer<SweepOutcome> ended) {
      List<SweepTask> reversed = new ArrayList<>(tasks);
      Collections.reverse(reversed);
      for (SweepTask task : reversed) {
        if (stop.requested()) {
          return;
        }
        asked.add(task);
        boolean fails = failures.merge(task.id(), -1, Integer::sum) >= 0;
        boolean whole = task.until() == Long.MAX_VALUE;
        ended.accept(
            new SweepOutcome(
                task.id(),
                fails ? State.FAILED : whole ? State.FINISHED : State.PAUSED,
                whole ? 8 : task.until(),
                fails ? Map.of() : Map.of("relative-error", metric.applyAsDouble(task)),
                "",
                "",
                0,
                ""));
      }
    }

    @Override
    public int parallelism() {
      return 1;
    }

    @Override
    public String description() {
      return "invented";
    }

    @Override
    public void close() {}
  }

  private static double hash(SweepTask task) {
    return Math.abs(task.id().hashCode() % 1000) + 1;
  }

  @Test
  void runsThatFailAreRepeatedAsOftenAsTheSweepSays() throws IOException {
    Sweep sweep = sweep(YAML);
    Invented runner = new Invented(SweepExecutionTest::hash);
    String twice = sweep.entries().get(1).id();
    String always = sweep.entries().get(2).id();
    runner.failures.put(twice, 2);
    runner.failures.put(always, 100);

    SweepExecution execution = new SweepExecution(sweep, folder("retries", sweep), runner, VERSION);

    assertThat(execution.run(new StopRequest(), SILENT)).isTrue();
    assertThat(runner.asked).extracting(SweepTask::id).filteredOn(twice::equals).hasSize(3);
    assertThat(runner.asked).extracting(SweepTask::id).filteredOn(always::equals).hasSize(3);
    assertThat(runner.asked).hasSize(8 + 2 + 2);
    assertThat(execution.outcomes().get(twice).state()).isEqualTo(State.FINISHED);
    assertThat(execution.outcomes().get(always).state()).isEqualTo(State.FAILED);
  }

  @Test
  void aSweepResumesWithWhatItsFolderLacks() throws IOException {
    Sweep sweep = sweep(YAML);
    SweepFolder folder = folder("resume", sweep);
    StopRequest stop = new StopRequest();
    Invented first = new Invented(SweepExecutionTest::hash);
    boolean complete =
        new SweepExecution(sweep, folder, first, VERSION)
            .run(
                stop,
                new SweepExecution.Listener() {
                  @Override
                  public void began(int runs, int done) {}

                  @Override
                  public void ended(SweepOutcome outcome) {
                    if (first.asked.size() == 3) {
                      stop.request();
                    }
                  }
                });
    assertThat(complete).isFalse();
    // The driver is killed in the middle of a line.
    Path journal = folder.file("outcomes.jsonl");
    String lines = Files.readString(journal);
    Files.writeString(journal, lines.substring(0, lines.length() - 9));

    Invented rest = new Invented(SweepExecutionTest::hash);
    SweepExecution execution = new SweepExecution(sweep, folder, rest, VERSION);
    assertThat(execution.run(new StopRequest(), SILENT)).isTrue();

    assertThat(rest.asked).hasSize(6);
    assertThat(new SweepExecution(sweep, folder, rest, VERSION).outcomes())
        .isEqualTo(execution.outcomes())
        .hasSize(8);
  }

  @Test
  void halvingTrainsTheBestFurtherAndFindsThemAgainWhenResumed() throws IOException {
    Sweep sweep =
        sweep(
            YAML.replace("[0.01, 0.1]", "{from: 0.01, to: 1, count: 8}")
                .replace("retries: 2", "halving: {factor: 4, rounds: 1}"));
    SweepFolder folder = folder("halving", sweep);
    // What is good after 2 steps is bad at the end: a resumed sweep must not rank by the latter.
    Invented runner =
        new Invented(task -> task.until() == Long.MAX_VALUE ? 1e6 - hash(task) : hash(task));
    SweepExecution execution = new SweepExecution(sweep, folder, runner, VERSION);
    execution.run(new StopRequest(), SILENT);

    List<SweepTask> whole =
        runner.asked.stream().filter(task -> task.until() == Long.MAX_VALUE).toList();
    assertThat(sweep.rungs()).containsExactly(2L, 8L);
    assertThat(runner.asked).hasSize(32 + 8);
    assertThat(whole).hasSize(8);
    Map<List<String>, List<Double>> scores = new HashMap<>();
    for (SweepTask task : runner.asked) {
      if (task.until() == 2) {
        Entry entry =
            sweep.entries().stream().filter(e -> e.id().equals(task.id())).findFirst().get();
        scores.computeIfAbsent(entry.setting(), none -> new ArrayList<>()).add(hash(task));
      }
    }
    List<List<String>> best =
        scores.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                    score -> score.getValue().get(0) + score.getValue().get(1)))
            .limit(4)
            .map(Map.Entry::getKey)
            .toList();
    assertThat(
            sweep.entries().stream()
                .filter(entry -> whole.stream().anyMatch(task -> task.id().equals(entry.id())))
                .map(Entry::setting)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(best);

    Invented again = new Invented(task -> 0);
    new SweepExecution(sweep, folder, again, VERSION).run(new StopRequest(), SILENT);
    assertThat(again.asked).isEmpty();
  }

  @Test
  void aBudgetOfStepsCutsTheEndOfTheList() throws IOException {
    Sweep sweep = sweep(YAML.replace("retries: 2", "budget: {steps: 30}"));
    Invented runner = new Invented(SweepExecutionTest::hash);

    new SweepExecution(sweep, folder("budget", sweep), runner, VERSION)
        .run(new StopRequest(), SILENT);

    assertThat(runner.asked)
        .extracting(SweepTask::id)
        .containsExactlyInAnyOrder(
            sweep.entries().stream().limit(3).map(Entry::id).toArray(String[]::new));
  }

  private Map<String, SweepOutcome> trained(String name, Sweep sweep, int threads)
      throws IOException {
    SweepFolder folder = folder(name, sweep);
    SweepExecution execution =
        new SweepExecution(
            sweep, folder, new LocalRunner(worker(), folder.runs(), threads), VERSION);
    assertThat(execution.run(new StopRequest(), SILENT)).isTrue();
    return execution.outcomes();
  }

  private static Map<String, Object> results(Map<String, SweepOutcome> outcomes) {
    Map<String, Object> results = new TreeMap<>();
    outcomes.forEach(
        (id, outcome) ->
            results.put(
                id,
                List.of(
                    outcome.state(),
                    outcome.steps(),
                    outcome.metrics(),
                    outcome.verdict(),
                    outcome.message())));
    return results;
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() throws IOException {
    Sweep sweep = sweep(YAML);

    Map<String, SweepOutcome> one = trained("one", sweep, 1);

    assertThat(results(one)).hasSize(8).isEqualTo(results(trained("three", sweep, 3)));
    assertThat(one.values()).extracting(SweepOutcome::state).containsOnly(State.FINISHED);
  }

  @Test
  void aRunThatPausedHasTheBytesOfOneThatDidNot() throws IOException {
    Sweep sweep = sweep(YAML);
    Entry entry = sweep.entries().get(3);
    String yaml = sweep.experiment(entry).settings().print();
    Path paused = temporary.resolve("paused");
    Path whole = temporary.resolve("whole");
    SweepTask early = new SweepTask(entry.id(), yaml, 4, VERSION);
    SweepTask end = new SweepTask(entry.id(), yaml, Long.MAX_VALUE, VERSION);

    SweepOutcome half = worker().execute(early, paused, new StopRequest());
    SweepOutcome same = worker().execute(early, paused, new StopRequest());
    SweepOutcome rest = worker().execute(end, paused, new StopRequest());
    SweepOutcome alone = worker().execute(end, whole, new StopRequest());

    assertThat(half.state()).isEqualTo(State.PAUSED);
    assertThat(half.steps()).isEqualTo(4);
    assertThat(half.metrics()).containsKey("relative-error");
    assertThat(same).isEqualTo(half);
    assertThat(rest.metrics()).isEqualTo(alone.metrics()).isNotEqualTo(half.metrics());
    assertThat(paused.resolve(entry.id()).resolve(RunFolder.WEIGHTS))
        .hasSameBinaryContentAs(whole.resolve(entry.id()).resolve(RunFolder.WEIGHTS));
  }

  @Test
  void aRunThatWasStoppedContinuesAndOneThatEndedIsNotRepeated() throws IOException {
    Sweep sweep = sweep(YAML);
    String id = sweep.entries().get(0).id();
    String yaml = sweep.experiment(sweep.entries().get(0)).settings().print();
    SweepTask task = new SweepTask(id, yaml, Long.MAX_VALUE, VERSION);
    StopRequest stop = new StopRequest();
    stop.request();

    assertThat(worker().execute(task, temporary, stop).state()).isEqualTo(State.STOPPED);
    assertThat(temporary.resolve(id).resolve(SweepWorker.OUTCOME)).doesNotExist();
    SweepOutcome finished = worker().execute(task, temporary, new StopRequest());
    assertThat(finished.state()).isEqualTo(State.FINISHED);

    SweepWorker broken =
        worker(
            options -> {
              throw new IllegalStateException("no engine");
            });
    assertThat(broken.execute(task, temporary, new StopRequest())).isEqualTo(finished);
  }

  @Test
  void divergenceIsAResultAndAnythingElseAFailure() throws IOException {
    Sweep sweep = sweep(YAML.replace("[0.01, 0.1]", "[1e300]"));
    String yaml = sweep.experiment(sweep.entries().get(0)).settings().print();

    SweepOutcome diverged =
        worker()
            .execute(
                new SweepTask("a", yaml, Long.MAX_VALUE, VERSION), temporary, new StopRequest());
    SweepOutcome failed =
        worker(
                options -> {
                  throw new OutOfMemoryError("Java heap space");
                })
            .execute(
                new SweepTask("b", yaml, Long.MAX_VALUE, VERSION), temporary, new StopRequest());
    SweepOutcome other =
        worker()
            .execute(
                new SweepTask("c", yaml, Long.MAX_VALUE, "0.0.9"), temporary, new StopRequest());

    assertThat(diverged.state()).isEqualTo(State.DIVERGED);
    assertThat(diverged.metrics()).isEmpty();
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.message()).contains("Java heap space");
    assertThat(other.state()).isEqualTo(State.FAILED);
    assertThat(other.message())
        .contains("this worker has idem test, the sweep was started with 0.0.9");
  }

  @Test
  void theCostOfARunIsThatOfItsFirstStepsWhateverItsPlan() throws IOException {
    Sweep sweep =
        sweep(
            YAML.replace("[0.01, 0.1]", "[0.1, 1e300]")
                .replace("learningRate", "schedule: {name: cosine, warmUp: 6}, learningRate"));

    assertThat(worker().cost(sweep.experiment(sweep.entries().get(0)), 1))
        .hasValueSatisfying(
            cost -> {
              assertThat(cost.steps()).isEqualTo(8);
              assertThat(cost.start()).isPositive();
              assertThat(cost.step()).isPositive();
            });
    assertThat(worker().cost(sweep.experiment(sweep.entries().get(0)), 100)).isPresent();
    assertThat(worker().cost(sweep.experiment(sweep.entries().get(2)), 1)).isEmpty();
  }

  @Test
  void aFolderIsExecutedOnceAtATime() throws IOException {
    Sweep sweep = sweep(YAML);
    SweepFolder folder = folder("twice", sweep);
    Invented runner = new Invented(SweepExecutionTest::hash);
    SweepExecution second = new SweepExecution(sweep, folder, runner, VERSION);
    List<String> refused = new ArrayList<>();

    new SweepExecution(sweep, folder, runner, VERSION)
        .run(
            new StopRequest(),
            new SweepExecution.Listener() {
              @Override
              public void began(int runs, int done) {
                assertThatThrownBy(() -> second.run(new StopRequest(), SILENT))
                    .hasMessageContaining("sweep folder (" + folder.path() + ") is in use by")
                    .satisfies(failure -> refused.add(failure.getMessage()));
              }

              @Override
              public void ended(SweepOutcome outcome) {}
            });

    assertThat(refused).hasSize(1);
    assertThat(runner.asked).hasSize(8);
  }

  @Test
  void theStepsOfASweepAreThoseOfItsRounds() {
    Sweep whole = sweep(YAML.replace("[0.01, 0.1]", "{from: 0.01, to: 1, count: 8}"));
    Sweep halved =
        sweep(
            YAML.replace("[0.01, 0.1]", "{from: 0.01, to: 1, count: 8}")
                .replace("retries: 2", "halving: {factor: 4, rounds: 1}"));

    assertThat(SweepExecution.steps(whole)).isEqualTo(32 * 8);
    assertThat(SweepExecution.steps(halved)).isEqualTo(32 * 2 + 8 * 6);
  }

  @Test
  void anOutcomeReadsBackAsItWasWritten() {
    SweepOutcome outcome =
        new SweepOutcome(
            "0123",
            State.FINISHED,
            8,
            Map.of("a", 0.1, "b", Double.POSITIVE_INFINITY, "c", Double.NaN),
            "healthy",
            "completed \"all\"",
            1.5,
            "host");

    assertThat(SweepOutcome.parse(outcome.toJson())).isEqualTo(outcome);
    assertThatThrownBy(() -> SweepOutcome.parse("{\"id\":")).hasMessageContaining("not an outcome");
  }
}
