package dev.idem.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.idem.runs.StopRequest;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepOutcome.State;
import dev.idem.runs.sweep.SweepRunner;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps on a standalone cluster of a master and two workers, each a process, whose executors have
 * idem from the assembly alone.
 */
class ClusterIT {

  private static final String LOOPBACK = "127.0.0.1";

  /** Of idem, or brought by it and needed by Spark too. */
  private static final Pattern SHARED =
      Pattern.compile(
          "(jackson-|slf4j-api|snakeyaml|commons-|guava|failureaccess|protobuf-|jakarta\\.inject).*");

  @TempDir private Path folder;

  private final List<Process> processes = new ArrayList<>();
  private String master = "";

  @BeforeEach
  void startTheCluster() throws Exception {
    Path jars = Files.createDirectories(folder.resolve("spark/jars"));
    Path own = Path.of("target");
    String spark = Files.readString(own.resolve("spark.classpath"));
    String shared = Files.readString(own.resolve("dependencies.classpath"));
    for (String name : (spark.strip() + File.pathSeparator + shared.strip()).split(":", -1)) {
      Path jar = Path.of(name);
      String file = jar.getFileName().toString();
      if (spark.contains(name) || SHARED.matcher(file).matches()) {
        Files.createSymbolicLink(jars.resolve(file), jar);
      }
    }
    int port = freePort();
    master = "spark://%s:%s".formatted(LOOPBACK, port);
    start(
        "master.Master", "--host", LOOPBACK, "--port", Integer.toString(port), "--webui-port", "0");
    for (int tries = 0; !listens(port); tries++) {
      assertThat(tries).as("tries to reach the master").isLessThan(600);
      Thread.sleep(100);
    }
    for (String name : List.of("a", "b")) {
      start(
          "worker.Worker",
          "--host",
          LOOPBACK,
          "--webui-port",
          "0",
          "--cores",
          "1",
          "--memory",
          "1g",
          "--work-dir",
          folder.resolve("work-" + name).toString(),
          master);
    }
  }

  private void start(String type, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Dspark.master.rest.enabled=false",
                "-cp",
                folder.resolve("spark/jars") + "/*",
                "org.apache.spark.deploy." + type));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("log-" + processes.size()).toFile());
    processes.add(builder.start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stopTheCluster() throws IOException, InterruptedException {
    // JUnit warns of each link that it deletes.
    try (Stream<Path> links = Files.list(folder.resolve("spark/jars"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
    for (Process process : processes) {
      kill(process);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** The worker, and the executors that it started. */
  private static List<ProcessHandle> kill(Process worker) {
    List<ProcessHandle> killed =
        Stream.concat(Stream.of(worker.toHandle()), worker.descendants()).toList();
    killed.forEach(ProcessHandle::destroyForcibly);
    return killed;
  }

  private SweepRunner open(int maxFailures) throws IOException {
    return new SparkRunner.Factory()
        .open(
            new SweepRunner.Options(
                folder.resolve("runs"),
                Optional.empty(),
                0,
                Optional.of(master),
                Map.of(
                    "spark.task.maxFailures",
                    Integer.toString(maxFailures),
                    "spark.executor.extraJavaOptions",
                    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                List.of()));
  }

  @Test
  void aWorkerThatIsKilledCostsNoRun() throws IOException {
    List<SweepTask> tasks = TinySweep.tasks(60);
    List<SweepOutcome> outcomes = new ArrayList<>();
    List<ProcessHandle> killed = new ArrayList<>();
    try (SweepRunner runner = open(4)) {
      runner.run(
          tasks,
          new StopRequest(),
          outcome -> {
            outcomes.add(outcome);
            if (outcomes.size() == 20) {
              killed.addAll(kill(processes.get(1)));
            }
          });
    }
    assertThat(killed).as("a worker and its executor").hasSize(2);
    assertThat(outcomes)
        .extracting(SweepOutcome::state, SweepOutcome::message)
        .containsOnly(tuple(State.FINISHED, "completed"));
    assertThat(TinySweep.metrics(outcomes))
        .hasSize(60)
        .isEqualTo(TinySweep.direct(tasks, folder.resolve("direct")));
  }

  @Test
  void aRunWhoseExecutorsDieHasFailedAndTheOthersContinue() throws IOException {
    List<SweepTask> tasks = new ArrayList<>(TinySweep.tasks(10));
    tasks.set(0, TinySweep.task(1, 100_000_000));
    List<SweepOutcome> outcomes = new ArrayList<>();
    try (SweepRunner runner = open(1)) {
      runner.run(
          tasks,
          new StopRequest(),
          outcome -> {
            outcomes.add(outcome);
            if (outcomes.size() == 3) {
              killOwner(folder.resolve("runs/run-1/lock"));
            }
          });
    }
    assertThat(outcomes).extracting(SweepOutcome::id).doesNotHaveDuplicates().hasSize(10);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.state() != State.FINISHED)
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.id()).isEqualTo("run-1");
              assertThat(outcome.state()).isEqualTo(State.FAILED);
              assertThat(outcome.message())
                  .startsWith("every executor that trained it died, 1 in all (");
            });
  }

  /** Kills the process that trains a run. */
  private static void killOwner(Path lock) {
    try {
      Matcher owner =
          Pattern.compile("process (\\d+) of .*").matcher(Files.readString(lock).strip());
      assertThat(owner.matches()).as("the run is being trained").isTrue();
      assertThat(ProcessHandle.of(Long.parseLong(owner.group(1))).orElseThrow().destroyForcibly())
          .isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
