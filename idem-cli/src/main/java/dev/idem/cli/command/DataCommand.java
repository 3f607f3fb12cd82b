package dev.idem.cli.command;

import dev.idem.cli.console.ConsoleProgress;
import dev.idem.eval.Progress;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataFetcher;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The group of commands on data sets: fetch, verify, list. */
@Command(
    name = "data",
    description = {
      "Fetch, verify and list data sets.",
      "They are kept in the cache: $IDEM_DATA_HOME, else $XDG_CACHE_HOME/idem, else ~/.cache/idem."
          + " '--data fetched:NAME' uses one."
    },
    subcommands = {DataCommand.Fetch.class, DataCommand.Verify.class, DataCommand.ListSets.class},
    footer = "  idem data list")
final class DataCommand extends Subcommand {

  private static final double MEGABYTE = 1e6;

  @Inject
  DataCommand() {}

  @Override
  public Integer call() {
    line().usage(line().getErr());
    return ExitCode.USAGE;
  }

  /** Fetches a data set into the cache. */
  @Command(
      name = "fetch",
      description = {
        "Fetch a data set into the cache, from its mirrors or from your own source.",
        "Length and SHA-256 of every file are pinned. Intact files are kept; interrupted downloads"
            + " are resumed."
      },
      footer = "  idem data fetch fashion-mnist")
  static final class Fetch extends Subcommand {

    @Parameters(paramLabel = "NAME", description = "Data set; see 'idem data list'.")
    private String name = "";

    @Option(
        names = "--from",
        paramLabel = "FILE|DIR|URL",
        description =
            "Source of the files: a folder that holds them, one of them, or the http(s) address of"
                + " either. They must be byte for byte the published files.")
    private @Nullable String from;

    private final DataSets sets;
    private final Provider<DataCache> cache;
    private final Provider<DataFetcher> fetcher;

    @Inject
    Fetch(DataSets sets, Provider<DataCache> cache, Provider<DataFetcher> fetcher) {
      this.sets = sets;
      this.cache = cache;
      this.fetcher = fetcher;
    }

    @Override
    public Integer call() throws IOException {
      DataSet set = ImageData.set(name, sets);
      try (Log log = new Log()) {
        if (from == null) {
          fetcher.get().fetch(set, log);
        } else {
          fetch(set, from, log);
        }
      }
      int count = cache.get().count(set);
      print("%s: %s of %s files in %s", name, count, set.files().size(), cache.get().folder(set));
      if (count == set.files().size()) {
        say("use it with --data fetched:" + name);
      }
      return ExitCode.OK;
    }

    private void fetch(DataSet set, String source, Log log) throws IOException {
      try {
        fetcher.get().fetch(set, source, log);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--from: " + e.getMessage(), e);
      }
    }

    /** Reports the progress of the fetch. */
    private final class Log implements DataFetcher.Listener, Closeable {

      private final Progress progress = ConsoleProgress.on(out());
      private long shown;

      @Override
      public void waiting() {
        say("another fetch of this set is running; waiting for it");
      }

      @Override
      public void present(PinnedFile file) {
        say(file.name() + ": already present, intact");
      }

      @Override
      public void asked(PinnedFile file, String source) {
        say("from " + source);
        progress.begin(file.name(), file.bytes());
        shown = 0;
      }

      @Override
      public void received(PinnedFile file, long total) {
        if (total < shown) {
          progress.begin(file.name() + ", from its beginning", file.bytes());
          shown = 0;
        }
        if (total > shown) {
          progress.advance(total - shown);
          shown = total;
        }
      }

      @Override
      public void failed(PinnedFile file, String source, String reason) {
        progress.end();
        say("  failed: " + reason);
      }

      @Override
      public void stored(PinnedFile file) {
        progress.end();
        print("%s: %,d bytes, SHA-256 as pinned", file.name(), file.bytes());
      }

      @Override
      public void close() {
        progress.end();
      }
    }
  }

  /** Checks the data sets in the cache. */
  @Command(
      name = "verify",
      description = {
        "Check length and SHA-256 of every file of a data set in the cache, or of all data sets.",
        "Exit code 1 if one is missing or damaged."
      },
      footer = "  idem data verify")
  static final class Verify extends Subcommand {

    @Parameters(
        paramLabel = "NAME",
        arity = "0..1",
        description =
            "Data set; see 'idem data list'. Default: every set with a file in the cache.")
    private @Nullable String name;

    private final DataSets sets;
    private final Provider<DataCache> cache;

    @Inject
    Verify(DataSets sets, Provider<DataCache> cache) {
      this.sets = sets;
      this.cache = cache;
    }

    @Override
    public Integer call() throws IOException {
      List<DataSet> chosen =
          name == null
              ? sets.sets().stream().filter(this::isBegun).toList()
              : List.of(ImageData.set(name, sets));
      if (chosen.isEmpty()) {
        print("nothing to check: no data set is in the cache (%s)", cache.get().root());
      }
      int exitCode = ExitCode.OK;
      for (DataSet set : chosen) {
        int bad = bad(set);
        if (bad > 0) {
          print(
              "%s: %s of %s files are bad; 'idem data fetch %s' downloads them",
              set.name(), bad, set.files().size(), set.name());
          exitCode = ExitCode.SOFTWARE;
        }
      }
      return exitCode;
    }

    private boolean isBegun(DataSet set) {
      return set.files().stream().anyMatch(file -> Files.exists(cache.get().path(set, file)));
    }

    private int bad(DataSet set) throws IOException {
      int bad = 0;
      for (PinnedFile file : set.files()) {
        Path path = cache.get().path(set, file);
        Optional<String> problem = file.problem(path);
        print("%s %s", path, problem.orElse("is intact"));
        bad += problem.isPresent() ? 1 : 0;
      }
      return bad;
    }
  }

  /** Lists the data sets. */
  @Command(
      name = "list",
      description = "List the data sets that can be fetched, and the files of each in the cache.",
      footer = "  idem data list")
  static final class ListSets extends Subcommand {

    private final DataSets sets;
    private final Provider<DataCache> cache;

    @Inject
    ListSets(DataSets sets, Provider<DataCache> cache) {
      this.sets = sets;
      this.cache = cache;
    }

    @Override
    public Integer call() throws IOException {
      for (DataSet set : sets.sets()) {
        print(
            "%-15s %-15s %5.1f MB  %d of %d files in %s",
            set.name(),
            set.title(),
            set.bytes() / MEGABYTE,
            cache.get().count(set),
            set.files().size(),
            cache.get().folder(set));
      }
      return ExitCode.OK;
    }
  }
}
