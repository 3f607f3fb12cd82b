package dev.idem.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code idem sweep --runner spark}, in processes of its own. */
class SweepsOnSparkIT {

  private static final long PATIENCE_SECONDS = 240;
  private static final String SECRET = "s3cr3t-of-a-test";

  @TempDir private Path folder;

  private Path sweep() throws IOException {
    return Files.writeString(
        folder.resolve("sweep.yaml"),
        """
        subject: map
        strategy: {name: [canonical, substituted]}
        network: {widths: [16, 64, 64, 16]}
        data: {source: normal-16}
        plan: {steps: 1500, evaluateEvery: 500, batchSize: 32, learningRate: [0.01, 0.1]}
        run: {checkpoints: {everySteps: 100}}
        seeds: [1, 2]
        sweep: {metric: relative-error}
        """);
  }

  private Process idem(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("dev.idem.cli.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private void succeeds(Process process) throws Exception {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(log()).isTrue();
    assertThat(process.exitValue()).as(log()).isZero();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  @Test
  void aDriverThatIsKilledResumesAndTheTableIsThatOfThisMachine() throws Exception {
    Path local = folder.resolve("local");
    Path spark = folder.resolve("spark");
    String[] onSpark = {
      "--runner",
      "spark",
      "--master",
      "local[2]",
      "--conf",
      "spark.hadoop.fs.s3a.secret.key=" + SECRET
    };
    succeeds(idem("sweep", sweep().toString(), "--out", local.toString()));
    Process driver =
        idem(
            Stream.concat(
                    Stream.of("sweep", sweep().toString(), "--out", spark.toString()),
                    Stream.of(onSpark))
                .toArray(String[]::new));
    while (lines(spark.resolve("outcomes.jsonl")) < 2) {
      assertThat(driver.isAlive()).as(log()).isTrue();
      Thread.sleep(20);
    }
    driver.destroyForcibly().waitFor();
    List<Path> finished;
    try (Stream<Path> runs = Files.list(spark.resolve("runs"))) {
      finished =
          runs.map(run -> run.resolve("result.json")).filter(Files::exists).sorted().toList();
    }
    List<String> before = new ArrayList<>();
    for (Path result : finished) {
      before.add(Files.readString(result));
    }
    assertThat(finished).hasSizeBetween(2, 7);

    succeeds(
        idem(
            Stream.concat(Stream.of("sweep", "--resume", spark.toString()), Stream.of(onSpark))
                .toArray(String[]::new)));

    assertThat(spark.resolve("runs.csv")).hasSameBinaryContentAs(local.resolve("runs.csv"));
    for (int i = 0; i < finished.size(); i++) {
      assertThat(finished.get(i)).content().isEqualTo(before.get(i));
    }
    assertThat(spark.resolve("runs/results.parquet")).isDirectory();
    assertThat(log()).doesNotContain("Exception", "\tat ", SECRET);
    try (Stream<Path> written = Files.walk(spark)) {
      assertThat(written.filter(Files::isRegularFile))
          .hasSizeGreaterThan(50)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .as("%s", file)
                      .doesNotContain(SECRET));
    }
  }

  @Test
  void refusesAMasterThatCannotBeReached() throws Exception {
    Process refused =
        idem(
            "sweep",
            sweep().toString(),
            "--out",
            folder.resolve("none").toString(),
            "--runner",
            "spark",
            "--master",
            "spark://127.0.0.1:1");

    assertThat(refused.waitFor(30, TimeUnit.SECONDS)).as(log()).isTrue();
    assertThat(refused.exitValue()).isEqualTo(1);
    assertThat(log()).contains("spark://127.0.0.1:1").doesNotContain("\tat ");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
