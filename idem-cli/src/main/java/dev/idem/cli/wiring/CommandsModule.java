package dev.idem.cli.wiring;

import com.google.inject.AbstractModule;
import dev.idem.cli.command.BenchCommand;
import dev.idem.cli.command.DevicesCommand;
import dev.idem.cli.command.FiguresCommand;
import dev.idem.cli.command.PluginsCommand;
import dev.idem.cli.command.ReproduceCommand;
import dev.idem.cli.command.StrategiesCommand;
import dev.idem.cli.command.data.DataCommand;
import dev.idem.cli.command.data.DataFetchCommand;
import dev.idem.cli.command.data.DataListCommand;
import dev.idem.cli.command.data.DataVerifyCommand;
import dev.idem.cli.command.data.FetchedImages;
import dev.idem.cli.command.evaluation.ClassifierCommand;
import dev.idem.cli.command.evaluation.CompareCommand;
import dev.idem.cli.command.evaluation.EvaluateCommand;
import dev.idem.cli.command.generator.GenerateCommand;
import dev.idem.cli.command.generator.InterpolateCommand;
import dev.idem.cli.command.generator.ProjectCommand;
import dev.idem.cli.command.generator.TrainCommand;
import dev.idem.cli.command.run.ExperimentRuns;
import dev.idem.cli.command.run.ExportCommand;
import dev.idem.cli.command.run.ReproduceRunCommand;
import dev.idem.cli.command.run.RunCommand;
import dev.idem.cli.command.run.RunPlugins;

/** The subcommands, and what they share. */
final class CommandsModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(ReproduceCommand.class);
    bind(TrainCommand.class);
    bind(ProjectCommand.class);
    bind(GenerateCommand.class);
    bind(InterpolateCommand.class);
    bind(EvaluateCommand.class);
    bind(CompareCommand.class);
    bind(ClassifierCommand.class);
    bind(ExperimentRuns.class);
    bind(RunPlugins.class);
    bind(RunCommand.class);
    bind(ReproduceRunCommand.class);
    bind(ExportCommand.class);
    bind(DataCommand.class);
    bind(DataFetchCommand.class);
    bind(DataVerifyCommand.class);
    bind(DataListCommand.class);
    bind(FetchedImages.class);
    bind(FiguresCommand.class);
    bind(StrategiesCommand.class);
    bind(PluginsCommand.class);
    bind(DevicesCommand.class);
    bind(BenchCommand.class);
  }
}
