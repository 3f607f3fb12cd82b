package dev.idem.figures.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.figures.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page says of runs that did not go well. */
class RunReportTest {

  @TempDir Path folder;

  private String page(Measurements evaluations) throws IOException {
    TypicalRun.report(Measurements.none(), evaluations, List.of(), Optional.empty())
        .write(OutputFolder.open(folder));
    return TypicalRun.page(folder);
  }

  @Test
  void whatWasNotMeasuredIsNotShown() throws IOException {
    assertThat(page(Measurements.read(folder.resolve("metrics.csv"))))
        .contains("Nothing has been measured yet.")
        .doesNotContain("id=\"metrics\"", "data:image");
  }

  @Test
  void oneEvaluationIsAMark() throws IOException {
    assertThat(page(TypicalRun.evaluations(folder, "0,0.5,2")))
        .contains(
            "On held-out samples at 1 evaluation, the last after step 0.",
            "<td>power</td><td class=\"number\">2</td>",
            "alt=\"Mean of f(x)².\"",
            "alt=\"idempotency-error on held-out samples.\"");
  }

  @Test
  void numbersThatAreNotFiniteAreGaps() throws IOException {
    assertThat(page(TypicalRun.evaluations(folder, "0,0.5,NaN", "10,Infinity,NaN")))
        .contains(
            "<td>idempotency-error</td><td class=\"number\">∞</td><td class=\"number\">0.5</td>",
            "<td>power</td><td class=\"number\">–</td><td class=\"number\">–</td>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20,0.5", "20,0.5,high", "20,0.5,1,2", "20,\"0.5,1"})
  void aDamagedFileIsShownAsFarAsItIsWhole(String damaged) throws IOException {
    assertThat(page(TypicalRun.evaluations(folder, "0,0.5,1", "10,0.25,1", damaged)))
        .contains(
            "metrics.csv is damaged after line 3; what precedes is shown.",
            "at 2 evaluations, the last after step 10.");
  }

  @Test
  void soIsOneThatIsNoText() throws IOException {
    Path file = folder.resolve("metrics.csv");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThat(page(Measurements.read(file)))
        .contains("metrics.csv is damaged after line 1", "Nothing has been measured yet.");
  }

  @Test
  void manyStepsBecomeFewPoints() throws IOException {
    Measurements steps = TypicalRun.steps(folder);
    Track loss = steps.columns().get("reconstruction");
    assertThat(steps.lastStep()).isEqualTo(4_999);
    assertThat(loss.means()).hasSizeBetween(300, 600);
    assertThat(loss.rowsPerPoint()).isEqualTo(16);
    assertThat(loss.means().get(0).x()).isEqualTo(7.5);
    assertThat(loss.means().get(0).y()).isBetween(loss.lows().get(0).y(), loss.highs().get(0).y());
  }

  @Test
  void aPageThatCannotBeWrittenIsAnIoException() {
    OutputFolder missing = new OutputFolder(folder.resolve("missing"));
    assertThatThrownBy(
            () ->
                TypicalRun.report(
                        Measurements.none(), Measurements.none(), List.of(), Optional.empty())
                    .write(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("index.html could not be written");
  }
}
