package dev.idem.figures.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.OutputFolder;
import dev.idem.figures.report.Html;
import dev.idem.figures.report.Page;
import dev.idem.figures.report.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** The page of a large sweep: valid, fit for a phone, not too large to send. */
class SweepPageIT {

  private static final int MOST_BYTES = 8_000_000;

  /** The width of the widest picture, of six axes. */
  private static final int PARALLEL = 932;

  @TempDir static Path temporary = Path.of("");

  private static SweepResults results = TypicalSweeps.random();
  private static String page = "";

  @BeforeAll
  static void writeReport() throws IOException {
    SweepReport.write(results, OutputFolder.open(temporary));
    page = Files.readString(temporary.resolve(Page.NAME));
  }

  @Test
  void pageIsValidHtml() throws IOException, SAXException {
    assertThat(Html.problems(page)).isEmpty();
  }

  @Test
  void pageIsSmallEnoughToSend() {
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(MOST_BYTES);
  }

  @Test
  void pageFitsScreensAndCanBeRead() throws IOException, InterruptedException {
    Screen.check(temporary, PARALLEL, 320, 390, 768, 1280);
  }
}
