package dev.idem.figures.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.OutputFolder;
import dev.idem.figures.report.Html;
import dev.idem.figures.report.Screen;
import dev.idem.figures.run.SeedsReport.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** The page of a long run with large images: valid, fit for a phone, not too large to send. */
class RunPageIT {

  private static final int MOST_BYTES = 8_000_000;

  /** The images have these pixels, and are halved until they fit. */
  private static final int PIXELS = 700;

  private static final int CHART = 468;

  @TempDir static Path temporary = Path.of("");

  private static String page = "";
  private static String words = "";

  @BeforeAll
  static void writeReport() throws IOException {
    byte[] image = TypicalRun.noise(PIXELS, PIXELS);
    TypicalRun.report(
            TypicalRun.steps(temporary),
            TypicalRun.evaluations(temporary, "0,0.5,NaN", "2500,0.01,Infinity", "5000,0.001,1"),
            TypicalRun.snapshots(image),
            Optional.of(image))
        .write(OutputFolder.open(temporary));
    page = TypicalRun.page(temporary);
    words = page.replaceAll("data:image/png;base64,[^\"]*", "");
  }

  @Test
  void pageIsValidHtml() throws IOException, SAXException {
    assertThat(Html.problems(page)).isEmpty();
  }

  @Test
  void pageOfSeedsIsValidHtmlAndFitsScreens()
      throws IOException, InterruptedException, SAXException {
    Path folder = Files.createDirectory(temporary.resolve("seeds"));
    Measurements evaluations = TypicalRun.evaluations(folder, "0,0.5,1", "10,0.01,2");
    new SeedsReport(
            "Runs " + TypicalRun.HOSTILE,
            Map.of("method", TypicalRun.HOSTILE),
            List.of(
                new Seed("seed 1", "seed-1/index.html", "completed, healthy", evaluations),
                new Seed("seed 2", "seed-2/index.html", "not ended", Measurements.none())),
            Map.of(),
            TypicalRun.HOSTILE,
            Map.of("Continue the runs:", TypicalRun.HOSTILE))
        .write(OutputFolder.open(folder));
    String seeds = TypicalRun.page(folder);
    assertThat(Html.problems(seeds)).isEmpty();
    assertThat(seeds)
        .contains("<td>seed 2</td><td class=\"number\">–</td>")
        .doesNotContain(TypicalRun.HOSTILE);
    Screen.check(folder, CHART, 390, 1280);
  }

  @Test
  void wordsAreEscaped() {
    assertThat(words)
        .doesNotContain("<script")
        .contains("&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;");
  }

  @Test
  void imagesAreMadeSmallEnoughToSend() {
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isBetween(MOST_BYTES / 4, MOST_BYTES);
  }

  @Test
  void samplesAreShownFromUntrainedToTrained() {
    assertThat(words)
        .containsSubsequence(
            "Samples through training",
            "alt=\"Untrained.\"",
            "alt=\"After 1,000 steps.\"",
            "alt=\"After 5,000 steps.\"",
            "<h2>Projections through training</h2>");
  }

  @Test
  void pageFitsScreensAndCanBeRead() throws IOException, InterruptedException {
    Screen.check(temporary, CHART, 390, 1280);
  }
}
