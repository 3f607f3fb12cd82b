package dev.idem.cli.command.evaluation;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.eval.evaluation.EvaluationComparison;
import dev.idem.figures.FigureResult;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.evaluation.EvaluationCard;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import dev.idem.figures.evaluation.EvaluationFolder;
import dev.idem.figures.evaluation.EvaluationText;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares evaluations. */
@Command(
    name = "compare",
    description = {
      "Compare evaluations, each with the first, with intervals of the differences.",
      "They must have been made under the same conditions: data, samples, seed and features."
    },
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {

  private static final int LEAST = 2;
  private static final String TEXT = "comparison.txt";

  @Parameters(
      paramLabel = "RUN_DIR",
      arity = "1..*",
      description = "Folders written by 'idem evaluate', or with one in 'evaluation'; two or more.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for comparison.txt and comparison.csv. Default: print only.")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  CompareCommand() {}

  @Override
  public Integer call() throws IOException {
    if (folders.size() < LEAST) {
      throw usage("RUN_DIR (%s) must be two folders or more".formatted(folders.get(0)));
    }
    if (out != null && Files.exists(out.resolve(TEXT))) {
      throw usage("--out (%s) holds a comparison already; name another folder".formatted(out));
    }
    List<EvaluationFolder> runs = new ArrayList<>();
    for (Path folder : folders) {
      runs.add(EvaluationFolder.read(folder));
    }
    requireAlike(runs);
    List<EvaluationCard> cards = runs.stream().map(EvaluationFolder::card).toList();
    EvaluationComparison comparison =
        EvaluationComparison.of(
            runs.stream().map(EvaluationFolder::result).toList(),
            (run, input) -> sameInputs(cards.get(0), cards.get(run), input),
            cards.get(0).conditions().seed());
    if (comparison.rows().isEmpty()) {
      throw usage("the runs have no metric in common; evaluate them with the same --metrics");
    }
    List<String> names = folders.stream().map(Path::toString).toList();
    List<String> lines = EvaluationText.compared(names, cards, comparison);
    PrintWriter console = spec.commandLine().getOut();
    lines.forEach(console::println);
    if (out != null) {
      OutputFolder folder = opened(out);
      new FigureResult(List.of(), List.of(EvaluationText.comparison(names, comparison)), List.of())
          .write(folder);
      String text = String.join("\n", lines) + "\n";
      console.println(folder.write(TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }
    console.flush();
    return ExitCode.DONE;
  }

  private void requireAlike(List<EvaluationFolder> runs) {
    Conditions first = runs.get(0).card().conditions();
    for (int run = 1; run < runs.size(); run++) {
      Map<String, String> differences = first.differences(runs.get(run).card().conditions());
      if (!differences.isEmpty()) {
        throw usage(
            "%s and %s were evaluated differently, %s; evaluate both with the same options"
                .formatted(
                    folders.get(0),
                    folders.get(run),
                    differences.entrySet().stream()
                        .map(difference -> difference.getKey() + ": " + difference.getValue())
                        .collect(Collectors.joining(", "))));
      }
    }
  }

  private static boolean sameInputs(EvaluationCard a, EvaluationCard b, String input) {
    String fingerprint = a.inputs().get(input);
    return fingerprint != null && Objects.equals(fingerprint, b.inputs().get(input));
  }

  private OutputFolder opened(Path folder) {
    try {
      return OutputFolder.open(folder);
    } catch (IOException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
