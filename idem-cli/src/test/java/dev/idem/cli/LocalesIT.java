package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same bytes in every locale: other digits, decimal commas, the Turkish i. The locale is that
 * of this JVM; the command itself sets the root locale besides.
 */
class LocalesIT {

  /** With digits and a decimal separator of its own. */
  private static final String WHOLE = "fa-IR";

  /** For evaluations and figures in these too there is no time. */
  private static final List<String> RUNS =
      List.of("de-DE", "fr-FR", "tr-TR", "ar-EG", "bn-BD", "hi-IN-u-nu-deva");

  private static final String EXPERIMENT =
      """
      subject: map
      strategy: {name: substituted}
      network: {widths: [16, 8, 16]}
      data: {source: normal-16}
      plan: {steps: 4, evaluateEvery: 2, batchSize: 8}
      run: {checkpoints: {everySteps: 2}}
      engine: {threads: 1}
      """;

  private final Locale before = Locale.getDefault();

  @TempDir Path temporary;

  @AfterEach
  void theLocaleIsPutBack() {
    Locale.setDefault(before);
  }

  @Test
  void everyLocaleGivesTheSameFilesAndTheSameText() throws IOException {
    train();
    Map<String, String> expected = files("en-US", true);
    assertThat(expected)
        .containsKeys("strategies", "compare", "run/weights.safetensors", "run/metrics.csv")
        .containsKeys("evaluation/metrics.json", "report/scalar-map/basins.svg");
    assertThat(files(WHOLE, true)).as(WHOLE).containsExactlyInAnyOrderEntriesOf(expected);
    for (String tag : RUNS) {
      Map<String, String> found = files(tag, false);
      assertThat(found)
          .as(tag)
          .containsKeys("strategies", "run/weights.safetensors", "run/metrics.csv");
      assertThat(expected.entrySet()).as(tag).containsAll(found.entrySet());
    }
  }

  /** A model to evaluate, trained where digits are not 0 to 9. */
  private void train() {
    Locale.setDefault(Locale.forLanguageTag(WHOLE));
    done(
        "train",
        "reconstruction",
        "--preset=smoke",
        "--steps=1",
        "--network=mlp",
        "--noise=white",
        "--out=" + temporary.resolve("model"));
  }

  /** What a few commands print and write, in a folder that has the same name in every locale. */
  private Map<String, String> files(String tag, boolean whole) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(tag));
    Path folder = Files.createDirectories(temporary.resolve("work"));
    Path experiment = Files.writeString(folder.resolve("experiment.yaml"), EXPERIMENT);
    Map<String, String> found = new TreeMap<>();
    found.put("strategies", done("strategies"));
    found.put("schema", done("run", "--schema"));
    done("run", experiment.toString(), "--out", folder.resolve("run").toString(), "--quiet");
    if (whole) {
      found.put("compare", measured(folder));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).filter(LocalesIT::hasNoTimes).toList()) {
        found.put(
            folder.relativize(file).toString().replace('\\', '/'),
            HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    Files.move(folder, temporary.resolve(tag));
    return found;
  }

  /** Evaluates, compares and reproduces, and answers what the comparison prints. */
  private String measured(Path folder) {
    Path evaluation = folder.resolve("evaluation");
    done(
        "evaluate",
        "--model=" + temporary.resolve("model"),
        "--samples=40",
        "--threads=1",
        "--metrics=idempotency,frechet",
        "--out=" + evaluation);
    done("reproduce", "scalar-map", "--preset=smoke", "--out=" + folder.resolve("report"));
    return done("compare", evaluation.toString(), evaluation.toString());
  }

  private static boolean hasNoTimes(Path file) {
    return !file.toString()
        .matches(
            ".*(provenance\\.json|result\\.json|run\\.log|steps\\.csv|index\\.html|saved_model\\.pb|\\.checkpoint)");
  }

  private static String done(String... arguments) {
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.all()).isZero();
    assertThat(console.err()).isEmpty();
    return console.out();
  }
}
