package dev.idem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.cli.Console;
import dev.idem.runs.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryCommandTest {

  @TempDir private Path folder;

  private static String summary(String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "summary";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    Console console = Console.run(words);
    assertThat(console.exitCode()).as(console.all()).isZero();
    assertThat(console.err()).isEmpty();
    return console.out();
  }

  @Test
  void aNetworkIsATableOfItsParameters() {
    assertThat(summary("mlp").lines())
        .containsExactly(
            "network  mlp 16-64-64-16 leaky-relu",
            "input    [batch, 16]",
            "output   [batch, 16]",
            "",
            "layer    parameter  shape     values",
            "dense.0  kernel     [16, 64]   1,024",
            "         bias       [64]          64",
            "dense.1  kernel     [64, 64]   4,096",
            "         bias       [64]          64",
            "dense.2  kernel     [64, 16]   1,024",
            "         bias       [16]          16",
            "",
            "parameters          6,288 in 6 tensors, 25,152 bytes in float32",
            "running statistics  none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dcgan28 --normalization batch      | 2,953,985 in",
        "dcgan28 --normalization batch      | running statistics  1,664 values in 5 places",
        "dcgan64 --normalization batch      | 13,905,923 in 34 tensors",
        "small                              | conv autoencoder [28, 28, 1] 16-32, code 128",
        "small --size 32                    | input    [batch, 32, 32, 3]",
        "mlp --size 8 --grey                | mlp 64-512-128-512-64",
        "medium --normalization group       | group normalisation",
        "exact                              | exact (conv autoencoder",
        "projection-16                      | 128 in 8 tensors",
      })
  void generatorsAndMapsAreKnownByName(String line, String expected) {
    assertThat(summary(line.trim().split(" "))).contains(expected.trim());
  }

  @Test
  void anExperimentHasANetwork() throws IOException {
    Path map = folder.resolve("map.yaml");
    Files.writeString(
        map,
        """
        subject: map
        strategy: {name: substituted}
        network: {widths: [16, 20, 16]}
        data: {source: normal-16}
        """);
    assertThat(summary(map.toString())).contains("mlp 16-20-16", "676 in 4 tensors");
    Path generator = folder.resolve("generator.yaml");
    Files.writeString(generator, "method: ign\npreset: paper\n");
    assertThat(summary(generator.toString())).contains("64-128-256-256", "batch normalisation");
  }

  @Test
  void aRunHasTheNetworkOfItsExperiment() throws IOException {
    Files.writeString(
        folder.resolve(RunFolder.EXPERIMENT), "method: reconstruction\npreset: smoke\n");
    assertThat(summary("--model", folder.toString())).contains("420,065 in 12 tensors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                 | name a NETWORK, an experiment file, or --model DIR",
        "cnn --model x                      | name a NETWORK, an experiment file, or --model DIR",
        "deep-mpl                           | unknown network 'deep-mpl'; did you mean 'deep-mlp'?",
        "deep-mlp --size 8                  | unknown network of a generator 'deep-mlp'",
        "dcgan28 --size 64                  | --size (64) is not for dcgan28",
        "dcgan --size 20                    | dcgan is for images of shape [28, 28, 1]",
        "small --size -4                    | must have positive dimensions",
        "small --grey                       | --grey is for images of --size PIXELS",
        "small --normalization bach         | did you mean 'batch'?",
        "missing.yaml                       | missing.yaml: no such file",
        "missing.yaml --size 8              | missing.yaml has its own",
        "--model missing                    | model folder (missing): does not exist",
      })
  void mistakesAreNamedInALine(String line, String expected) {
    Console console = Console.run(("summary " + line).trim().split(" +"));
    assertThat(console.exitCode()).as(console.all()).isIn(1, 2);
    assertThat(console.err()).contains(expected.trim()).doesNotContain("\tat ");
  }
}
