package dev.idem.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** The page as a document: valid, self-contained, not too large to send, readable in Chromium. */
class ReportPageIT {

  private static final int MOST_BYTES = 8_000_000;

  /** That of the widest of {@link TypicalReport}. */
  private static final int PICTURE_WIDTH = 4 * 270;

  @TempDir static Path temporary = Path.of("");

  private static String page = "";

  @BeforeAll
  static void writeReport() throws IOException {
    page = Files.readString(TypicalReport.write(temporary));
  }

  @Test
  void pageIsValidHtml() throws IOException, SAXException {
    assertThat(Html.problems(page)).isEmpty();
  }

  @Test
  void checkerFindsWhatIsWrong() throws IOException, SAXException {
    assertThat(Html.problems(page.replaceFirst("alt=\"[^\"]*\"", "")))
        .singleElement()
        .asString()
        .contains("error", "alt");
    assertThat(Html.problems(page.replaceFirst("<h3>", "<h3><table>"))).isNotEmpty();
  }

  @Test
  void pageLoadsNothing() {
    Pattern loading = Pattern.compile("\\s(?:src|srcset|poster|data|action)=\"([^\"]{0,40})");
    assertThat(loading.matcher(page).results().map(found -> found.group(1)))
        .hasSize(18)
        .allMatch(source -> source.startsWith("data:image/png;base64,"));
    assertThat(page).doesNotContain("http:", "https:", "<script", "<link", "<iframe", "@import");
    assertThat(page).doesNotContainPattern("url\\(");
  }

  @Test
  void linksStayOnThePageOrInItsFolder() {
    Pattern links = Pattern.compile("\\shref=\"([^\"]*)\"");
    assertThat(links.matcher(page).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(target -> target.matches("#[a-z-]+|[a-z-]+/[a-z0-9-]+\\.(svg|csv)"));
  }

  @Test
  void pageIsSmallEnoughToSend() {
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isBetween(1_000_000, MOST_BYTES);
  }

  @Test
  void headingsDescendByOneLevel() {
    List<Integer> levels =
        Pattern.compile("<h([1-6])>")
            .matcher(page)
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .toList();
    assertThat(levels).startsWith(1).containsOnlyOnce(1);
    for (int i = 1; i < levels.size(); i++) {
      assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
    }
  }

  @Test
  void pageFitsScreensAndCanBeRead() throws IOException, InterruptedException {
    Screen.check(temporary, PICTURE_WIDTH, 320, 390, 768, 1280);
  }
}
