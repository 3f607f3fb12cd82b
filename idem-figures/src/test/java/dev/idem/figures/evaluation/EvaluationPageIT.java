package dev.idem.figures.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.eval.evaluation.EvaluationComparison;
import dev.idem.eval.evaluation.EvaluationResult;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.evaluation.EvaluationResult.SampleValues;
import dev.idem.figures.FigureResult;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import dev.idem.figures.evaluation.EvaluationCard.Subject;
import dev.idem.figures.report.Html;
import dev.idem.figures.report.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** The pages of an evaluation and of a comparison: valid, every word escaped. */
class EvaluationPageIT {

  private static final String HOSTILE = "<script>";

  /** Widths of the widest drawings of the two pages. */
  private static final int DRAWING = 680;

  private static final int CHART = 468;

  @TempDir Path temporary;

  private static Entry entry(
      Section section, String metric, String input, int k, @Nullable Double value) {
    return new Entry(
        section,
        metric,
        input,
        k,
        value,
        0.1,
        0.9,
        section == Section.DISTRIBUTION ? 0.2 : null,
        section == Section.DISTRIBUTION ? 0.5 : null,
        null,
        "lower",
        "biased by " + HOSTILE,
        value == null ? List.of("too few " + HOSTILE) : List.of(),
        List.of());
  }

  private static EvaluationFolder evaluation(OutputFolder folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    entries.add(entry(Section.IDEMPOTENCY, "error", "z", 1, 0.123456));
    for (int k = 0; k < 3; k++) {
      entries.add(entry(Section.DISTRIBUTION, "Frechet distance", "z", k, 1.0 / (k + 1)));
      entries.add(entry(Section.RESTORATION, "PSNR (dB)", "mask", k, Double.NaN));
    }
    entries.add(entry(Section.DISTRIBUTION, "recall", "z", 1, null));
    return EvaluationFolder.write(
        folder,
        new Subject(HOSTILE, "ab12cd34ef56ab12"),
        new Conditions("generator", HOSTILE, "cd34", 200, 1, "pixels"),
        Map.of("z", "ef56"),
        Map.of("engine", HOSTILE),
        new EvaluationResult(entries, new SampleValues(Map.of()), List.of("a note on " + HOSTILE)));
  }

  private static void assertValid(String page) throws IOException, SAXException {
    assertThat(Html.problems(page)).isEmpty();
    assertThat(page).doesNotContain(HOSTILE).contains("&lt;script&gt;");
  }

  @Test
  void anEvaluationShowsItsDrawingsTablesNotesAndCommands()
      throws IOException, InterruptedException, SAXException {
    OutputFolder folder = OutputFolder.open(temporary);
    EvaluationCard card = evaluation(folder).card();
    new FigureResult(
            Stream.of(Section.DISTRIBUTION, Section.RESTORATION)
                .flatMap(section -> EvaluationFigures.metrics(section, card.entries()).stream())
                .toList(),
            List.of(),
            List.of())
        .write(folder);
    EvaluationPage.write(card, Map.of("Compare:", "./idem compare " + HOSTILE), folder);
    String page = Files.readString(temporary.resolve("index.html"));
    assertValid(page);
    assertThat(page.split("data:image/png", -1)).as("two drawings").hasSize(3);
    assertThat(page)
        .contains("<td>0.123 [0.100, 0.900]</td>", "withheld", "(1) too few", "NaN")
        .doesNotContain("id=\"samples\"");
    Screen.check(temporary, DRAWING, 390, 1280);
  }

  @Test
  void aComparisonHasAChartForEachMetricOverK()
      throws IOException, InterruptedException, SAXException {
    OutputFolder folder = OutputFolder.open(temporary);
    EvaluationFolder one = evaluation(folder);
    EvaluationComparison comparison =
        EvaluationComparison.of(List.of(one.result(), one.result()), (run, input) -> true, 1);
    EvaluationPage.writeComparison(
        List.of("a", HOSTILE),
        List.of(one.card(), one.card()),
        comparison,
        Map.of("Compare:", "./idem compare a"),
        folder);
    String page = Files.readString(temporary.resolve("index.html"));
    assertValid(page);
    assertThat(page)
        .contains(
            "<dt>run 2</dt><dd>&lt;script&gt; (SHA-256 ab12cd34ef56...)</dd>",
            "alt=\"Frechet distance of z, with 95 % intervals.\"",
            "intervals overlap")
        .doesNotContain("alt=\"PSNR");
    Screen.check(temporary, CHART, 390, 1280);
  }
}
