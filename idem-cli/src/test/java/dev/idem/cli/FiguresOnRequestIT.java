package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures that {@code idem reproduce} draws only where they are named, at their smallest. */
class FiguresOnRequestIT {

  @TempDir Path temporary;

  @Tag("long")
  @Test
  void theAblationIsDrawnOnRequestAndSaysWhatCollapsed() throws IOException {
    Path out =
        Reproduction.into(
            temporary.resolve("ablation"), "generative-ablation", "--preset", "smoke");
    assertThat(Reproduction.text(out))
        .contains("id=\"generative-ablation\"")
        .doesNotContain("This figure failed");
    assertThat(out.resolve("generative-ablation/weight.svg")).isNotEmptyFile();
    assertThat(out.resolve("generative-ablation/methods.svg")).isNotEmptyFile();
    String runs = Files.readString(out.resolve("generative-ablation/runs.csv"));
    assertThat(runs)
        .contains(
            "COLLAPSED", "batch normalisation", "spectral noise", "tightness: none", "weight 1.0");
    // A few steps leave every generator at about one image, and nobody may take that for
    // diversity; all but the exact network, which starts as a projection.
    assertThat(runs.lines().filter(line -> line.contains(",diverse,")))
        .singleElement()
        .asString()
        .startsWith("reconstruction alone,exact network,");
  }

  @Test
  void theFrontIsDrawnOnRequest() throws IOException {
    Path out = front("front", "2");
    assertThat(Reproduction.text(out))
        .contains("id=\"front\"", "1 seed, no interval", "steps-timing.csv")
        .doesNotContain("This figure failed");
    assertThat(out.resolve("front/fronts.svg")).isNotEmptyFile();
    assertThat(out.resolve("front/runs.csv"))
        .content()
        .contains(
            "projection,substituted,1.0,1001,",
            "reconstruction-cnn,task alone,0.0,1001,",
            "projection,\"exact, turned\",0.0,1001,");
    assertThat(out.resolve("front/steps-timing.csv")).content().contains("denoising,linearizer,");
  }

  @Tag("long")
  @Test
  void theFrontHasTheSameNumbersWhateverTheThreads() throws IOException {
    assertThat(Reproduction.numbers(front("one", "1")))
        .isEqualTo(Reproduction.numbers(front("three", "3")));
  }

  private Path front(String folder, String threads) {
    return Reproduction.into(
        temporary.resolve(folder), "front", "--preset", "smoke", "--threads", threads);
  }
}
