package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** No command writes its results among those of another. */
class OccupiedFolderTest {

  private static final Map<String, String> RESULTS =
      Map.of(
          "experiment.yaml", "a run",
          "seeds.yaml", "runs of several seeds",
          "sweep.yaml", "a sweep",
          "metrics.json", "an evaluation",
          "model.json", "a model",
          "classifier.properties", "a classifier",
          "comparison.txt", "a comparison",
          "runs.csv", "a comparison of strategies");

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("train", "ign", "--preset", "smoke"),
          List.of("evaluate", "--model", "nowhere"),
          List.of("compare", "one", "two"),
          List.of("compare-strategies", "--task", "sorting", "--preset", "smoke"),
          List.of("reproduce", "scalar-map", "--preset", "smoke"),
          List.of("import", "--weights", "nowhere.safetensors", "--as", "dcgan28"),
          List.of("classifier", "--data", "mnist:nowhere"),
          List.of("sweep", "SWEEP"));

  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> everyCommandRefusesEveryResult() throws IOException {
    Path sweep =
        Files.writeString(
            temporary.resolve("two.yaml"),
            """
            subject: map
            network: {widths: [16, 8, 16]}
            data: {source: normal-16}
            strategy: {name: [canonical, substituted]}
            """);
    return COMMANDS.stream()
        .flatMap(
            command ->
                RESULTS.keySet().stream()
                    .map(
                        file ->
                            DynamicTest.dynamicTest(
                                command.get(0) + " and " + file,
                                () -> refuses(command, file, sweep))));
  }

  private void refuses(List<String> command, String file, Path sweep) throws IOException {
    Path out = Files.createTempDirectory(temporary, "out");
    Path result = Files.writeString(out.resolve(file), "as it was");
    String[] arguments =
        Stream.concat(
                command.stream().map(word -> word.equals("SWEEP") ? sweep.toString() : word),
                Stream.of("--out", out.toString()))
            .toArray(String[]::new);

    Console refused = Console.run(arguments);

    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
    assertThat(refused.err())
        .contains(out.toString())
        .containsPattern("(already )?holds (already )?" + RESULTS.get(file));
    assertThat(result).hasContent("as it was");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).containsExactly(result);
    }
  }
}
