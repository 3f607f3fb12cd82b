package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.idem.cli.command.IdemCommand;
import dev.idem.cli.command.IdemModule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {

  private final Path temporary;

  CommandLineTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void figuresListsThePapersFirstThree() {
    Console console = Console.run("figures");
    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).contains("scalar-map", "efficacy", "trajectory");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void strategiesListsNamesFormulasAndParameters() {
    Console console = Console.run("strategies");
    assertThat(console.exitCode()).isZero();
    assertThat(console.out())
        .contains("canonical", "frozen-target", "substituted", "limited", "accelerated", "anchored")
        .contains("3K^2 - 2K^3")
        .contains("order = 1, weight = 1, scale = batch-and-width-mean, stepCap = none");
  }

  @Test
  void devicesNamesTheCpuAndWhyThereIsNoGpu() {
    Console console = Console.run("devices");
    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).contains("TensorFlow 2.", "--device cpu");
    assertThat(console.out()).containsAnyOf("No GPU: ", "--device gpu:0");
  }

  @Test
  void argumentsMayStandInAFile() throws IOException {
    Path file = Files.writeString(temporary.resolve("arguments"), "strategies --verbose-not");

    assertThat(Console.run("@" + file).err()).contains("--verbose-not");
    Files.writeString(file, "reproduce --help");
    assertThat(Console.run("@" + file).out()).contains("--preset", "--seed", "--out");
  }

  @Test
  void helpAndVersionAreDone() {
    assertThat(Console.run("--help").exitCode()).isZero();
    assertThat(Console.run("reproduce", "--help").out()).contains("--preset", "--seed", "--out");
    Console version = Console.run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).contains("idem 0.", "Java ", "TensorFlow 2.");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "reproduce eficacy                        | did you mean 'efficacy'?",
        "reproduce scalar-map nothing-like-it     | Known: scalar-map, efficacy, trajectory",
        "reproduce --preset quik                  | did you mean 'quick'?",
        "reproduce --preset nothing               | Known: smoke, quick, paper",
        "reproduce --device cpuu                  | did you mean 'cpu'?",
        "reproduce --device tpu                   | must be auto, cpu, gpu or gpu:N",
        "reproduce --device gpu:15                | device (gpu:15) does not exist",
        "reproduce --threads 0                    | --threads (0) must be positive",
        "reproduce --threads two                  | Invalid value for option '--threads'",
        "reproduce --seed -1                      | --seed (-1) must be from 0 to 1000000000",
        "reproduce --threads 5000                 | --threads (5000) must be at most 1024",
        "reproduce --out=                         | output folder ('') must have a name",
        "reproduce --seed x                       | Invalid value for option '--seed'",
        "reproduce --steps 5                      | Unknown option: '--steps'",
        "reprodce                                 | Did you mean: idem reproduce",
        "classifier --out x                       | Missing required option: '--data=DATA'",
        "classifier --data mnist                  | Missing required option: '--out=DIR'",
        "classifier --data images:x --out x       | --data (images:x) must be mnist:DIR,"
            + " fetched:mnist or mnist",
        "classifier --data mnist --out=           | output folder ('') must have a name",
        "bench --rounds 0                         | --rounds (0) must be positive",
        "bench --steps -1                         | --steps (-1) must be positive",
        "bench --steps 3 --checkpoints 1          | --steps (3) does not apply to --checkpoints",
        "run --data images:x                      | --data (images:x) is for --resume; a new run"
            + " takes --set data.source=images:x",
        "evaluate --function saved-model:x --out y | --function records no training data; name the"
            + " images to apply it to by --data: mnist,",
      })
  void errorsAreReportedInWordsWithExitCodeTwo(String line, String answer) {
    String[] words = line.trim().split(" +");
    Console console = Console.run(words);
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains(answer.trim()).doesNotContain("\tat ", "Exception");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void anArgumentThatTheLocaleHasNoCharactersForIsRefusedWithWhatToSet() {
    Console console = Console.run("reproduce", "scalar-map", "--out", "l\ufffd\ufffdufe");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err())
        .startsWith("idem: argument (l\ufffd\ufffdufe) has characters that the locale's")
        .contains("set LC_ALL to a UTF-8 locale");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void outputFolderThatIsAFileIsRefusedBeforeAnythingIsComputed() throws IOException {
    Path file = Files.writeString(temporary.resolve("taken"), "kept");
    Console console = Console.run("reproduce", "scalar-map", "--out", file.toString());
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("output folder (" + file + ") is a file");
    assertThat(file).hasContent("kept");
  }

  @Test
  void aFolderThatHoldsAClassifierIsRefusedBeforeAnythingIsTrained() throws IOException {
    Path card = Files.writeString(temporary.resolve("classifier.properties"), "kept");
    Console console = Console.run("classifier", "--data", "mnist", "--out", temporary.toString());
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("holds a classifier already; name another folder");
    assertThat(card).hasContent("kept");
  }

  @Test
  void missingDigitsToTrainAClassifierOnAreNamed() {
    Path missing = temporary.resolve("missing");
    Console console =
        Console.run(
            "classifier", "--data", "mnist:" + missing, "--out", temporary.resolve("o").toString());
    assertThat(console.exitCode()).isEqualTo(1);
    assertThat(console.err())
        .contains(missing.toString(), "put the four files of MNIST into this directory")
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void outputFolderBelowAFileIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("taken"), "kept");
    Console console =
        Console.run("reproduce", "scalar-map", "--out", file.resolve("below").toString());
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("cannot be written to; name another folder");
  }

  @Test
  void anUnknownPrecisionIsRefusedBeforeAnythingIsComputed() {
    Console console = Console.run("bench", "--precision", "mixed-bfloat");
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err())
        .contains(
            "precision ('mixed-bfloat') must be float32 or mixed-bfloat16; did you mean"
                + " 'mixed-bfloat16'?");
  }

  @Test
  void benchMeasuresInThePrecisionThatIsAskedForAndCompiled() {
    Console console =
        Console.run(
            "bench --rounds 1 --steps 1 --threads 1 --xla --precision mixed-bfloat16".split(" "));
    assertThat(console.exitCode()).as(console.all()).isZero();
    assertThat(console.out()).contains("bfloat16", "compiled by XLA", "round  1");
  }

  @Test
  void devicesListsEveryPartThatAGpuNeedsUnlessThereIsOne() {
    Console console = Console.run("devices");
    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).contains("--device cpu");
    if (!console.out().contains("--device gpu:0")) {
      assertThat(console.out())
          .contains("No GPU: ", "What TensorFlow 2.18 needs", "native build linux-x86_64-gpu: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "strategies", "run --schema", "figures"})
  void outputThatCannotBeWrittenIsAFailure(String line) {
    StringWriter err = new StringWriter();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    int exitCode =
        Main.run(
            new PrintWriter(full, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            line.split(" "));
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("idem: standard output cannot be written (is its disk full?)");
  }

  @Test
  void aDataCacheThatIsNoPathIsInNobodysWayButItsOwn() {
    Injector injector =
        Guice.createInjector(
            Stage.DEVELOPMENT, new IdemModule(Map.of("IDEM_DATA_HOME", "a\0b"), List.of()));
    StringWriter err = new StringWriter();
    CommandLine idem =
        IdemCommand.commandLine(injector::getInstance)
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true));
    assertThat(idem.execute("--version")).isZero();
    assertThat(idem.execute("devices")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(idem.execute("data", "list")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("idem: IDEM_DATA_HOME (a\0b) is not a path")
        .hasLineCount(1);
  }

  @Test
  void theHelpCreatesNoSubcommandAndShowsAllOfThem() {
    Injector injector =
        Guice.createInjector(Stage.DEVELOPMENT, new IdemModule(Map.of(), List.of()));
    CommandLine none =
        IdemCommand.commandLine(
            type -> {
              throw new IllegalStateException("%s was created".formatted(type));
            },
            "--help");
    CommandLine all = IdemCommand.commandLine(injector::getInstance);
    assertThat(none.getUsageMessage()).isEqualTo(all.getUsageMessage()).contains("reproduce");
    assertThat(none.getSubcommands().keySet()).isEqualTo(all.getSubcommands().keySet());

    String data = "data";
    CommandLine one = IdemCommand.commandLine(injector::getInstance, data, "1", "1");
    assertThat(one.getSubcommands().get(data).getUsageMessage())
        .isEqualTo(all.getSubcommands().get(data).getUsageMessage())
        .contains("fetch");
  }

  private static CommandLine commandLine() {
    Injector injector =
        Guice.createInjector(Stage.DEVELOPMENT, new IdemModule(Map.of(), List.of()));
    return IdemCommand.commandLine(injector::getInstance);
  }

  /** The subcommands and theirs, except picocli's own. */
  static Stream<CommandLine> subcommands() {
    return commandLine().getSubcommands().values().stream()
        .filter(one -> one.getCommand().getClass().getName().startsWith("dev.idem"))
        .flatMap(one -> Stream.concat(Stream.of(one), one.getSubcommands().values().stream()));
  }

  @ParameterizedTest
  @MethodSource("subcommands")
  void theHelpOfEveryCommandHasAnExampleThatParses(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    List<String> examples = List.of(command.getCommandSpec().usageMessage().footer());
    assertThat(examples).as(name).isNotEmpty();
    assertThat(command.getUsageMessage()).contains("Example:", examples.get(0));
    assertThat(examples)
        .allSatisfy(
            example -> {
              assertThat(example).startsWith("  " + name);
              String[] words = example.strip().split(" ", -1);
              commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length));
            });
  }

  @ParameterizedTest
  @MethodSource("subcommands")
  void longHelpHasHeadingsAndEveryOptionOnce(CommandLine command) {
    String help = command.getUsageMessage();
    List<OptionSpec> options = command.getCommandSpec().options();
    assertThat(options)
        .allSatisfy(
            option ->
                assertThat(
                        Pattern.compile("(?m)^ {2,6}(-\\w, )?" + option.longestName() + "\\b")
                            .split(help, -1))
                    .as("%s in: %s", option.longestName(), help)
                    .hasSize(2));
    assertThat(help.contains("General:")).isEqualTo(options.size() > 8);
  }

  @Test
  void noCommandShowsTheUsage() {
    Console console = Console.run();
    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("Usage: idem", "reproduce");
  }

  @Test
  void anUnknownLogLevelIsRefused() {
    assertThat(Main.unknownLevel(Map.of("IDEM_LOG", "warning")))
        .hasValue("IDEM_LOG (warning) must be one of OFF, ERROR, WARN, INFO, DEBUG, TRACE, ALL");
    assertThat(Main.unknownLevel(Map.of("IDEM_LOG", "debug"))).isEmpty();
    assertThat(Main.unknownLevel(Map.of())).isEmpty();
  }

  @Test
  void helpReachesCommandsWithinCommands() {
    assertThat(Console.run("help", "data", "fetch").out()).startsWith("Usage: idem data fetch");
    assertThat(Console.run("help", "data").out()).startsWith("Usage: idem data ");
  }
}
