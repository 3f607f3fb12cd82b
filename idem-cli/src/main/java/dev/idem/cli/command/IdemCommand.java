package dev.idem.cli.command;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.command.base.PluginOptions;
import dev.idem.cli.command.data.DataCommand;
import dev.idem.cli.command.evaluation.ClassifierCommand;
import dev.idem.cli.command.evaluation.CompareCommand;
import dev.idem.cli.command.evaluation.EvaluateCommand;
import dev.idem.cli.command.generator.GenerateCommand;
import dev.idem.cli.command.generator.InterpolateCommand;
import dev.idem.cli.command.generator.ProjectCommand;
import dev.idem.cli.command.generator.TrainCommand;
import dev.idem.cli.command.run.ExportCommand;
import dev.idem.cli.command.run.ReproduceRunCommand;
import dev.idem.cli.command.run.RunCommand;
import dev.idem.cli.console.Terminal;
import dev.idem.cli.environment.VersionProvider;
import dev.idem.cli.plugin.FailureText;
import dev.idem.runs.StopRequest.RunInterruptedException;
import dev.idem.runs.catalogue.Catalogue.UnknownNameException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command: its subcommands, and how failures are reported. */
@Command(
    name = "idem",
    description =
        "Idempotent neural networks: train maps with f(f(x)) = f(x), measure them, compare.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      ReproduceCommand.class,
      TrainCommand.class,
      GenerateCommand.class,
      ProjectCommand.class,
      InterpolateCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      ClassifierCommand.class,
      DataCommand.class,
      RunCommand.class,
      ReproduceRunCommand.class,
      ExportCommand.class,
      FiguresCommand.class,
      StrategiesCommand.class,
      PluginsCommand.class,
      DevicesCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 a run failed, 2 the command line was wrong, 130 interrupted."
    })
public final class IdemCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(IdemCommand.class);

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The command line, with subcommands from {@code instances}. */
  public static CommandLine commandLine(Function<Class<?>, Object> instances) {
    IFactory fallback = CommandLine.defaultFactory();
    IFactory factory =
        new IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            boolean ours = Callable.class.isAssignableFrom(type) && type != IdemCommand.class;
            return ours ? type.cast(instances.apply(type)) : fallback.create(type);
          }
        };
    return new CommandLine(new IdemCommand(), factory)
        .addMixin("plugins", new PluginOptions())
        .setColorScheme(Help.defaultColorScheme(Terminal.here().colours()))
        .setAllowSubcommandsAsOptionParameters(true)
        .setParameterExceptionHandler((mistake, arguments) -> told(mistake))
        .setExecutionExceptionHandler((failure, line, parsed) -> told(failure, line))
        .setExecutionStrategy(IdemCommand::execute);
  }

  /** Errors deserve a line like any failure: too little memory, an error in a plug-in. */
  private static int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) {
      return told(e, parsed.commandSpec().commandLine());
    }
  }

  private static int told(ParameterException mistake) {
    CommandLine line = mistake.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(line.getColorScheme().errorText("idem: " + mistake.getMessage()));
    UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("Try '%s --help'.".formatted(line.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static int told(Throwable failure, CommandLine line) {
    LOG.debug("failed", failure);
    if (failure instanceof RunInterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    line.getErr()
        .println(line.getColorScheme().errorText("idem: " + FailureText.describe(failure)));
    return failure instanceof UnknownNameException ? ExitCode.USAGE : ExitCode.FAILED;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
