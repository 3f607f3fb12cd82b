package dev.idem.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.explore.Explorer.Explored;
import dev.idem.generative.model.GeneratorModel;
import dev.idem.tf.engine.TensorFlowEngine;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The explorer's page in Chromium; skipped where that, or its driver, is not installed. */
class ExplorerPageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Explorer explorer;
  private static ChromeDriver browser;

  @BeforeAll
  static void open(@TempDir Path profile) throws IOException {
    Optional<Path> chromium = program("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = program("chromedriver");
    assumeTrue(chromium.isPresent() && driver.isPresent(), "no Chromium with chromedriver");
    TensorFlowEngine engine = new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));
    GeneratorModel model = Explorer.includedModel();
    explorer =
        Explorer.start(
            List.of(Explored.open("first", model, engine), Explored.open("second", model, engine)),
            InetAddress.getLoopbackAddress(),
            0);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(driver.get().toFile()).build(),
            options);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
    if (explorer != null) {
      explorer.close();
    }
  }

  private static Optional<Path> program(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void drawsADigitDegradesItAndShowsItsIterates() throws IOException {
    show(1_280);

    WebElement canvas = browser.findElement(By.id("drawing"));
    String blank = image("projections", 1);
    new Actions(browser)
        .moveToElement(canvas, -40, -80)
        .clickAndHold()
        .moveByOffset(80, 0)
        .moveByOffset(-50, 160)
        .release()
        .perform();

    waitFor(() -> !image("projections", 1).equals(blank));
    String plain = image("projections", 0);
    assertThat(browser.findElements(By.cssSelector("#projections .model"))).hasSize(2);
    assertThat(moved("projections")).allSatisfy(text -> assertThat(text).startsWith("moved "));

    new Select(browser.findElement(By.id("degradation"))).selectByValue("mask");
    waitFor(() -> !image("projections", 0).equals(plain));
    String masked = image("projections", 0);
    slide("amount", "0.9");
    waitFor(() -> !image("projections", 0).equals(masked));
    assertThat(browser.findElement(By.id("amount-value")).getText()).isEqualTo("0.90");
    assertThat(problem()).isEmpty();
    save("drawn");
  }

  @Test
  void interpolatesWithASlider() {
    show(1_280);

    String at0 = image("interpolations", 1);
    slide("between", "0.5");
    waitFor(() -> !image("interpolations", 1).equals(at0));
    slide("between", "0");
    waitFor(() -> image("interpolations", 1).equals(at0));
    browser.findElement(By.id("noises")).click();
    waitFor(() -> !image("interpolations", 1).equals(at0));
    assertThat(problem()).isEmpty();
  }

  @Test
  void takesATestDigitAndAnImageFile(@TempDir Path folder) throws IOException {
    show(1_280);

    String blank = image("projections", 0);
    browser.findElement(By.id("example")).click();
    waitFor(() -> !image("projections", 0).equals(blank));
    String digit = image("projections", 0);
    Path file = Files.write(folder.resolve("image.png"), browser.getScreenshotAs(OutputType.BYTES));
    browser.findElement(By.id("file")).sendKeys(file.toString());
    waitFor(() -> !image("projections", 0).equals(digit));
    assertThat(problem()).isEmpty();

    Path text = Files.writeString(folder.resolve("notes.txt"), "no image");
    browser.findElement(By.id("file")).sendKeys(text.toString());
    waitFor(() -> !problem().isEmpty());
    assertThat(problem()).isEqualTo("the file is neither JPEG nor PNG, whatever its name");
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1_280})
  void fitsTheScreen(int width) throws IOException {
    show(width);

    assertThat(number("return document.documentElement.clientWidth")).isEqualTo(width);
    assertThat(number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    assertThat(
            number(
                "return Math.min(...[...document.querySelectorAll('p, figcaption, button, label')]"
                    + ".map(e => parseFloat(getComputedStyle(e).fontSize)))"))
        .isGreaterThanOrEqualTo(12);
    save("page-" + width);
  }

  /** Opens the page anew, in a window of that width, and waits for its first images. */
  private static void show(int width) {
    browser.manage().window().setSize(new Dimension(width, 1_400));
    // A window is not narrower than 500 pixels; what the page sees may be.
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 1_400, "deviceScaleFactor", 1, "mobile", false));
    browser.get(explorer.uri().toString());
    waitFor(() -> image("projections", 3) != null && image("interpolations", 3) != null);
  }

  private static void waitFor(BooleanSupplier condition) {
    new WebDriverWait(browser, PATIENCE).until(page -> condition.getAsBoolean());
  }

  private static String image(String results, int iterate) {
    List<WebElement> images = browser.findElements(By.cssSelector("#" + results + " img"));
    return images.size() <= iterate ? null : images.get(iterate).getDomAttribute("src");
  }

  private static List<String> moved(String results) {
    return browser
        .findElements(By.cssSelector("#" + results + " figure:not(:first-child) .moved"))
        .stream()
        .map(WebElement::getText)
        .toList();
  }

  private static String problem() {
    return browser.findElement(By.id("problem")).getText();
  }

  private static void slide(String slider, String value) {
    ((JavascriptExecutor) browser)
        .executeScript(
            "const slider = document.getElementById(arguments[0]); slider.value = arguments[1];"
                + " slider.dispatchEvent(new Event('input'));",
            slider,
            value);
  }

  private static long number(String script) {
    return ((Number) browser.executeScript(script)).longValue();
  }

  /** For whoever wants to look at it. */
  private static void save(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "screens"));
    Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
