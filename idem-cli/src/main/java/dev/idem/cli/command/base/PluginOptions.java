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
 * The plug-in folders, an option of every command. It is read before any other, because the names
 * that commands and their options accept depend on it.
 */
@Command
public final class PluginOptions {

  @Option(
      names = PluginFolders.OPTION,
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Folder of plug-in jars; may be repeated. Those in "
              + PluginFolders.VARIABLE
              + " are loaded as well.")
  private List<String> folders = new ArrayList<>();

  /** The folders of a command line; none if it is invalid, which the command itself reports. */
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
