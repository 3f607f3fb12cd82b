package dev.idem.cli.command;

import dev.idem.cli.command.Subcommand.UsageException;
import dev.idem.cli.console.Terminal;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.environment.Failures;
import dev.idem.cli.plugin.PluginJar;
import dev.idem.runs.StopRequest.RunInterruptedException;
import dev.idem.runs.catalogue.Catalogue.UnknownNameException;
import dev.idem.runs.experiment.ExperimentException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command: its subcommands, and how failures are reported. */
@Command(
    name = "idem",
    description =
        "Idempotent neural networks: train maps with f(f(x)) = f(x), measure them, compare.",
    mixinStandardHelpOptions = true,
    versionProvider = Environment.class,
    footer = {
      "",
      "Exit codes: 0 done, 1 a run failed, 2 the command line was wrong, 130 interrupted."
    })
public final class IdemCommand implements Callable<Integer> {

  private static final List<Class<? extends Subcommand>> SUBCOMMANDS =
      List.of(
          ReproduceCommand.class,
          TrainCommand.class,
          DrawCommand.Generate.class,
          ProjectCommand.class,
          DrawCommand.Interpolate.class,
          ExploreCommand.class,
          EvaluateCommand.class,
          CompareCommand.class,
          CompareStrategiesCommand.class,
          ClassifierCommand.class,
          DataCommand.class,
          RunCommand.FromFile.class,
          SweepCommand.class,
          ReproduceRunCommand.class,
          ReportCommand.class,
          ExportCommand.class,
          ImportCommand.class,
          SummaryCommand.class,
          ListCommands.ListFigures.class,
          ListCommands.ListStrategies.class,
          ListCommands.ListPlugins.class,
          ListCommands.ListDevices.class,
          BenchCommand.class);

  /** The exit code of a run that a signal ended. */
  static final int INTERRUPTED = 130;

  /**
   * The plug-in folders, an option of every command. It is read before any other, because the names
   * that commands and their options accept depend on it.
   */
  @Command
  private static final class PluginOptions {

    @Option(
        names = PluginJar.OPTION,
        paramLabel = "DIR",
        scope = ScopeType.INHERIT,
        description =
            "Folder of plug-in jars; may be repeated. Those in "
                + PluginJar.VARIABLE
                + " are loaded as well.")
    private List<String> folders = new ArrayList<>();
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The command line, with subcommands from {@code instances}. */
  public static CommandLine commandLine(Function<Class<?>, Object> instances) {
    return commandLine(instances, name -> true);
  }

  /**
   * The command line that takes these arguments. Of the subcommands, only those that the arguments
   * name, or might name in an @file, are created, for a completion all; the others have a name and
   * a description, which is all that the help of {@code idem} shows of them.
   */
  public static CommandLine commandLine(Function<Class<?>, Object> instances, String... arguments) {
    List<String> given = List.of(arguments);
    boolean all =
        given.contains("generate-completion")
            || given.stream().anyMatch(argument -> argument.startsWith("@"));
    return commandLine(instances, name -> all || given.contains(name));
  }

  private static CommandLine commandLine(
      Function<Class<?>, Object> instances, Predicate<String> named) {
    IFactory fallback = CommandLine.defaultFactory();
    IFactory factory =
        new IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            return Subcommand.class.isAssignableFrom(type)
                ? type.cast(instances.apply(type))
                : fallback.create(type);
          }
        };
    CommandLine idem = new CommandLine(new IdemCommand(), factory);
    for (Class<? extends Subcommand> type : SUBCOMMANDS) {
      Command command = type.getAnnotation(Command.class);
      idem.addSubcommand(
          named.test(command.name()) ? new CommandLine(type, factory) : outline(command));
    }
    idem.addSubcommand(new HelpCommand())
        .addSubcommand(new GenerateCompletion())
        .addMixin("plugins", new PluginOptions());
    HelpGroups.apply(idem);
    return idem.setColorScheme(Help.defaultColorScheme(Terminal.here().colours()))
        .setAllowSubcommandsAsOptionParameters(true)
        .setParameterExceptionHandler((mistake, arguments) -> report(mistake))
        .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, line))
        .setExecutionStrategy(IdemCommand::execute);
  }

  /** {@code help data fetch} as {@code data fetch --help}: picocli's help takes a single name. */
  public static String[] spelledOut(String... arguments) {
    return arguments.length > 2 && arguments[0].equals("help")
        ? Stream.concat(Stream.of(arguments).skip(1), Stream.of("--help")).toArray(String[]::new)
        : arguments;
  }

  private static CommandSpec outline(Command command) {
    CommandSpec outline = CommandSpec.create().name(command.name());
    outline.usageMessage().description(command.description());
    return outline;
  }

  /** The plug-in folders of a command line; none if it is invalid, which is reported later. */
  public static List<String> pluginFolders(String... arguments) {
    PluginOptions options = new PluginOptions();
    try {
      new CommandLine(options)
          .setUnmatchedArgumentsAllowed(true)
          .setStopAtUnmatched(false)
          .parseArgs(arguments);
    } catch (ParameterException e) {
      return List.of();
    }
    return List.copyOf(options.folders);
  }

  /** The subcommands, and theirs. */
  static Stream<Class<?>> subcommands() {
    return SUBCOMMANDS.stream()
        .flatMap(
            type ->
                Stream.concat(
                    Stream.of(type), Stream.of(type.getAnnotation(Command.class).subcommands())));
  }

  /** Errors deserve a line like any failure: too little memory, an error in a plug-in. */
  private static int execute(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) {
      return report(e, parsed.commandSpec().commandLine());
    }
  }

  private static int report(ParameterException mistake) {
    CommandLine line = mistake.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(line.getColorScheme().errorText("idem: " + mistake.getMessage()));
    UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("Try '%s --help'.".formatted(line.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static int report(Throwable failure, CommandLine line) {
    LoggerFactory.getLogger(IdemCommand.class).debug("failed", failure);
    if (failure instanceof RunInterruptedException) {
      return INTERRUPTED;
    }
    if (failure instanceof UsageException || failure instanceof ExperimentException) {
      return report(new ParameterException(line, String.valueOf(failure.getMessage())));
    }
    line.getErr().println(line.getColorScheme().errorText("idem: " + Failures.describe(failure)));
    return failure instanceof UnknownNameException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
