package dev.idem.figures.sweep;

import static dev.idem.figures.sweep.TypicalSweeps.METRIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.OutputFolder;
import dev.idem.figures.report.Page;
import dev.idem.figures.sweep.SweepResults.Axis;
import dev.idem.figures.sweep.SweepResults.Run;
import dev.idem.figures.sweep.SweepResults.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepReportTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private final Path temporary;

  SweepReportTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  private String page(SweepResults results) throws IOException {
    SweepReport.write(results, OutputFolder.open(temporary));
    // Without the pictures, which are long, and the escape of a character that needs none.
    return Files.readString(temporary.resolve(Page.NAME))
        .replaceAll("base64,[^\"]*", "base64,")
        .replace("&#x3D;", "=");
  }

  /** A sweep of one axis, a row of scores by seed for each value. */
  private static SweepResults oneAxis(Axis axis, double[]... scores) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      for (int seed = 0; seed < scores[i].length; seed++) {
        runs.add(
            new Run(
                "run-" + runs.size(),
                List.of(axis.values().get(i)),
                seed,
                State.FINISHED,
                10,
                Map.of(METRIC, scores[i][seed]),
                ""));
      }
    }
    return TypicalSweeps.results("one.sweep", List.of(axis), runs, Map.of());
  }

  private static Axis rates(String... rates) {
    return new Axis("plan.learningRate", List.of(rates), true, true);
  }

  @Test
  void gridHasEverySectionInOrder() throws IOException {
    assertThat(page(TypicalSweeps.grid()))
        .containsSubsequence(
            "64 configurations × 3 seeds, 192 runs: 155 finished, 35 diverged, 2 failed.",
            "Best by the median of error-over-variance (lower is better): strategy = substituted,"
                + " learningRate = 0.03, weight = 1: 1.59e-4",
            "Runner-up: strategy = canonical",
            "the interval includes that they are equal",
            "no such interval covers more than 75 %",
            "id=\"configurations\"",
            "id=\"rates\"",
            "id=\"maps\"",
            "id=\"comparisons\"",
            "The seeds that chose the best also report on it",
            ">undecided<",
            "id=\"effects\"",
            "the lowest median over the other axes grows by a factor of",
            "id=\"runs\"",
            "id=\"notes\"",
            "Failed, 2 runs, first run-",
            "worker ended: &lt;exit code 137&gt; &amp; no output",
            "Diverged, 35 runs",
            "<dt>design</dt>");
    assertThat(written())
        .contains(
            "parallel.png", "parallel.svg", "rates-1.png", "rates-2.svg", "map-1.svg", "runs.csv")
        .contains("configurations.csv", "comparisons.csv", "effects.csv", "rates.csv");
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void randomDesignShowsTwoHundredRunsAndFilesThemAll() throws IOException {
    assertThat(page(TypicalSweeps.random()))
        .contains("300 configurations × 1 seed")
        .contains("with the one seed that both have: too few seeds for an interval")
        .contains("The first 200 of 300")
        .contains("a point for each configuration")
        .contains("run-0200<")
        .doesNotContain("run-0201<");
    assertThat(Files.readAllLines(temporary.resolve("runs.csv"))).hasSize(301);
    assertThat(Files.readAllLines(temporary.resolve("comparisons.csv"))).hasSize(11);
    assertThat(written()).contains("map-6.png").doesNotContain("map-7.png");
  }

  @Test
  void sameResultsGiveTheSamePage() throws IOException {
    SweepResults results = oneAxis(rates("0.1", "0.01"), new double[] {1}, new double[] {2});

    assertThat(page(results)).isEqualTo(page(results));
  }

  @Test
  void oneConfigurationHasNothingToCompareWith() throws IOException {
    assertThat(page(oneAxis(rates("0.1"), new double[] {1, 2, 4})))
        .contains("1 configuration × 3 seeds, 3 runs: 3 finished.")
        .contains("learningRate = 0.1: 2 (1 to 4 over 3 seeds)")
        .contains("nothing to compare it with")
        .doesNotContain("id=\"rates\"", "id=\"maps\"", "id=\"comparisons\"", "Runner-up");
  }

  @Test
  void clearWinnerIsDecided() throws IOException {
    assertThat(
            page(
                oneAxis(
                    rates("0.1", "0.01"),
                    new double[] {1, 1.1, 1.2, 1.3, 1.4, 1.5},
                    new double[] {10, 11, 12, 13, 14, 15})))
        .contains("is 0.1 times the runner-up’s, median over 6 paired seeds")
        .contains("leaves out that they are equal.")
        .contains("10 to 10")
        .contains(">decided<")
        .doesNotContain("no such interval covers", ">undecided<");
  }

  @Test
  void bestAtTheEndOfItsRangeIsPointedOut() throws IOException {
    assertThat(
            page(
                oneAxis(
                    rates("0.001", "0.1", "0.01"),
                    new double[] {3},
                    new double[] {1},
                    new double[] {2})))
        .contains("plan.learningRate = 0.1 is the highest of its values; the best may lie beyond");
  }

  @Test
  void allInfiniteHasNoBestAndSaysSo() throws IOException {
    assertThat(page(oneAxis(rates("0.1", "0.01"), new double[] {INF}, new double[] {INF})))
        .contains("2 finished; 2 finished runs of an infinite or undefined error-over-variance.")
        .contains("No configuration has a finite median of error-over-variance")
        .doesNotContain("Best by", "id=\"rates\"", "id=\"comparisons\"", "NaN");
  }

  @Test
  void nothingRunYetIsAPageToo() throws IOException {
    List<Run> runs = List.of(new Run("a", List.of("0.1"), 1, State.NOT_RUN, 0, Map.of(), ""));

    assertThat(page(TypicalSweeps.results("t", List.of(rates("0.1")), runs, Map.of())))
        .contains("1 run: 1 not run.", "No run has a score yet", "1 configuration without a score");
  }

  @Test
  void pausedConfigurationsAreShownAndNotRanked() throws IOException {
    Axis axis = rates("0.1", "0.01", "0.001");
    List<Run> runs = new ArrayList<>(oneAxis(axis, new double[] {2}, new double[] {1}).runs());
    runs.add(new Run("cut", List.of("0.001"), 0, State.PAUSED, 5, Map.of(METRIC, 0.1), "halved"));

    assertThat(page(TypicalSweeps.results("halving", List.of(axis), runs, Map.of())))
        .contains("3 configurations × 1 seed, 3 runs: 2 finished, 1 paused.")
        .contains("learningRate = 0.01: 1 (one seed)")
        .contains("1 configuration without a score for every seed")
        .contains("Pale, ending before the last axis: not ranked.");
  }

  @Test
  void negativeMetricIsShownByDifferences() throws IOException {
    assertThat(
            page(oneAxis(rates("0.1", "0.01"), new double[] {-1, -2, -3}, new double[] {1, 2, 3})))
        .contains("of the best minus the runner-up’s is -4", "minus the best");
  }

  @Test
  void textIsEscapedAndShortened() throws IOException {
    String value = "a<b>&\"c\"" + "x".repeat(200);
    Axis axis = new Axis("key", List.of(value, "other"), false, false);

    String page = page(oneAxis(axis, new double[] {1}, new double[] {2}));

    assertThat(page)
        .contains("a&lt;b&gt;&amp;&quot;c&quot;xxx")
        .doesNotContain("a<b>", "x".repeat(50));
    assertThat(Files.readString(temporary.resolve("runs.csv"))).contains("x".repeat(200));
  }

  @Test
  void pageNeedsNoOtherFileAndNoNetwork() throws IOException {
    assertThat(page(TypicalSweeps.grid()))
        .contains("src=\"data:image/png;base64,")
        .doesNotContain("http://", "https://", "<script", "<link");
  }
}
