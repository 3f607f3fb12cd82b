package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The main job at its smallest, from the command line to the files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReproduceIT {

  private final Path temporary;
  private final Path whole;

  ReproduceIT(@TempDir Path temporary) {
    this.temporary = temporary;
    whole = temporary.resolve("whole");
  }

  /** The default figures by one thread, which the tests read and never change. */
  @BeforeAll
  void reproduceTheDefaultFigures() {
    reproduce("whole", "--preset", "smoke", "--threads", "1");
  }

  @Test
  void everyFigureIsOnThePageWithItsFilesBesideIt() throws IOException {
    String page = Files.readString(whole.resolve("index.html"));
    assertThat(page)
        .contains(
            "id=\"scalar-map\"",
            "id=\"efficacy\"",
            "id=\"trajectory\"",
            "id=\"generative\"",
            "id=\"overhead\"")
        .doesNotContain("id=\"generative-ablation\"", "id=\"front\"")
        .doesNotContain("This figure failed");
    assertThat(whole.resolve("scalar-map/basins.svg")).isNotEmptyFile();
    assertThat(whole.resolve("efficacy/cnn-mnist.png")).isNotEmptyFile();
    assertThat(whole.resolve("efficacy/cnn-mnist-strategies.png")).isNotEmptyFile();
    assertThat(whole.resolve("efficacy/matrices.svg")).isNotEmptyFile();
    assertThat(whole.resolve("efficacy/runs.csv"))
        .content()
        .contains("linear-16,fan-in,canonical,", "linear-64,near idempotent,anchored,");
    assertThat(whole.resolve("efficacy/overview.csv")).content().hasLineCount(1 + 5 * 3);
    assertThat(whole.resolve("trajectory/spectrum.csv")).isNotEmptyFile();
    assertThat(whole.resolve("generative/samples.png")).isNotEmptyFile();
    assertThat(whole.resolve("generative/terms.csv")).content().contains("IGN,tightness,20,");
    assertThat(whole.resolve("overhead/rounds-timing.csv")).content().hasLineCount(1 + 2);
    assertThat(page)
        .contains("<code>./idem reproduce efficacy --preset smoke --seed 1 --device cpu</code>")
        .doesNotContain("not measured</span>");
    assertThat(Files.size(whole.resolve("index.html"))).isLessThan(8_000_000);
  }

  @Test
  void everyClaimIsOnThePageAndOnTheConsoleWhicheverFigureIsDrawn() throws IOException {
    Path out = temporary.resolve("one");
    Console console =
        Console.run("reproduce", "scalar-map", "--preset", "smoke", "--out", out.toString());
    assertThat(console.exitCode()).as(console.err()).isZero();
    assertThat(console.out())
        .containsSubsequence(
            "Claim Scalar map     reproduced",
            "Claim Attraction     reproduced",
            "Claim MLP efficacy   not measured",
            "Claim CNN efficacy   not measured",
            "Claim No overhead    not measured",
            "Claim Generation     not measured");
    assertThat(Files.readString(out.resolve("index.html")))
        .containsSubsequence(
            "<strong>Scalar map.</strong>",
            ">reproduced</span>",
            "<strong>Attraction.</strong>",
            ">reproduced</span>",
            "<strong>MLP efficacy.</strong>",
            ">not measured</span>",
            "<code>./idem reproduce efficacy --preset smoke --seed 1</code>",
            "<strong>CNN efficacy.</strong>",
            "<strong>No overhead.</strong>",
            "<code>./idem reproduce overhead --preset smoke --seed 1</code>",
            "<strong>Generation.</strong>",
            ">not measured</span>",
            "<code>./idem reproduce generative --preset smoke --seed 1</code>");
  }

  @Test
  void theAblationIsDrawnOnRequestAndSaysWhatCollapsed() throws IOException {
    Path out = reproduce("ablation", "generative-ablation", "--preset", "smoke");
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("id=\"generative-ablation\"")
        .doesNotContain("This figure failed");
    assertThat(out.resolve("generative-ablation/weight.svg")).isNotEmptyFile();
    // Twenty steps leave every generator at about one image, and nobody may take that for
    // diversity.
    assertThat(out.resolve("generative-ablation/runs.csv"))
        .content()
        .contains(
            "COLLAPSED", "batch normalisation", "spectral noise", "no tightness", "weight 1.0")
        .doesNotContain(",diverse,");
  }

  @Test
  void theFrontIsDrawnOnRequestWithTheSameNumbersWhateverTheThreads() throws IOException {
    Path out = reproduce("front", "front", "--preset", "smoke", "--threads", "1");
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("id=\"front\"", "1 seed, no interval")
        .doesNotContain("This figure failed");
    assertThat(out.resolve("front/fronts.svg")).isNotEmptyFile();
    assertThat(out.resolve("front/runs.csv"))
        .content()
        .contains("projection,substituted,1.0,1001,", "reconstruction-cnn,task alone,0.0,1001,");
    assertThat(csv(reproduce("again", "front", "--preset", "smoke", "--threads", "3")))
        .isEqualTo(csv(out));
  }

  @Test
  void sameSeedGivesTheSameBytesWhateverTheThreads() throws IOException {
    assertThat(csv(whole)).hasSizeGreaterThanOrEqualTo(8);
    assertThat(csv(reproduce("threaded", "--preset", "smoke", "--threads", "3")))
        .isEqualTo(csv(whole));
  }

  @Test
  void otherSeedGivesOtherNumbers() throws IOException {
    Path other = reproduce("other", "trajectory", "--preset", "smoke", "--seed", "2");
    Map<String, String> numbers = csv(other.resolve("trajectory"));
    assertThat(numbers).isNotEmpty().isNotEqualTo(csv(whole.resolve("trajectory")));
  }

  private Path reproduce(String folder, String... options) {
    Path out = temporary.resolve(folder);
    String[] arguments =
        Stream.concat(
                Stream.of("reproduce", "--out", out.toString(), "--device", "cpu"),
                Stream.of(options))
            .toArray(String[]::new);
    Console console = Console.run(arguments);
    assertThat(console.exitCode()).as(console.err()).isZero();
    return out;
  }

  /** Every table but those of wall times. */
  private static Map<String, String> csv(Path out) throws IOException {
    Map<String, String> tables = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      files
          .filter(file -> file.toString().endsWith(".csv"))
          .filter(file -> !file.toString().endsWith("-timing.csv"))
          .forEach(file -> tables.put(out.relativize(file).toString(), text(file)));
    }
    return tables;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
