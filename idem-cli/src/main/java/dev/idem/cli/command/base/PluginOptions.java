package dev.idem.cli.command.base;

import dev.idem.cli.plugin.PluginFolders;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * Where plug-ins are: an option of every command. It is read before any other, because what there
 * is to name, commands' options included, depends on it.
 */
@Command
public final class PluginOptions {

  @Option(
      names = PluginFolders.OPTION,
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "A folder of plug-ins' jars; may be repeated. Those of "
              + PluginFolders.VARIABLE
              + " are loaded as well.")
  private List<String> folders = new ArrayList<>();

  /** What a command line gives; nothing if it cannot be read, which the command itself will say. */
  public static List<String> of(String... arguments) {
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
}
