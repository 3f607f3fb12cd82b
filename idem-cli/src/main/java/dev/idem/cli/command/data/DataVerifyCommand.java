package dev.idem.cli.command.data;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.models.fetch.DataSets.PinnedFile;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks the data sets in the cache. */
@Command(
    name = "verify",
    description = {
      "Check length and SHA-256 of every file of a data set in the cache, or of all data sets.",
      "Exit code 1 if one is missing or damaged."
    },
    mixinStandardHelpOptions = true)
public final class DataVerifyCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Data set; see 'idem data list'. Default: every set with a file in the cache.")
  private @Nullable String name;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final DataSets sets;
  private final Provider<DataCache> cache;

  @Inject
  DataVerifyCommand(DataSets sets, Provider<DataCache> cache) {
    this.sets = sets;
    this.cache = cache;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<DataSet> chosen =
        name == null
            ? sets.sets().stream().filter(this::isBegun).toList()
            : List.of(FetchedImages.set(name, sets));
    if (chosen.isEmpty()) {
      out.printf("nothing to check: no data set is in the cache (%s)%n", cache.get().root());
    }
    int exitCode = ExitCode.DONE;
    for (DataSet set : chosen) {
      int bad = bad(set, out);
      if (bad > 0) {
        out.printf("%s: %s of %s files are bad; ", set.name(), bad, set.files().size());
        out.printf("'idem data fetch %s' downloads them%n", set.name());
        exitCode = ExitCode.FAILED;
      }
    }
    out.flush();
    return exitCode;
  }

  private boolean isBegun(DataSet set) {
    return set.files().stream().anyMatch(file -> Files.exists(cache.get().path(set, file)));
  }

  private int bad(DataSet set, PrintWriter out) throws IOException {
    int bad = 0;
    for (PinnedFile file : set.files()) {
      Path path = cache.get().path(set, file);
      Optional<String> problem = file.problem(path);
      out.printf("%s %s%n", path, problem.orElse("is intact"));
      if (problem.isPresent()) {
        bad++;
      }
    }
    return bad;
  }
}
