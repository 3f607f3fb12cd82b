package dev.idem.cli.command.data;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.DataSets.DataSet;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the data sets. */
@Command(
    name = "list",
    description = "List the data sets that can be fetched, and the files of each in the cache.",
    mixinStandardHelpOptions = true)
public final class DataListCommand implements Callable<Integer> {

  private static final double MEGABYTE = 1e6;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final DataSets sets;
  private final Provider<DataCache> cache;

  @Inject
  DataListCommand(DataSets sets, Provider<DataCache> cache) {
    this.sets = sets;
    this.cache = cache;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (DataSet set : sets.sets()) {
      out.printf(
          Locale.ROOT,
          "%-15s %-15s %5.1f MB  %d of %d files in %s%n",
          set.name(),
          set.title(),
          set.bytes() / MEGABYTE,
          cache.get().count(set),
          set.files().size(),
          cache.get().folder(set));
    }
    out.flush();
    return ExitCode.DONE;
  }
}
