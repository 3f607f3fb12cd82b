package dev.idem.cli.command;

import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.Sweep;
import dev.idem.runs.sweep.SweepFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** Draws the results of a sweep. */
@Command(
    name = "report",
    description =
        "Draw the results of a sweep, finished or not, on one page: DIR/report/index.html.")
final class SweepReportCommand extends Subcommand {

  @Parameters(paramLabel = "DIR", description = "Folder of the sweep.")
  private Path path = Path.of("");

  private final Experiments experiments;

  @Inject
  SweepReportCommand(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public Integer call() throws IOException {
    requireNamed("DIR", path);
    SweepFolder folder = new SweepFolder(path);
    Sweep sweep = SweepCommand.read(folder, experiments);
    print("%s runs", sweep.entries().size());
    return ExitCode.OK;
  }
}
