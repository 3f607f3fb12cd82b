package dev.idem.cli.command.data;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataFetcher;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.DataSets.DataSet;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches a data set into the cache. */
@Command(
    name = "fetch",
    description = {
      "Fetch a data set into the cache, from its mirrors or from your own source.",
      "Length and SHA-256 of every file are pinned. Intact files are kept; interrupted downloads"
          + " are resumed."
    },
    mixinStandardHelpOptions = true)
public final class DataFetchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "Data set; see 'idem data list'.")
  private String name = "";

  @Option(
      names = "--from",
      paramLabel = "FILE|DIR|URL",
      description =
          "Source of the files: a folder that holds them, one of them, or the http(s) address of"
              + " either. They must be byte for byte the published files.")
  private @Nullable String from;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final DataSets sets;
  private final Provider<DataCache> cache;
  private final Provider<DataFetcher> fetcher;

  @Inject
  DataFetchCommand(DataSets sets, Provider<DataCache> cache, Provider<DataFetcher> fetcher) {
    this.sets = sets;
    this.cache = cache;
    this.fetcher = fetcher;
  }

  @Override
  public Integer call() throws IOException {
    DataSet set = FetchedImages.set(name, sets);
    PrintWriter out = spec.commandLine().getOut();
    ConsoleProgress progress = ConsoleProgress.on(out);
    try (FetchLog log = new FetchLog(out, progress)) {
      if (from == null) {
        fetcher.get().fetch(set, log);
      } else {
        fetcher.get().fetch(set, from, log);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage(), e);
    }
    int count = cache.get().count(set);
    out.printf(
        "%s: %s of %s files in %s%n", name, count, set.files().size(), cache.get().folder(set));
    if (count == set.files().size()) {
      out.printf("use it with --data fetched:%s%n", name);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
