package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures that {@code idem reproduce} draws only where they are named, at their smallest. */
class FiguresOnRequestIT {

  @TempDir Path temporary;

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
  void theFrontIsDrawnOnRequestWithTheSameNumbersWhateverTheThreads() throws IOException {
    Path out =
        Reproduction.into(
            temporary.resolve("front"), "front", "--preset", "smoke", "--threads", "1");
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
    assertThat(
            Reproduction.numbers(
                Reproduction.into(
                    temporary.resolve("again"), "front", "--preset", "smoke", "--threads", "3")))
        .isEqualTo(Reproduction.numbers(out));
  }
}
