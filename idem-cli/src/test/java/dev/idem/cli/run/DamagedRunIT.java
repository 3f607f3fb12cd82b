package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.random.RandomStreams;
import dev.idem.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An interrupted run with any of its files missing, cut or wrong in a bit goes on to the same
 * bytes, or is refused by name. How often each file is damaged each way is {@code -Didem.damages},
 * 3 if not given.
 */
class DamagedRunIT {

  private static final int DAMAGES = Integer.getInteger("idem.damages", 3);
  private static final List<String> NUMBERS =
      List.of(
          "steps.csv",
          "metrics.csv",
          "events.jsonl",
          "weights.safetensors",
          "average.safetensors",
          "best.safetensors");
  private static final List<String> PRODUCTS =
      List.of(
          "result.json",
          "weights.safetensors",
          "average.safetensors",
          "best.safetensors",
          "saved-model");

  @TempDir Path temporary;

  /** What a folder's files hold, by their path in it. */
  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** A run of 40 steps that lost what it made of its last ten, as a killed one has. */
  private Map<String, byte[]> interrupted(Path whole) throws IOException {
    Path experiment =
        Files.writeString(
            temporary.resolve("small.yaml"),
            """
            subject: map
            strategy: {name: substituted}
            network: {widths: [16, 8, 16]}
            data: {source: normal-16}
            plan: {steps: 40, evaluateEvery: 10, batchSize: 8}
            run:
              listeners: [csv, jsonl]
              average: {decay: 0.9, every: 3}
              best: reconstruction-error
              checkpoints: {everySteps: 10, kept: 3}
            engine: {threads: 1}
            """);
    Console outcome = Console.run("run", experiment.toString(), "--out", whole.toString());
    assertThat(outcome.exitCode()).as(outcome.all()).isZero();
    Map<String, byte[]> files = files(whole);
    files
        .keySet()
        .removeIf(
            name ->
                PRODUCTS.stream().anyMatch(name::startsWith)
                    || name.endsWith("40.checkpoint")
                    || name.equals("run.log")
                    || name.equals("lock"));
    return files;
  }

  @Test
  void damageToAnyFileIsMendedOrRefusedByName() throws IOException {
    Path whole = temporary.resolve("whole");
    Map<String, byte[]> interrupted = interrupted(whole);
    assertThat(interrupted.keySet())
        .contains("experiment.yaml", "provenance.json", "steps.csv", "metrics.csv", "events.jsonl")
        .anyMatch(name -> name.startsWith("checkpoints"));
    RandomGenerator random = RandomStreams.stream(1, "damages", 0);
    List<String> refused = new ArrayList<>();
    List<String> mended = new ArrayList<>();
    int number = 0;
    for (Map.Entry<String, byte[]> file : interrupted.entrySet()) {
      for (Map.Entry<String, Optional<byte[]>> damage :
          damages(file.getValue(), random).entrySet()) {
        Path folder = temporary.resolve("damaged-" + number++);
        write(interrupted, folder);
        Path damaged = folder.resolve(file.getKey());
        Files.delete(damaged);
        if (damage.getValue().isPresent()) {
          Files.write(damaged, damage.getValue().get());
        }
        String what = file.getKey() + ", " + damage.getKey();
        boolean resumed = resumes(folder, whole, file.getKey(), what);
        (resumed ? mended : refused).add(what);
      }
    }
    assertThat(refused).anyMatch(what -> what.startsWith("provenance.json, missing"));
    assertThat(refused).anyMatch(what -> what.startsWith("steps.csv, missing"));
    assertThat(refused).anyMatch(what -> what.startsWith("experiment.yaml, missing"));
    assertThat(mended).anyMatch(what -> what.startsWith("checkpoints"));
    assertThat(refused).noneMatch(what -> what.startsWith("checkpoints/step-"));
  }

  private static void write(Map<String, byte[]> files, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private static boolean resumes(Path folder, Path whole, String file, String what)
      throws IOException {
    Console outcome = Console.run("run", "--resume", folder.toString());
    if (outcome.exitCode() == 0) {
      for (String name : NUMBERS) {
        assertThat(folder.resolve(name))
            .as("%s: %s", what, outcome.all())
            .hasSameBinaryContentAs(whole.resolve(name));
      }
      return true;
    }
    assertThat(outcome.exitCode()).as(what).isIn(1, 2);
    assertThat(outcome.err())
        .as(what)
        .contains(String.valueOf(Path.of(file).getFileName()))
        .doesNotContain("\tat ");
    assertThat(folder.resolve("result.json")).as(what).doesNotExist();
    assertThat(folder.resolve("weights.safetensors")).as(what).doesNotExist();
    return false;
  }

  /** By what is done to the file; nothing for its removal. */
  private static Map<String, Optional<byte[]>> damages(byte[] content, RandomGenerator random) {
    Map<String, Optional<byte[]>> damages = new LinkedHashMap<>();
    damages.put("missing", Optional.empty());
    damages.put("emptied", Optional.of(new byte[0]));
    for (int i = 0; i < DAMAGES; i++) {
      int length = random.nextInt(content.length);
      damages.put("cut to " + length, Optional.of(Arrays.copyOf(content, length)));
      int at = random.nextInt(content.length);
      int bit = random.nextInt(8);
      byte[] flipped = content.clone();
      flipped[at] ^= (byte) (1 << bit);
      damages.put("bit %s of byte %s".formatted(bit, at), Optional.of(flipped));
    }
    return damages;
  }
}
