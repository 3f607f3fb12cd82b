package dev.idem.cli.command.run;

import dev.idem.cli.command.base.ExitCode;
import dev.idem.runs.RunFolder;
import dev.idem.runs.experiment.ExperimentException;
import dev.idem.runs.experiment.Experiments;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reproduces a run and compares the results, byte by byte. */
@Command(
    name = "reproduce-run",
    description = {
      "Reproduce a finished run from the experiment in its folder, and compare all result files.",
      "Exit code 0 if all bytes are the same, 1 if not."
    },
    mixinStandardHelpOptions = true)
public final class ReproduceRunCommand implements Callable<Integer> {

  /** The files whose every byte the experiment determines. */
  private static final List<String> DETERMINED =
      List.of(
          RunFolder.METRICS,
          RunFolder.STEPS,
          RunFolder.EVENTS,
          RunFolder.WEIGHTS,
          RunFolder.AVERAGE,
          RunFolder.BEST,
          "model/weights.bin",
          "model/noise.bin",
          "averaged-model/weights.bin",
          "best-model/weights.bin");

  @Parameters(
      paramLabel = "DIR",
      description = "Folder of a finished run, or of the runs of several seeds.")
  private Path folder = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the new run. Default: DIR with -again.")
  private @Nullable Path out;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description = "New location of the run's data, such as images:DIR, if they were moved.")
  private @Nullable String data;

  @Mixin private ConsoleOptions console = new ConsoleOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Experiments experiments;
  private final ExperimentRuns runs;
  private final RunPlugins plugins;

  @Inject
  ReproduceRunCommand(Experiments experiments, ExperimentRuns runs, RunPlugins plugins) {
    this.experiments = experiments;
    this.runs = runs;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws IOException {
    console.apply();
    RunFolder first = new RunFolder(folder);
    RunFolder again =
        new RunFolder(out != null ? out : folder.resolveSibling(folder.getFileName() + "-again"));
    try {
      if (first.isRun()) {
        requireFinished(first, again);
        return reproduced(first, again) ? ExitCode.DONE : ExitCode.FAILED;
      }
      if (!first.isOfSeeds()) {
        throw usage("%s holds no run: %s is missing".formatted(folder, RunFolder.EXPERIMENT));
      }
      List<Long> seeds = experiments.read(first.file(RunFolder.SEEDS), List.of()).seeds();
      for (long seed : seeds) {
        requireFinished(first.ofSeed(seed), again.ofSeed(seed));
      }
      boolean same = true;
      for (long seed : seeds) {
        same &= reproduced(first.ofSeed(seed), again.ofSeed(seed));
      }
      return same ? ExitCode.DONE : ExitCode.FAILED;
    } catch (ExperimentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private void requireFinished(RunFolder first, RunFolder again) throws IOException {
    if (!first.isComplete()) {
      throw usage(
          "the run of %s is not finished; continue it with 'idem run --resume %s'"
              .formatted(first.path(), folder));
    }
    Optional<String> missing = plugins.missing(first);
    if (missing.isPresent()) {
      throw usage(missing.get());
    }
    if (again.isRun()) {
      throw usage("%s already holds a run; name another folder with --out".formatted(again.path()));
    }
  }

  /** Runs it again and reports the differences; true if there are none. */
  private boolean reproduced(RunFolder first, RunFolder again) throws IOException {
    runs.begin(
        experiments.read(
            first.file(RunFolder.EXPERIMENT),
            data == null ? List.of() : List.of("data.source=" + data)),
        again,
        console.quiet(),
        spec);
    boolean same = true;
    for (String name : DETERMINED) {
      if (Files.exists(first.file(name)) || Files.exists(again.file(name))) {
        same &= compared(name, first, again);
      }
    }
    say(same ? "reproduced to the last byte" : "NOT reproduced");
    if (!same) {
      tellProvenance(first, again);
    }
    return same;
  }

  private boolean compared(String name, RunFolder first, RunFolder again) throws IOException {
    if (!Files.exists(first.file(name)) || !Files.exists(again.file(name))) {
      say(
          "%-28s only in %s"
              .formatted(name, (Files.exists(first.file(name)) ? first : again).path()));
      return false;
    }
    long at = Files.mismatch(first.file(name), again.file(name));
    say(
        "%-28s %s"
            .formatted(
                name,
                at < 0
                    ? String.format(
                        Locale.ROOT, "the same, %,d bytes", Files.size(first.file(name)))
                    : String.format(Locale.ROOT, "differs from byte %,d on", at)));
    return at < 0;
  }

  private void tellProvenance(RunFolder first, RunFolder again) throws IOException {
    List<String> before = first.read(RunFolder.PROVENANCE).lines().toList();
    List<String> now = again.read(RunFolder.PROVENANCE).lines().toList();
    say("what else differs:");
    before.stream().filter(line -> !now.contains(line)).forEach(line -> say("  then" + line));
    now.stream().filter(line -> !before.contains(line)).forEach(line -> say("  now " + line));
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
