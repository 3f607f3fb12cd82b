package dev.idem.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.figures.report.Report.ClaimRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

  private final Path temporary;

  ReportWriterTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  private record Named(String title) implements Figure {
    @Override
    public String paperShows() {
      return "f(x) < 1 & more";
    }

    @Override
    public String ourSetting() {
      return "ours";
    }

    @Override
    public FigureResult draw(FigureContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static ClaimRow measured(Claim claim, Finding... findings) {
    Map<Aspect, Finding> found = new EnumMap<>(Aspect.class);
    for (Finding finding : findings) {
      found.put(finding.aspect(), finding);
    }
    return new ClaimRow(
        claim, found, Optional.of("good"), "./idem reproduce good --preset quick --seed 1");
  }

  private static List<ClaimRow> claims() {
    Claim fast = Claim.ofPaper("Fast", "f < g", "below 1", Map.of());
    Claim cheap =
        Claim.ofPaper("Cheap", "no cost", "a <ratio>", Map.of(Aspect.MAPS, "cost has no <map>"))
            .timed();
    Claim test = Claim.of("Test", "it holds", "always");
    return List.of(
        measured(
            fast,
            new Finding(fast, Aspect.AS_PUBLISHED, "two & more", "0.5 <half>", Verdict.REPRODUCED),
            new Finding(fast, Aspect.EQUAL_SCALE, "two & more", "1.5", Verdict.NOT_REPRODUCED),
            new Finding(fast, Aspect.MAPS, "two & more", "0.9", Verdict.NOT_REPRODUCED)),
        measured(cheap, new Finding(cheap, "one thread", "0.8", Verdict.IN_PART)),
        new ClaimRow(
            Claim.ofPaper("Large", "it grows", "above 1", Map.of()).timed(),
            Map.of(),
            Optional.empty(),
            "./idem reproduce large --preset quick --seed 1"),
        measured(test, new Finding(test, "a test", "all", Verdict.REPRODUCED)));
  }

  private String page() throws IOException {
    return page("quick");
  }

  private String page(String preset) throws IOException {
    Chart chart =
        Chart.of("c", Axis.linear("x"), Axis.linear("y"))
            .line("l", Style.FIRST, List.of(new Point(0, 0), new Point(1, 1)))
            .build();
    FigureResult result =
        new FigureResult(
            List.of(
                new Drawing("d", "a \"caption\"", ChartGrid.single(200, 160, chart)),
                new Drawing("e", "another", ChartGrid.single(200, 160, chart))),
            List.of(
                Table.shown(
                    "t",
                    "numbers",
                    List.of(
                        List.<Object>of("small", 1.234e-7),
                        List.<Object>of("plain", 12.345),
                        List.<Object>of("infinite", Double.POSITIVE_INFINITY),
                        List.<Object>of("undefined", Double.NaN),
                        List.<Object>of("whole", 7)),
                    List.of(
                        new Column<>("name", row -> row.get(0)),
                        new Column<>("value", row -> row.get(1)))),
                Table.filed("long", "not shown", List.of(), List.of(new Column<>("n", n -> n)))),
            List.of("measured <so>", "second", "third", "fourth", "fifth", "sixth"));
    Report report =
        new Report(
            "./idem reproduce",
            claims(),
            List.of(
                new Report.Entry(
                    "good",
                    new Named("Good & true"),
                    "./idem reproduce good --preset quick --seed 1",
                    Optional.of(result),
                    Optional.empty(),
                    1.5),
                new Report.Entry(
                    "bad",
                    new Named("Bad"),
                    "./idem reproduce bad --preset quick --seed 1",
                    Optional.empty(),
                    Optional.of("it <broke>"),
                    0.1)),
            Map.of("seed", "1", "preset", preset),
            Map.of("Java", "17"));
    ReportWriter.write(report, OutputFolder.open(temporary));
    return Files.readString(temporary.resolve(ReportWriter.PAGE));
  }

  @Test
  void textIsEscaped() throws IOException {
    assertThat(page())
        .contains("Good &amp; true", "f(x) &lt; 1 &amp; more", "measured &lt;so&gt;")
        .contains("it &lt;broke&gt;")
        .doesNotContain("<broke>", "<so>");
  }

  @Test
  void claimsComeFirstWithVerdictRuleAndCommand() throws IOException {
    assertThat(page())
        .contains("f &lt; g", "two &amp; more", "0.5 &lt;half&gt;", "a &lt;ratio&gt;")
        .contains("<span class=\"verdict in-part\">in part</span>")
        .contains("<span class=\"verdict not-measured\">not measured</span>")
        .contains("<code>./idem reproduce large --preset quick --seed 1</code>");
    assertThat(page().indexOf("id=\"claims\"")).isLessThan(page().indexOf("id=\"good\""));
  }

  @Test
  void eachAspectHasItsOwnVerdictAndOneThatDoesNotApplyADashWithTheReason() throws IOException {
    assertThat(page())
        .containsSubsequence(
            "<th scope=\"col\">as published</th>",
            "<th scope=\"col\">at equal scale</th>",
            "<th scope=\"col\">what the maps became</th>",
            "<td data-label=\"as published\"><span class=\"verdict reproduced\">reproduced</span>",
            "0.5 &lt;half&gt;",
            "<td data-label=\"at equal scale\"><span class=\"verdict not-reproduced\">",
            "1.5",
            "<td data-label=\"what the maps became\"><span class=\"verdict not-reproduced\">",
            "0.9",
            "<strong>Cheap.</strong>",
            "<span class=\"without\">– cost has no &lt;map&gt;</span>",
            "Further tests",
            "<strong>Test.</strong>",
            "<td data-label=\"measured\"><span class=\"verdict reproduced\">");
  }

  @Test
  void smokeShowsItsVerdictsWithoutColour() throws IOException {
    assertThat(page("smoke"))
        .contains("Preset smoke decides nothing")
        .contains("<span class=\"verdict undecided\">reproduced</span>")
        .contains("<span class=\"verdict undecided\">not measured</span>")
        .doesNotContainPattern("class=\"verdict (?!undecided)");
    assertThat(page()).doesNotContain("Preset smoke", "verdict undecided");
  }

  @Test
  void figureOpensWithFiveSentencesAndOneDrawingAndFoldsTheRest() throws IOException {
    String page = page();
    String figure = page.substring(page.indexOf("id=\"good\""), page.indexOf("id=\"bad\""));
    String open = figure.substring(0, figure.indexOf("<details>"));
    String folded = figure.substring(open.length(), figure.indexOf("</details>"));
    assertThat(open).contains("measured &lt;so&gt;", "fifth", "good/d.svg");
    assertThat(open).doesNotContain("sixth", "good/e.svg", "<table", "<dl>");
    assertThat(folded)
        .contains("<summary>", "sixth", "good/e.svg", "<table", "good/long.csv", "Our setting");
    assertThat(open.split("<img", -1)).hasSize(2);
  }

  @Test
  void onlyMeasuredWallTimesAreMarkedAsSuch() throws IOException {
    assertThat(page())
        .containsOnlyOnce("no cost <em>Wall times")
        .containsOnlyOnce("<em>Wall times");
  }

  @Test
  void figuresAndTablesSayWhatMakesThemAgain() throws IOException {
    assertThat(page())
        .contains("<dd><code>./idem reproduce bad --preset quick --seed 1</code></dd>")
        .contains("<figcaption>numbers <a href=\"good/t.csv\">good/t.csv</a></figcaption>");
  }

  @Test
  void failedFigureStandsBesideTheOthers() throws IOException {
    assertThat(page())
        .containsOnlyOnce("This figure failed:")
        .contains("id=\"good\"", "id=\"bad\"");
  }

  @Test
  void pageNeedsNoOtherFileAndNoNetwork() throws IOException {
    assertThat(page())
        .contains("src=\"data:image/png;base64,")
        .doesNotContain("http://", "https://", "<script", "<link");
  }

  @Test
  void linksLeadToTheFilesOfEachFigure() throws IOException {
    assertThat(page())
        .contains("href=\"good/d.svg\"", "href=\"good/t.csv\"", "href=\"good/long.csv\"");
  }

  @Test
  void numbersAreShortenedAndTheUndefinedIsADash() throws IOException {
    assertThat(page())
        .contains(">1.23e-7<", ">12.3<", ">∞<", ">–<", ">7<")
        .doesNotContain("1.234E-7", "NaN", "Infinity");
  }
}
