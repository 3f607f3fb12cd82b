package dev.idem.cli.command;

import dev.idem.cli.command.SweepSummary.SweepTable;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.report.ReportWriter;
import dev.idem.figures.sweep.SweepReport;
import dev.idem.figures.sweep.SweepResults;
import dev.idem.figures.sweep.SweepResults.Axis;
import dev.idem.figures.sweep.SweepResults.Run;
import dev.idem.figures.sweep.SweepResults.State;
import dev.idem.generative.image.Fonts;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.Sweep;
import dev.idem.runs.experiment.Sweep.Entry;
import dev.idem.runs.sweep.SweepExecution;
import dev.idem.runs.sweep.SweepFolder;
import dev.idem.runs.sweep.SweepOutcome;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** Draws the results of a sweep. */
@Command(
    name = "report",
    description =
        "Draw the results of a sweep, finished or not, on one page: DIR/report/index.html.",
    footer = "  idem sweep report sweep")
final class SweepReportCommand extends Subcommand {

  private static final String FOLDER = "report";

  @Parameters(paramLabel = "DIR", description = "Folder of the sweep.")
  private Path path = Path.of("");

  private final Experiments experiments;
  private final Fonts fonts;

  @Inject
  SweepReportCommand(Experiments experiments, Fonts fonts) {
    this.experiments = experiments;
    this.fonts = fonts;
  }

  @Override
  public Integer call() throws IOException {
    requireNamed("DIR", path);
    SweepFolder folder = new SweepFolder(path);
    Sweep sweep = SweepCommand.read(folder, experiments);
    if (sweep.axes().isEmpty()) {
      throw usage("%s varies nothing but the seed; see %s", path, folder.file(SweepTable.FILE));
    }
    Map<String, SweepOutcome> outcomes = SweepExecution.latest(folder.outcomes());
    if (outcomes.isEmpty()) {
      throw usage("%s has no results yet; start it with 'idem sweep --resume %s'", path, path);
    }
    fonts.require();
    OutputFolder out = folder(path.resolve(FOLDER));
    SweepReport.write(results(sweep, outcomes, folder.start()), out);
    print("Report: %s", out.path().resolve(ReportWriter.PAGE));
    return ExitCode.OK;
  }

  private static SweepResults results(
      Sweep sweep, Map<String, SweepOutcome> outcomes, SweepFolder.Start start) {
    String metric = sweep.options().metric().label();
    TreeSet<String> metrics = new TreeSet<>();
    metrics.add(metric);
    outcomes.values().forEach(outcome -> metrics.addAll(outcome.metrics().keySet()));
    return new SweepResults(
        start.name(),
        command(start),
        sweep.axes().stream()
            .map(axis -> new Axis(axis.key(), axis.values(), axis.numeric(), axis.logarithmic()))
            .toList(),
        metric,
        List.copyOf(metrics),
        sweep.entries().stream().map(entry -> run(entry, outcomes.get(entry.id()))).toList(),
        notes(sweep, start));
  }

  private static Run run(Entry entry, @Nullable SweepOutcome outcome) {
    return outcome == null
        ? new Run(entry.id(), entry.setting(), entry.seed(), State.NOT_RUN, 0, Map.of(), "")
        : new Run(
            entry.id(),
            entry.setting(),
            entry.seed(),
            switch (outcome.state()) {
              case FINISHED -> State.FINISHED;
              case DIVERGED -> State.DIVERGED;
              case FAILED -> State.FAILED;
              case PAUSED, STOPPED -> State.PAUSED;
            },
            outcome.steps(),
            outcome.metrics(),
            outcome.message());
  }

  private static String command(SweepFolder.Start start) {
    List<String> words = new ArrayList<>(List.of("./idem", "sweep", start.name()));
    start.overrides().forEach(override -> words.addAll(List.of("--set", override)));
    words.addAll(List.of("--out", "DIR"));
    return String.join(" ", words);
  }

  private static Map<String, String> notes(Sweep sweep, SweepFolder.Start start) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("design", sweep.options().design().label());
    notes.put("idem", start.version());
    sweep
        .options()
        .budget()
        .steps()
        .ifPresent(steps -> notes.put("budget of steps", String.format(Locale.ROOT, "%,d", steps)));
    sweep
        .options()
        .budget()
        .minutes()
        .ifPresent(minutes -> notes.put("budget of minutes", Double.toString(minutes)));
    if (sweep.rungs().size() > 1) {
      notes.put(
          "successive halving",
          "after %s of %s steps"
              .formatted(
                  sweep.rungs().subList(0, sweep.rungs().size() - 1),
                  sweep.entries().get(0).steps()));
    }
    return notes;
  }
}
