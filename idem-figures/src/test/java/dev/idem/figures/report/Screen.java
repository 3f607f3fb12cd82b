package dev.idem.figures.report;

import static java.util.stream.Collectors.joining;
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

  /** Shows the page in a frame of each width; the title becomes six numbers for each. */
  private static final String FRAMES =
      """
      <!DOCTYPE html>
      <title>measuring</title>
      <script>
        const widths = [%s];
        const measured = [];
        const measure = index => {
          if (index === widths.length) {
            document.title = "measured " + measured.join(" ");
            return;
          }
          const frame = document.createElement("iframe");
          frame.style = `border: 0; width: ${widths[index]}px; height: 844px`;
          frame.addEventListener("load", () => {
            const page = frame.contentDocument;
            page.querySelectorAll("details").forEach(details => { details.open = true; });
            const smallest = Math.min(...[...page.querySelectorAll("p, li, dd, td, figcaption")]
                .map(element => parseFloat(getComputedStyle(element).fontSize)));
            const widest = Math.max(...[...page.images].map(image => image.clientWidth));
            const fitted = page.documentElement.scrollWidth;
            page.querySelectorAll("input").forEach(box => { box.checked = true; });
            const largest = Math.max(...[...page.images].map(image => image.clientWidth));
            measured.push(frame.contentWindow.innerWidth, fitted, smallest, widest,
                page.documentElement.scrollWidth, largest);
            measure(index + 1);
          });
          frame.src = "index.html";
          document.documentElement.append(frame);
        };
        measure(0);
      </script>
      """;

  private static final int NUMBERS = 6;

  private static final Pattern MEASURED = Pattern.compile("<title>measured ([\\d. ]+)</title>");

  private Screen() {}

  /**
   * Checks that the page in a folder fits screens of these widths and can be read on them; skips
   * the test without Chromium.
   *
   * @param picture the width of the widest picture in full
   */
  public static void check(Path folder, int picture, int... widths)
      throws IOException, InterruptedException {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "no Chromium on the PATH: " + NAMES);
    String list = Arrays.stream(widths).mapToObj(Integer::toString).collect(joining(", "));
    Path frames = Files.writeString(folder.resolve("frames.html"), FRAMES.formatted(list));

    Matcher measured = MEASURED.matcher(dom(chromium.get(), frames, folder));

    assertThat(measured.find()).as("the page was loaded and measured").isTrue();
    double[] numbers =
        Arrays.stream(measured.group(1).split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    assertThat(numbers).hasSize(NUMBERS * widths.length);
    for (int i = 0; i < widths.length; i++) {
      check(widths[i], picture, Arrays.copyOfRange(numbers, NUMBERS * i, NUMBERS * (i + 1)));
    }
  }

  private static void check(int width, int picture, double[] numbers) {
    String at = " at %s pixels".formatted(width);
    assertThat(numbers[0]).as("the frame's width" + at).isEqualTo(width);
    assertThat(numbers[1]).as("the page's width" + at).isLessThanOrEqualTo(width);
    assertThat(numbers[2]).as("the smallest text" + at).isGreaterThanOrEqualTo(12);
    assertThat(numbers[3]).as("the widest picture" + at).isBetween(200.0, (double) width);
    assertThat(numbers[4]).as("the page's width, pictures in full" + at).isLessThanOrEqualTo(width);
    assertThat(numbers[5]).as("the widest picture in full" + at).isEqualTo(picture);
  }

  private static String dom(Path chromium, Path frames, Path temporary)
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
                "--user-data-dir=" + temporary.resolve("profile"),
                "--window-size=1400,1000",
                "--virtual-time-budget=20000",
                "--dump-dom",
                frames.toUri().toString())
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
