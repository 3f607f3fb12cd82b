package dev.idem.cli.command;

import dev.idem.figures.OutputFolder;
import dev.idem.figures.evaluation.EvaluationCard;
import dev.idem.figures.evaluation.EvaluationFolder;
import dev.idem.figures.evaluation.EvaluationPage;
import dev.idem.figures.report.Page;
import dev.idem.generative.image.Fonts;
import dev.idem.runs.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** Writes the page of a folder again. */
@Command(
    name = "report",
    description = {
      "Write the page index.html of a run, of the runs of several seeds, or of an evaluation.",
      "Runs and evaluations write it themselves; this replaces it, or adds one to an older folder.",
      "'idem sweep report' writes that of a sweep."
    },
    footer = "  idem report digits")
final class ReportCommand extends Subcommand {

  @Parameters(paramLabel = "DIR", description = "Folder of a run or of an evaluation.")
  private Path path = Path.of("");

  private final Fonts fonts;

  @Inject
  ReportCommand(Fonts fonts) {
    this.fonts = fonts;
  }

  @Override
  public Integer call() throws IOException {
    requireNamed("DIR", path);
    RunFolder run = new RunFolder(path);
    boolean evaluation = Files.isRegularFile(path.resolve(EvaluationFolder.CARD));
    if (!run.isRun() && !run.isOfSeeds() && !evaluation) {
      throw usage(
          "DIR (%s) holds neither a run (%s) nor an evaluation (%s)",
          path, RunFolder.EXPERIMENT, EvaluationFolder.CARD);
    }
    fonts.require();
    OutputFolder folder = folder(path);
    if (run.isRun()) {
      new RunPages().write(run, RunPages.state(run));
    } else if (run.isOfSeeds()) {
      RunPages.writeSeeds(run);
    } else {
      EvaluationCard card = EvaluationFolder.read(path).card();
      EvaluationPage.write(card, EvaluationSession.next(card, path), folder);
    }
    print("Report: %s", path.resolve(Page.NAME));
    return ExitCode.OK;
  }
}
