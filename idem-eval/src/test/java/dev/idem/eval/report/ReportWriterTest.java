package dev.idem.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.eval.chart.Axis;
import dev.idem.eval.chart.Chart;
import dev.idem.eval.chart.ChartGrid;
import dev.idem.eval.chart.Point;
import dev.idem.eval.chart.Style;
import dev.idem.eval.figure.Drawing;
import dev.idem.eval.figure.Figure;
import dev.idem.eval.figure.FigureContext;
import dev.idem.eval.figure.FigureResult;
import dev.idem.eval.figure.OutputFolder;
import dev.idem.eval.figure.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private String page() throws IOException {
    Chart chart =
        Chart.of("c", Axis.linear("x"), Axis.linear("y"))
            .line("l", Style.FIRST, List.of(new Point(0, 0), new Point(1, 1)))
            .build();
    FigureResult result =
        new FigureResult(
            List.of(new Drawing("d", "a \"caption\"", ChartGrid.single(200, 160, chart))),
            List.of(
                Table.shown(
                    "t",
                    "numbers",
                    List.of("name", "value"),
                    List.of(
                        List.of("small", 1.234e-7),
                        List.of("plain", 12.345),
                        List.of("infinite", Double.POSITIVE_INFINITY),
                        List.of("undefined", Double.NaN),
                        List.of("whole", 7))),
                Table.filed("long", "not shown", List.of("n"), List.of())),
            List.of("measured <so>"));
    Report report =
        new Report(
            "./idem reproduce",
            List.of(
                new Report.Entry(
                    "good", new Named("Good & true"), Optional.of(result), Optional.empty(), 1.5),
                new Report.Entry(
                    "bad", new Named("Bad"), Optional.empty(), Optional.of("it <broke>"), 0.1)),
            Map.of("seed", "1"),
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
        .contains(">1.2e-07<", ">12.3<", ">∞<", ">–<", ">7<")
        .doesNotContain("1.234E-7", "NaN", "Infinity");
  }
}
