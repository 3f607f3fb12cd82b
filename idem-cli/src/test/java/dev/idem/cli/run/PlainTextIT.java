package dev.idem.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import dev.idem.cli.GeneratorCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a person or a program reads holds what Java writes of a record or an object. */
class PlainTextIT {

  private static final Pattern JAVA =
      Pattern.compile("\\b[A-Z][A-Za-z]+\\[(\\w+=|\\])|\\b[a-z]+(\\.\\w+)+@[0-9a-f]{5,}");

  private final Path temporary;

  PlainTextIT(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  private static void assertPlain(Console console, Path folder) throws IOException {
    assertThat(console.exitCode()).as(console.all()).isZero();
    assertThat(console.all()).doesNotContainPattern(JAVA);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    assertThat(files)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            file ->
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContainPattern(JAVA));
  }

  @Test
  void runOfAMap() throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("map.yaml"),
            """
            subject: map
            preset: smoke
            strategy: {name: substituted, stepCap: 2}
            network: {widths: [16, 20, 16]}
            data: {source: normal-16}
            plan:
              optimizer: {name: adamw}
              schedule: {name: cosine, warmUp: 5}
              clipNorm: 1
            run: {listeners: [csv, jsonl, tensorboard]}
            """);
    Path out = temporary.resolve("map");
    assertPlain(Console.run("run", file.toString(), "--out", out.toString()), out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ign", "reconstruction+canonical"})
  void runOfAGenerator(String method) throws IOException {
    Path out = temporary.resolve("generator");
    assertPlain(
        Console.run(
            "train",
            method,
            "--preset",
            "smoke",
            "--steps",
            "4",
            "--data",
            GeneratorCommands.fewDigits(temporary.resolve("digits")),
            "--noise",
            "spectral",
            "--set",
            "run.listeners=csv,jsonl,tensorboard",
            "--out",
            out.toString()),
        out);
  }

  @Test
  void recordsAndObjectsAreRecognised() {
    record Sample(int number) {}
    record Empty() {}
    assertThat("a " + new Sample(3)).containsPattern(JAVA);
    assertThat("a " + new Empty()).containsPattern(JAVA);
    assertThat("a " + new Object()).containsPattern(JAVA);
  }
}
