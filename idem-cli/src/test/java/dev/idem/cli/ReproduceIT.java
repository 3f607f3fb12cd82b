package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The main job at its smallest, from the command line to the files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReproduceIT {

  private final Path temporary;
  private final Path whole;
  private String printed = "";

  ReproduceIT(@TempDir Path temporary) {
    this.temporary = temporary;
    whole = temporary.resolve("whole");
  }

  /** The default figures by one thread, which the tests read and never change. */
  @BeforeAll
  void reproduceTheDefaultFigures() {
    Console console = Reproduction.run(whole, "--preset", "smoke", "--threads", "1");
    printed = console.out();
  }

  @Test
  void theConsoleCountsTheFigures() {
    assertThat(printed.lines().filter(line -> line.startsWith("figure ")))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            line -> assertThat(line).matches("figure \\d of \\d: \\S+, 0:\\d\\d:\\d\\d elapsed"))
        .first()
        .asString()
        .endsWith(": scalar-map, 0:00:00 elapsed");
  }

  @Test
  void everyFigureIsOnThePageWithItsFilesBesideIt() throws IOException {
    String page = Reproduction.text(whole);
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
    assertThat(whole.resolve("efficacy/overview.csv")).content().hasLineCount(1 + 5);
    assertThat(whole.resolve("trajectory/spectrum.csv")).isNotEmptyFile();
    assertThat(whole.resolve("generative/samples.png")).isNotEmptyFile();
    assertThat(whole.resolve("generative/terms.csv")).content().contains("IGN,tightness,4,");
    assertThat(whole.resolve("overhead/rounds-timing.csv")).content().hasLineCount(1 + 2);
    assertThat(page)
        .contains("<code>./idem reproduce efficacy --preset smoke --seed 1 --device cpu</code>");
    // The claims of figures on request come last.
    assertThat(page.substring(0, page.indexOf("<strong>Exact networks.")))
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
        .doesNotContain("figure 1 of 1")
        .containsSubsequence(
            "Claim Lower error              not measured",
            "Claim Early gain               not measured",
            "Claim Stronger gradient signal not measured",
            "Claim Different trajectory     not measured",
            "Claim Same cost                not measured",
            "Claim Comparable generation    not measured",
            "Claim Scalar map               reproduced",
            "Claim Attraction               reproduced",
            "Claim MLP efficacy             not measured",
            "Claim CNN efficacy             not measured",
            "Claim Exact networks           not measured",
            "Preset smoke decides nothing");
    assertThat(Reproduction.text(out))
        .containsSubsequence(
            "<strong>Lower error.</strong>",
            ">not measured</span>",
            "<strong>Same cost.</strong>",
            "the cost of a step does not depend on the gradients’ scale",
            "Further tests",
            "<strong>Scalar map.</strong>",
            "<span class=\"verdict undecided\">reproduced</span>",
            "<strong>MLP efficacy.</strong>",
            "How verdicts are decided",
            "<code>./idem reproduce efficacy --preset smoke --seed 1</code>",
            "<code>./idem reproduce trajectory --preset smoke --seed 1</code>",
            "<code>./idem reproduce overhead --preset smoke --seed 1</code>",
            "<code>./idem reproduce generative --preset smoke --seed 1</code>",
            "<code>./idem reproduce front --preset smoke --seed 1</code>");
  }

  @Test
  void everyAspectOfAClaimHasItsVerdict() throws IOException {
    assertThat(Reproduction.text(whole))
        .containsSubsequence(
            "<strong>Stronger gradient signal.</strong>",
            "Modified / ordinary norm at the same parameters",
            "Modified / ordinary norm at the same parameters",
            "modified maps are informative");
  }

  @Test
  void efficacyOpensWithFiveSentencesAndANetworkThatThePosterShows() throws IOException {
    String page = Reproduction.text(whole);
    String figure = page.substring(page.indexOf("id=\"efficacy\""));
    String open = figure.substring(0, figure.indexOf("<details>"));
    assertThat(open.split("<li>", -1)).hasSize(1 + 5);
    assertThat(open.split("<img", -1)).hasSize(1 + 1);
    assertThat(open).contains("efficacy/equal-rates-narrow-deep.svg");
  }

  @Test
  void sameSeedGivesTheSameBytesWhateverTheThreads() throws IOException {
    assertThat(Reproduction.numbers(whole)).hasSizeGreaterThanOrEqualTo(8);
    assertSameByThreeThreads("efficacy", "trajectory");
  }

  /** All but the figure of wall times and the two above. */
  @Tag("long")
  @Test
  void theOtherFiguresDoNotDependOnTheThreadsEither() throws IOException {
    assertSameByThreeThreads("scalar-map", "generative");
  }

  private void assertSameByThreeThreads(String... figures) throws IOException {
    String[] options =
        Stream.concat(Stream.of(figures), Stream.of("--preset", "smoke", "--threads", "3"))
            .toArray(String[]::new);
    Path threaded = reproduce(String.join("-", figures), options);
    for (String figure : figures) {
      assertThat(Reproduction.numbers(threaded.resolve(figure)))
          .isNotEmpty()
          .isEqualTo(Reproduction.numbers(whole.resolve(figure)));
    }
  }

  @Test
  void otherSeedGivesOtherNumbers() throws IOException {
    Path other = reproduce("other", "trajectory", "--preset", "smoke", "--seed", "2");
    Map<String, String> numbers = Reproduction.numbers(other.resolve("trajectory"));
    assertThat(numbers)
        .isNotEmpty()
        .isNotEqualTo(Reproduction.numbers(whole.resolve("trajectory")));
  }

  private Path reproduce(String folder, String... options) {
    return Reproduction.into(temporary.resolve(folder), options);
  }
}
