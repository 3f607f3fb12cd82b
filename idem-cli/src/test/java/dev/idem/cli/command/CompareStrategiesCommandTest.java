package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code idem compare-strategies} refuses, before anything is trained. */
class CompareStrategiesCommandTest {

  @TempDir Path temporary;

  private static final Map<List<String>, String> REFUSED =
      Map.of(
          List.of("--task", "sortin"),
          "unknown task 'sortin'; did you mean 'sorting'? Known: sorting, denoising, compression,"
              + " projection, tabular",
          List.of("--task", "sorting", "--strategy", "cubic"),
          "unknown strategy 'cubic'",
          List.of("--task", "sorting", "--network", "mlpp"),
          "unknown network 'mlpp'; did you mean 'mlp'?",
          List.of("--task", "sorting", "--network", "cnn"),
          "network 'cnn' fits no setting of 'sorting': it maps [28, 28, 1] to [28, 28, 1], and the"
              + " settings take [4], [8], [16]",
          List.of("--task", "sorting", "--preset", "fast"),
          "unknown preset 'fast'",
          List.of("--task", "sorting", "--threads", "0"),
          "--threads (0) must be positive",
          List.of("--task", "sorting", "--data", "images:."),
          "task 'sorting' takes no images; denoising and compression do",
          List.of("--task", "denoising", "--data", "table:rows.csv"),
          "task 'denoising' takes no table; tabular does",
          List.of("--task", "tabular", "--data", "table:no-such.csv"),
          "no-such.csv",
          List.of("--task", "tabular", "--label", "class"),
          "--label applies to --data table:... alone");

  @Test
  void aMistakeIsNamedInALineBeforeAnythingIsTrained() {
    REFUSED.forEach(
        (options, message) -> {
          String[] arguments =
              Stream.concat(
                      Stream.of("compare-strategies", "--out", temporary.resolve("out").toString()),
                      options.stream())
                  .toArray(String[]::new);
          Console refused = Console.run(arguments);
          assertThat(refused.exitCode()).as(refused.all()).isNotZero();
          assertThat(refused.err()).contains(message).doesNotContain("\tat ");
        });
  }
}
