package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.random.RandomStreams;
import dev.idem.cli.Console;
import dev.idem.cli.EventFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.proto.Summary;

/**
 * A run that is killed at random moments and resumed each time leaves the bytes of one that was
 * not. How often each is killed is {@code -Didem.kills}, by default once.
 */
class KilledRunIT {

  /** Steps for each kill: so many that no run ends before it is killed. */
  private static final int INTERVAL = 10;

  private static final int KILLS = Integer.getInteger("idem.kills", 1);

  private static final List<String> FILES =
      List.of(
          "metrics.csv",
          "steps.csv",
          "events.jsonl",
          "weights.safetensors",
          "model/weights.safetensors",
          "averaged-model/weights.safetensors",
          "samples.png");
  private static final long MILLI = 1_000_000;

  @TempDir Path temporary;

  @Test
  void aGeneratorKilledAndResumedEndsAsIfItHadNotBeen() throws IOException {
    killedAndResumedItEndsAsIfItHadNotBeen(SmallExperiment.GENERATOR);
  }

  /** In every build {@link SweepIT} kills runs of maps. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERATOR")
  void aMapKilledAndResumedEndsAsIfItHadNotBeen(SmallExperiment experiment) throws IOException {
    killedAndResumedItEndsAsIfItHadNotBeen(experiment);
  }

  private void killedAndResumedItEndsAsIfItHadNotBeen(SmallExperiment experiment)
      throws IOException {
    Path whole = temporary.resolve("whole");
    Path killed = temporary.resolve("killed");
    Console uninterrupted = Console.run(arguments(experiment, whole));
    assertThat(uninterrupted.exitCode()).as(uninterrupted.all()).isZero();

    RandomGenerator random = RandomStreams.stream(1, experiment.name(), 0);
    IdemProcess run = IdemProcess.start(log(killed), arguments(experiment, killed));
    int kills = 0;
    while (kills < KILLS) {
      kill(run, killed, INTERVAL * (kills + 1L), random);
      kills++;
      assertThat(killed.resolve("result.json")).as(run.output()).doesNotExist();
      run = resume(killed);
    }
    assertThat(run.exitCode()).as(run.output()).isZero();

    assertThat(run.output()).contains("resuming after step", "completed after");
    List<String> compared = new ArrayList<>();
    for (String file : FILES) {
      if (Files.exists(whole.resolve(file))) {
        compared.add(file);
        assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
      }
    }
    assertThat(compared).hasSizeGreaterThanOrEqualTo(4);
    if (experiment == SmallExperiment.GENERATOR) {
      // Events have times, which differ; their pictures may not.
      assertThat(pictures(whole)).hasSizeGreaterThanOrEqualTo(10).isEqualTo(pictures(killed));
    }
    assertThat(page(killed)).isEqualTo(page(whole)).contains("completed");
  }

  /** The page of a run, without its folder, commands and times. */
  private static String page(Path folder) throws IOException {
    return Files.readString(folder.resolve("index.html"))
        .replace(folder.toString(), "FOLDER")
        .replace(String.valueOf(folder.getFileName()), "FOLDER")
        .replaceAll("<dt>(created|command)</dt><dd>[^<]*</dd>", "");
  }

  private static List<String> pictures(Path folder) throws IOException {
    return EventFile.read(folder.resolve("tensorboard")).stream()
        .flatMap(
            event ->
                event.getSummary().getValueList().stream()
                    .filter(Summary.Value::hasImage)
                    .map(value -> event.getStep() + " " + value))
        .toList();
  }

  /** Kills the process a random moment after it has saved step {@code step}. */
  private static void kill(IdemProcess run, Path folder, long step, RandomGenerator random)
      throws IOException {
    while (newest(folder).orElse(-1L) < step) {
      assertThat(run.isAlive()).as(run.output()).isTrue();
      LockSupport.parkNanos(2 * MILLI);
    }
    LockSupport.parkNanos(random.nextLong(60) * MILLI);
    run.kill();
  }

  private static Optional<Long> newest(Path folder) throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("step-"))
          .map(name -> Long.parseLong(name.replaceAll("\\D", "")))
          .max(Long::compare);
    }
  }

  private String[] arguments(SmallExperiment experiment, Path folder) throws IOException {
    List<String> arguments = new ArrayList<>(experiment.command(temporary));
    arguments.addAll(List.of("--out", folder.toString()));
    arguments.addAll(experiment.settings(INTERVAL * (KILLS + 2L)));
    return arguments.toArray(String[]::new);
  }

  private IdemProcess resume(Path folder) throws IOException {
    return IdemProcess.start(log(folder), "run", "--resume", folder.toString());
  }

  private Path log(Path folder) {
    return temporary.resolve(folder.getFileName() + ".txt");
  }
}
