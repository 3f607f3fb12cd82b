package dev.idem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {

  @Test
  void comparesAndWritesTablesAndFigures(@TempDir Path out) throws Exception {
    int code =
        Bench.run(
            "compare",
            "--net",
            "mlp_64",
            "--rounds",
            "1",
            "--seconds",
            "0.05",
            "--threads",
            "1",
            "--out",
            out.toString());

    assertThat(code).isZero();
    assertThat(out.resolve("ratios.png")).isNotEmptyFile();
    assertThat(out.resolve("roofline.png")).isNotEmptyFile();
    assertThat(Files.readAllLines(out.resolve("steps-timing.csv")))
        .hasSize(4)
        .element(3)
        .asString()
        .startsWith("MLP 64-256-256-64,substituted,128,1,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "compare --out x --rounds 0; --rounds (0) must be at least 1",
        "compare --out x --threads 1,0; --threads ([1, 0]) must be positive",
        "compare --out x --net mlp; Invalid value for option '--net'",
        "compare; Missing required option: '--out=DIR'",
        "growth --seconds 0; --seconds (0.0) must be positive",
        "profile --top 0; --top (0) must be at least 1",
        "profil; Unmatched argument at index 0: 'profil'"
      })
  void refusesBadInput(String line, String message) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThat(Bench.run(line.split(" "))).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
  }

  @Test
  void anExponentIsTheSlopeOfTheLogarithms() {
    assertThat(GrowthCommand.exponent(List.of(3.0, 6.0, 12.0, 24.0, 48.0)))
        .isEqualTo(1, within(1e-12));
    assertThat(GrowthCommand.exponent(List.of(2.0, 8.0, 32.0, 128.0, 512.0)))
        .isEqualTo(2, within(1e-12));
    assertThat(GrowthCommand.exponent(List.of(5.0, 5.0, 5.0, 5.0, 5.0)))
        .isEqualTo(0, within(1e-12));
  }
}
