package dev.idem.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.runs.StopRequest;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepOutcome.State;
import dev.idem.runs.sweep.SweepRunner;
import dev.idem.runs.sweep.SweepRunner.Options;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import dev.idem.runs.sweep.SweepWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on Spark in threads of this JVM. */
class SparkRunnerTest {

  @TempDir private Path folder;

  private final List<SweepOutcome> outcomes = new ArrayList<>();

  private Options options(Optional<String> store, String... settings) {
    Map<String, String> configuration = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      configuration.put(settings[i], settings[i + 1]);
    }
    return new Options(
        folder.resolve("runs"), store, 0, Optional.of("local[2]"), configuration, List.of());
  }

  private static SweepRunner open(Options options) throws IOException {
    return ServiceLoader.load(SweepRunner.Factory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.name().equals("spark"))
        .findFirst()
        .orElseThrow()
        .open(options);
  }

  private void run(Options options, List<SweepTask> tasks) throws IOException {
    outcomes.clear();
    try (SweepRunner runner = open(options)) {
      runner.run(tasks, new StopRequest(), outcomes::add);
    }
  }

  private List<State> states() {
    return outcomes.stream().map(SweepOutcome::state).toList();
  }

  /** The rows of the table, by id. */
  private static Map<String, Row> rows(Path table) throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()) {
      spark
          .read()
          .parquet(table.toString())
          .collectAsList()
          .forEach(row -> rows.put(row.getAs("id"), row));
    }
    return rows;
  }

  @Test
  void outcomesAreThoseOfRunsWithoutSpark() throws IOException {
    List<SweepTask> tasks = TinySweep.tasks(5);
    try (SweepRunner runner = open(options(Optional.empty()))) {
      assertThat(runner.description()).isEqualTo("Spark on local[2]");
      assertThat(runner.parallelism()).isEqualTo(2);
      runner.run(tasks, new StopRequest(), outcomes::add);
    }

    Map<String, Map<String, Double>> direct = TinySweep.direct(tasks, folder.resolve("direct"));
    assertThat(TinySweep.metrics(outcomes)).isEqualTo(direct);
    assertThat(states()).containsOnly(State.FINISHED);
    Map<String, Row> rows = rows(folder.resolve("runs/results.parquet"));
    assertThat(rows.keySet()).isEqualTo(direct.keySet());
    for (SweepOutcome outcome : outcomes) {
      Row row = rows.get(outcome.id());
      assertThat(row.<Object>getAs("state")).isEqualTo("FINISHED");
      assertThat(row.<Long>getAs("steps")).isEqualTo(50);
      assertThat(row.<Object>getAs("verdict")).isEqualTo(outcome.verdict());
      assertThat(row.<Object>getAs("message")).isEqualTo(outcome.message());
      assertThat(row.<Double>getAs("seconds")).isEqualTo(outcome.seconds());
      assertThat(row.<Object>getAs("host")).isEqualTo(outcome.host());
      assertThat(row.<String, Double>getJavaMap(row.fieldIndex("metrics")))
          .isEqualTo(outcome.metrics());
    }
  }

  @Test
  void aStoreHasWholeRunsThatAreNotRepeatedAndItsTableKeepsRowsOfEarlierSweeps()
      throws IOException {
    Path store = folder.resolve("store");
    Options options = options(Optional.of(store.toUri().toString()));
    Files.createDirectories(store.resolve("run-2"));
    Files.writeString(store.resolve("run-2/outcome.json"), "the beginning of a copy");
    run(options, List.of(TinySweep.task(1, 50), TinySweep.task(2, 50)));
    List<SweepOutcome> first = List.copyOf(outcomes);
    assertThat(states()).containsOnly(State.FINISHED);
    Path weights = store.resolve("run-1/weights.safetensors");
    byte[] before = Files.readAllBytes(weights);
    Files.delete(weights);
    assertThat(folder.resolve("runs")).doesNotExist();

    run(options, List.of(TinySweep.task(1, 50), TinySweep.task(3, 50)));

    assertThat(outcomes).contains(first.get(first.get(0).id().equals("run-1") ? 0 : 1));
    assertThat(weights).doesNotExist();
    assertThat(before).isNotEmpty();
    assertThat(store.resolve("run-3")).isDirectoryContaining("glob:**/weights.safetensors");
    assertThat(rows(store.resolve("results.parquet"))).containsOnlyKeys("run-1", "run-2", "run-3");
  }

  @Test
  void aPausedRunOfAStoreContinues() throws IOException {
    Options options = options(Optional.of(folder.resolve("store").toUri().toString()));
    SweepTask whole = TinySweep.task(1, 50);
    run(options, List.of(new SweepTask(whole.id(), whole.experiment(), 25, whole.version())));
    assertThat(outcomes).extracting(SweepOutcome::steps).containsExactly(25L);
    assertThat(states()).containsExactly(State.PAUSED);

    run(options, List.of(whole));

    assertThat(states()).containsExactly(State.FINISHED);
    assertThat(TinySweep.metrics(outcomes))
        .isEqualTo(TinySweep.direct(List.of(whole), folder.resolve("direct")));
    assertThat(Files.readString(folder.resolve("store/run-1/run.log")))
        .contains("resuming after step 25");
  }

  @Test
  void aRequestedStopSavesTheRunsInProgressAndBeginsNoOther() throws IOException {
    List<SweepTask> tasks = new ArrayList<>(List.of(TinySweep.task(1, 25)));
    for (int seed = 2; seed < 9; seed++) {
      tasks.add(TinySweep.task(seed, 100_000_000));
    }
    StopRequest stop = new StopRequest();
    try (SweepRunner runner = open(options(Optional.empty()))) {
      runner.run(
          tasks,
          stop,
          outcome -> {
            outcomes.add(outcome);
            stop.request();
          });
    }
    assertThat(outcomes.get(0).id()).isEqualTo("run-1");
    assertThat(states().subList(1, outcomes.size()))
        .hasSizeBetween(1, 2)
        .containsOnly(State.STOPPED);
    assertThat(outcomes.subList(1, outcomes.size()))
        .allSatisfy(
            outcome ->
                assertThat(folder.resolve("runs").resolve(outcome.id()).resolve("checkpoints"))
                    .isNotEmptyDirectory());
    assertThat(folder.resolve("runs/run-8")).doesNotExist();
  }

  @Test
  void aWorkerOfAnotherVersionRefuses() throws IOException {
    SweepTask task = TinySweep.task(1, 50);
    run(
        options(Optional.empty()),
        List.of(new SweepTask(task.id(), task.experiment(), task.until(), "0.0.9")));
    assertThat(states()).containsExactly(State.FAILED);
    assertThat(outcomes.get(0).message())
        .matches("this worker has idem \\S+, the sweep was started with 0\\.0\\.9; .*");
    assertThat(folder.resolve("runs/run-1").resolve(SweepWorker.OUTCOME)).doesNotExist();
  }

  @Test
  void whatCannotWorkIsRefusedBeforeSparkStarts() {
    assertRefused("sparkk://host:7077", "must be local, local[N], local[*], spark://HOST:PORT");
    assertRefused("local[0]", "must be local");
    assertRefused("spark://host:70777", "has port 70777; ports end at 65535");
    assertRefused("yarn", "needs Spark's module for YARN");
    assertThatThrownBy(() -> open(options(Optional.empty(), "secret.key", "s3cr3t")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Spark setting (secret.key) must begin with spark.")
        .hasMessageNotContaining("s3cr3t");
    assertThatThrownBy(() -> open(options(Optional.of("s3a://key:s3cr3t@bucket/runs"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not contain credentials")
        .hasMessageNotContaining("s3cr3t");
    assertThatThrownBy(() -> open(options(Optional.of("runs"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("store (runs) must be the URI of a folder");
    assertThatThrownBy(() -> open(options(Optional.empty(), "spark.ui.enabled", "true")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set SPARK_LOCAL_IP=127.0.0.1");
  }

  private void assertRefused(String master, String message) {
    Options options =
        new Options(folder, Optional.empty(), 0, Optional.of(master), Map.of(), List.of());
    assertThatThrownBy(() -> open(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Spark master (" + master + ")")
        .hasMessageContaining(message);
  }

  @Test
  void aStoreThatCannotBeWrittenToIsRefusedBeforeARun() {
    assertThatThrownBy(() -> open(options(Optional.of("file:///proc/none"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("store file:///proc/none cannot be used (Mkdirs failed");
  }

  @Test
  void aMasterThatIsNotThereIsReported() {
    // Port 1 needs privileges that no Spark has.
    Options options =
        new Options(
            folder, Optional.empty(), 0, Optional.of("spark://127.0.0.1:1"), Map.of(), List.of());
    assertThatThrownBy(() -> open(options))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Spark master spark://127.0.0.1:1 cannot be reached (Connection refused); start it, or name one that runs");
  }
}
