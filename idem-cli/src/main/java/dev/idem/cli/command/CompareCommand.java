package dev.idem.cli.command;

import dev.idem.cli.console.Terminal;
import dev.idem.eval.evaluation.EvaluationComparison;
import dev.idem.figures.FigureResult;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.evaluation.EvaluationCard;
import dev.idem.figures.evaluation.EvaluationFolder;
import dev.idem.figures.evaluation.EvaluationPage;
import dev.idem.figures.evaluation.EvaluationText;
import dev.idem.generative.image.Fonts;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares evaluations. */
@Command(
    name = "compare",
    description = {
      "Compare evaluations, each with the first, with intervals of the differences.",
      "They must have been made under the same conditions: data, samples, seed and features."
    },
    footer = "  idem compare digits-evaluation ign-evaluation")
final class CompareCommand extends Subcommand {

  @Parameters(
      paramLabel = "RUN_DIR",
      arity = "1..*",
      description = "Folders written by 'idem evaluate', or with one in 'evaluation'; two or more.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for a page, comparison.txt and comparison.csv. Default: print only.")
  private @Nullable Path out;

  private final Fonts fonts;

  @Inject
  CompareCommand(Fonts fonts) {
    this.fonts = fonts;
  }

  @Override
  public Integer call() throws IOException {
    if (folders.size() < 2) {
      throw usage("RUN_DIR (%s) must be two folders or more", folders.get(0));
    }
    if (out != null) {
      requireFree(out);
      fonts.require();
    }
    List<EvaluationFolder> runs = new ArrayList<>();
    for (Path folder : folders) {
      runs.add(EvaluationFolder.read(folder));
    }
    List<EvaluationCard> cards = runs.stream().map(EvaluationFolder::card).toList();
    requireAlike(cards);
    EvaluationComparison comparison =
        EvaluationComparison.of(
            runs.stream().map(EvaluationFolder::result).toList(),
            (run, input) -> sameInputs(cards.get(0), cards.get(run), input),
            cards.get(0).conditions().seed());
    if (comparison.rows().isEmpty()) {
      throw usage("the runs have no metric in common; evaluate them with the same --metrics");
    }
    List<String> names = folders.stream().map(Path::toString).toList();
    EvaluationText.compared(names, cards, comparison, Terminal.here().width()).forEach(this::say);
    if (out != null) {
      OutputFolder folder = folder(out);
      new FigureResult(List.of(), List.of(EvaluationText.comparison(names, comparison)), List.of())
          .write(folder);
      EvaluationPage.writeComparison(names, cards, comparison, next(names), folder);
      List<String> lines = EvaluationText.compared(names, cards, comparison, Integer.MAX_VALUE);
      String text = String.join("\n", lines) + "\n";
      say(folder.write(COMPARISON, text.getBytes(StandardCharsets.UTF_8)).toString());
    }
    return ExitCode.OK;
  }

  private Map<String, String> next(List<String> names) {
    List<String> words = new ArrayList<>(List.of("compare"));
    words.addAll(names);
    words.addAll(List.of("OTHER", "--out", "comparison"));
    return Map.of(
        "Compare with one more evaluation:", RunPages.command(words.toArray(String[]::new)));
  }

  private void requireAlike(List<EvaluationCard> cards) {
    for (int run = 1; run < cards.size(); run++) {
      Map<String, String> differences =
          cards.get(0).conditions().differences(cards.get(run).conditions());
      if (!differences.isEmpty()) {
        throw usage(
            "%s and %s were evaluated differently, %s; evaluate both with the same options",
            folders.get(0),
            folders.get(run),
            differences.entrySet().stream()
                .map(difference -> difference.getKey() + ": " + difference.getValue())
                .collect(Collectors.joining(", ")));
      }
    }
  }

  private static boolean sameInputs(EvaluationCard a, EvaluationCard b, String input) {
    String fingerprint = a.inputs().get(input);
    return fingerprint != null && Objects.equals(fingerprint, b.inputs().get(input));
  }
}
