package dev.idem.figures.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Chromium. Its window cannot be as narrow as a phone, so the page is looked at through a
 * frame of that width.
 */
public final class Screen {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private static final String FRAME =
      """
      <!DOCTYPE html>
      <title>measuring</title>
      <iframe id="frame" src="index.html" style="border: 0; width: %spx; height: 844px"></iframe>
      <script>
        const frame = document.getElementById("frame");
        frame.addEventListener("load", () => {
          const page = frame.contentDocument;
          page.querySelectorAll("details").forEach(details => { details.open = true; });
          const smallest = Math.min(...[...page.querySelectorAll("p, li, dd, td, figcaption")]
              .map(element => parseFloat(getComputedStyle(element).fontSize)));
          const widest = Math.max(...[...page.images].map(image => image.clientWidth));
          const fitted = page.documentElement.scrollWidth;
          page.querySelectorAll("input").forEach(box => { box.checked = true; });
          const largest = Math.max(...[...page.images].map(image => image.clientWidth));
          document.title = ["measured", frame.contentWindow.innerWidth, fitted, smallest, widest,
              page.documentElement.scrollWidth, largest].join(" ");
        });
      </script>
      """;

  private static final Pattern MEASURED =
      Pattern.compile("<title>measured (\\d+) (\\d+) ([\\d.]+) (\\d+) (\\d+) (\\d+)</title>");

  private Screen() {}

  /**
   * Checks that the page in a folder fits a screen and can be read; skips the test without
   * Chromium.
   *
   * @param picture the width of the widest picture in full
   */
  public static void check(Path folder, int width, int picture)
      throws IOException, InterruptedException {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "no Chromium on the PATH: " + NAMES);
    Path frame = Files.writeString(folder.resolve("frame.html"), FRAME.formatted(width));

    Matcher measured = MEASURED.matcher(dom(chromium.get(), frame, folder, "profile-" + width));

    assertThat(measured.find()).as("the page was loaded and measured").isTrue();
    assertThat(number(measured, 1)).as("the frame's width").isEqualTo(width);
    assertThat(number(measured, 2)).as("the page's width").isLessThanOrEqualTo(width);
    assertThat(number(measured, 3)).as("the smallest text").isGreaterThanOrEqualTo(12);
    assertThat(number(measured, 4)).as("the widest picture").isBetween(200.0, (double) width);
    assertThat(number(measured, 5))
        .as("the page's width, pictures in full")
        .isLessThanOrEqualTo(width);
    assertThat(number(measured, 6)).as("the widest picture in full").isEqualTo(picture);
  }

  private static double number(Matcher measured, int group) {
    return Double.parseDouble(measured.group(group));
  }

  private static String dom(Path chromium, Path frame, Path temporary, String profile)
      throws IOException, InterruptedException {
    Path output = temporary.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--allow-file-access-from-files",
                "--user-data-dir=" + temporary.resolve(profile),
                "--window-size=1400,1000",
                "--virtual-time-budget=20000",
                "--dump-dom",
                frame.toUri().toString())
            .redirectOutput(output.toFile())
            .redirectError(temporary.resolve("errors.txt").toFile())
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return Files.readString(output);
  }

  /** Chromium, if it is on the path. */
  public static Optional<Path> chromium() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
