package dev.idem.cli.command;

import dev.idem.generative.model.GeneratorModel;
import dev.idem.runs.RunFolder;
import dev.idem.runs.experiment.Experiments;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reproduces a run and compares the results, byte by byte. */
@Command(
    name = "reproduce-run",
    description = {
      "Reproduce a finished run from the experiment in its folder, and compare all result files.",
      "Exit code 0 if all bytes are the same, 1 if not."
    },
    footer = "  idem reproduce-run runs/digits")
final class ReproduceRunCommand extends Subcommand {

  /** The files whose every byte the experiment determines. */
  private static final List<String> DETERMINED =
      List.of(
          RunFolder.METRICS,
          RunFolder.STEPS,
          RunFolder.EVENTS,
          RunFolder.WEIGHTS,
          RunFolder.AVERAGE,
          RunFolder.BEST,
          "model/" + GeneratorModel.WEIGHTS,
          "model/" + GeneratorModel.NOISE,
          "averaged-model/" + GeneratorModel.WEIGHTS,
          "best-model/" + GeneratorModel.WEIGHTS);

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

  @Mixin private RunLog.Options console = new RunLog.Options();

  private final Experiments experiments;
  private final RunCommand.Runs runs;
  private final RunPlugins plugins;

  @Inject
  ReproduceRunCommand(Experiments experiments, RunCommand.Runs runs, RunPlugins plugins) {
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
    if (first.isRun()) {
      requireFinished(first, again);
      return reproduced(first, again) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
    if (!first.isOfSeeds()) {
      throw usage("%s holds no run: %s is missing", folder, RunFolder.EXPERIMENT);
    }
    List<Long> seeds = experiments.read(first.file(RunFolder.SEEDS), List.of()).seeds();
    for (long seed : seeds) {
      requireFinished(first.ofSeed(seed), again.ofSeed(seed));
    }
    boolean same = true;
    for (long seed : seeds) {
      same &= reproduced(first.ofSeed(seed), again.ofSeed(seed));
    }
    return same ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void requireFinished(RunFolder first, RunFolder again) throws IOException {
    if (!first.isComplete()) {
      throw usage(
          "the run of %s is not finished; continue it with 'idem run --resume %s'",
          first.path(), folder);
    }
    plugins.require(first);
    if (again.isRun()) {
      throw usage("%s already holds a run; name another folder with --out", again.path());
    }
  }

  /** Runs it again and reports the differences; true if there are none. */
  private boolean reproduced(RunFolder first, RunFolder again) throws IOException {
    List<String> moved = data == null ? List.of() : List.of("data.source=" + data);
    runs.begin(
        experiments.read(first.file(RunFolder.EXPERIMENT), moved), again, this, console.quiet());
    boolean same = true;
    for (String name : DETERMINED) {
      same &= compared(name, first, again);
    }
    say(same ? "reproduced to the last byte" : "NOT reproduced");
    if (!same) {
      List<String> then = first.read(RunFolder.PROVENANCE).lines().toList();
      List<String> now = again.read(RunFolder.PROVENANCE).lines().toList();
      say("what else differs:");
      then.stream().filter(line -> !now.contains(line)).forEach(line -> say("  then" + line));
      now.stream().filter(line -> !then.contains(line)).forEach(line -> say("  now " + line));
    }
    return same;
  }

  /** Reports whether a file is the same in both folders; true if it is in neither. */
  private boolean compared(String name, RunFolder first, RunFolder again) throws IOException {
    boolean before = Files.exists(first.file(name));
    boolean now = Files.exists(again.file(name));
    if (!before && !now) {
      return true;
    }
    if (!before || !now) {
      print("%-34s only in %s", name, (before ? first : again).path());
      return false;
    }
    long at = Files.mismatch(first.file(name), again.file(name));
    say(
        at < 0
            ? String.format(
                Locale.ROOT, "%-34s the same, %,d bytes", name, Files.size(first.file(name)))
            : String.format(Locale.ROOT, "%-34s differs from byte %,d on", name, at));
    return at < 0;
  }
}
