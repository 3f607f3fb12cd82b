package dev.idem.cli.command.data;

import dev.idem.cli.command.base.ExitCode;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of commands on data sets: fetch, verify, list. */
@Command(
    name = "data",
    description = {
      "Fetch, verify and list data sets.",
      "They are kept in the cache: $IDEM_DATA_HOME, else $XDG_CACHE_HOME/idem, else ~/.cache/idem."
          + " '--data fetched:NAME' uses one."
    },
    mixinStandardHelpOptions = true,
    subcommands = {DataFetchCommand.class, DataVerifyCommand.class, DataListCommand.class})
public final class DataCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Inject
  DataCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
