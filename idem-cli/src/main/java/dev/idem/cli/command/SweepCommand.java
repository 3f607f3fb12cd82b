package dev.idem.cli.command;

import dev.idem.cli.command.SweepSummary.SweepTable;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.cli.console.Terminal;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.plugin.PluginJar;
import dev.idem.figures.FigureResult;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.TextTable;
import dev.idem.runs.StopRequest;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.Sweep;
import dev.idem.runs.experiment.Sweep.Entry;
import dev.idem.runs.sweep.SweepExecution;
import dev.idem.runs.sweep.SweepExecution.Configuration;
import dev.idem.runs.sweep.SweepFolder;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepOutcome.State;
import dev.idem.runs.sweep.SweepRunner;
import dev.idem.runs.sweep.SweepRunner.LocalRunner;
import dev.idem.runs.sweep.SweepWorker;
import dev.idem.runs.sweep.SweepWorker.Cost;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executes a sweep: every run of a file in which keys have several values. */
@Command(
    name = "sweep",
    description = {
      "Execute a sweep: an experiment file in which any key may have several values.",
      "Runs have a folder each in DIR/runs; results are in DIR/runs.csv. 'idem sweep report DIR'"
          + " draws them.",
      "Ctrl-C saves the runs in progress; --resume continues the sweep, and repeats no finished run."
    },
    subcommands = SweepReportCommand.class,
    footer = {
      "  idem sweep examples/sweep.yaml --dry-run",
      "  idem sweep examples/sweep.yaml --out sweep"
    })
final class SweepCommand extends Subcommand {

  private static final int TIMED_STEPS = 20;
  private static final int TIMED_RUNS = 4;

  /** The best configuration, as an experiment file. */
  static final String BEST = "best.yaml";

  @Parameters(paramLabel = "SWEEP", arity = "0..1", description = "Sweep file, in YAML.")
  private @Nullable Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the sweep; must not hold one. Default: runs/DATE-NAME, NAME being the file's.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Folder of the sweep to resume; failed runs are tried again.")
  private @Nullable Path resume;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Value of the file to set or override, such as plan.steps=200 or sweep.retries=3; of a"
              + " key with several values, the one instead. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description =
          "Print the list of runs, and the time they will take by a few timed steps, without"
              + " training.")
  private boolean dryRun;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Runs at the same time. Results do not depend on it. Default: processors of this machine,"
              + " divided by engine.threads.")
  private int jobs;

  @Mixin private RunnerOptions runner = new RunnerOptions();

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "Place of the run folders for the runner spark, such as hdfs://HOST/PATH. Default:"
              + " DIR/runs, which every machine must then see.")
  private @Nullable String store;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress, only warnings and the result.")
  private boolean quiet;

  private final Experiments experiments;
  private final SweepWorker worker;
  private final InstantSource clock;

  @Inject
  SweepCommand(Experiments experiments, SweepWorker worker, InstantSource clock) {
    this.experiments = experiments;
    this.worker = worker;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    if (jobs < 0 || (jobs == 0 && line().getParseResult().hasMatchedOption("--jobs"))) {
      throw usage("--jobs (%s) must be positive", jobs);
    }
    if (runner.local()) {
      RunnerOptions.refuse("--store", store);
    }
    return resume == null ? begin() : resume(resume);
  }

  private int begin() throws IOException {
    Path named = file;
    if (named == null || named.toString().isBlank()) {
      throw usage("name a sweep file, or --resume DIR");
    }
    Sweep sweep = experiments.readSweep(named, overrides);
    if (dryRun) {
      return predict(sweep);
    }
    SweepFolder folder = new SweepFolder(outFor(named));
    folder
        .occupied()
        .ifPresent(
            why -> {
              throw new UsageException(why);
            });
    requireFree(folder.path());
    try (SweepRunner chosen = runner(folder, sweep)) {
      String name = String.valueOf(named.getFileName());
      folder.begin(
          Files.readString(named),
          SweepFolder.Start.of(sweep, name, overrides, Environment.version()));
      return execute(sweep, folder, chosen);
    }
  }

  /** The folder that is given; else a dated one, which is printed. */
  private Path outFor(Path file) {
    if (out != null) {
      requireNamed("--out", out);
      return out;
    }
    Path dated = DatedFolder.of(DatedFolder.nameOf(file), clock);
    print("folder     %s", dated);
    return dated;
  }

  private int resume(Path path) throws IOException {
    if (file != null || out != null || !overrides.isEmpty() || dryRun) {
      throw usage(
          "--resume takes the file and its values from the sweep's folder; omit all options but"
              + " --jobs and those of the runner");
    }
    requireNamed("--resume", path);
    SweepFolder folder = new SweepFolder(path);
    Sweep sweep = read(folder, experiments);
    SweepFolder.Start start = folder.start();
    if (!start.version().equals(Environment.version())) {
      throw usage(
          "%s was started with idem %s, and this is idem %s; resume it with the same version",
          path, start.version(), Environment.version());
    }
    try (SweepRunner chosen = runner(folder, sweep)) {
      return execute(sweep, folder, chosen);
    }
  }

  /** The sweep of a folder, unchanged since it began. */
  static Sweep read(SweepFolder folder, Experiments experiments) throws IOException {
    if (!folder.isSweep()) {
      throw usage("%s holds no sweep: %s is missing", folder.path(), SweepFolder.FILE);
    }
    SweepFolder.Start start = folder.start();
    Sweep sweep = experiments.readSweep(folder.file(SweepFolder.FILE), start.overrides());
    String runs = SweepFolder.Start.of(sweep, "", List.of(), "").runs();
    if (!runs.equals(start.runs())) {
      throw usage(
          "%s has other runs than when the sweep began; undo the change, or start a sweep in another"
              + " folder",
          folder.file(SweepFolder.FILE));
    }
    return sweep;
  }

  private SweepRunner runner(SweepFolder folder, Sweep sweep) throws IOException {
    if (runner.local()) {
      return new LocalRunner(worker, folder.runs(), jobs(sweep));
    }
    SweepRunner.Factory factory =
        runner.service(SweepRunner.Factory.class, SweepRunner.Factory::name);
    return accepted(
        () ->
            factory.open(
                new SweepRunner.Options(
                    folder.runs().toAbsolutePath(),
                    Optional.ofNullable(store),
                    jobs,
                    runner.master(),
                    runner.configuration(),
                    plugins())));
  }

  private List<Path> plugins() {
    String[] arguments = line().getParent().getParseResult().originalArgs().toArray(String[]::new);
    return PluginJar.in(System.getenv(), IdemCommand.pluginFolders(arguments));
  }

  private int jobs(Sweep sweep) {
    if (jobs > 0) {
      return jobs;
    }
    int threads = sweep.experiment(sweep.entries().get(0)).engine().threads();
    return Math.max(1, ComputeOptions.allProcessors() / threads);
  }

  private int execute(Sweep sweep, SweepFolder folder, SweepRunner chosen) throws IOException {
    SweepExecution execution = new SweepExecution(sweep, folder, chosen, Environment.version());
    SweepSummary summary = new SweepSummary(sweep);
    if (!quiet) {
      summary.design().forEach(this::say);
      print("runner     %s", chosen.description());
    }
    ConsoleProgress progress = ConsoleProgress.on(out());
    String metric = sweep.options().metric().label();
    boolean complete;
    try (StopSignals signals = StopSignals.install(progress::say, clock)) {
      StopRequest stop = signals.request();
      complete =
          execution.run(
              stop, new Watch(progress, quiet, metric, chosen.parallelism(), execution.outcomes()));
      progress.end();
      write(summary, folder, execution.outcomes());
      if (stop.requested()) {
        print("interrupted; continue with 'idem sweep --resume %s'", folder.path());
        return IdemCommand.INTERRUPTED;
      }
    } finally {
      progress.end();
    }
    Map<String, SweepOutcome> outcomes = execution.outcomes();
    summary.result(outcomes, complete).forEach(this::say);
    if (summary.best(outcomes).isPresent()) {
      print("best       %s", folder.file(BEST));
    }
    print(
        "results    %s; draw them with 'idem sweep report %s'",
        folder.file(SweepTable.FILE), folder.path());
    if (!complete) {
      print("continue with 'idem sweep --resume %s'", folder.path());
    }
    return outcomes.values().stream().anyMatch(outcome -> outcome.state() == State.FAILED)
        ? ExitCode.SOFTWARE
        : ExitCode.OK;
  }

  /** Writes the tables, and the best configuration if there is one. */
  private static void write(
      SweepSummary summary, SweepFolder folder, Map<String, SweepOutcome> outcomes)
      throws IOException {
    Sweep sweep = summary.sweep();
    new FigureResult(List.of(), SweepTable.tables(sweep, outcomes), List.of())
        .write(OutputFolder.open(folder.path()));
    Optional<Configuration> best = summary.best(outcomes);
    if (best.isPresent()) {
      folder.write(BEST, sweep.configuration(best.get().runs().get(0)).settings().print());
    }
  }

  private int predict(Sweep sweep) throws IOException {
    SweepSummary summary = new SweepSummary(sweep);
    summary.design().forEach(this::say);
    List<Entry> runs = SweepExecution.affordable(sweep);
    TextTable.lines(
            Stream.concat(Stream.of("run"), SweepTable.settingHeader(sweep)).toList(),
            runs.stream()
                .map(run -> Stream.concat(Stream.of(run.id()), SweepTable.setting(run)).toList())
                .toList(),
            Terminal.here().width())
        .forEach(this::say);
    if (runs.isEmpty()) {
      return ExitCode.OK;
    }
    worker.cost(sweep.experiment(runs.get(0)), 1); // loads TensorFlow
    int timed = Math.min(TIMED_RUNS, runs.size());
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < timed; i++) {
      Entry run = runs.get((int) ((long) i * runs.size() / timed));
      worker.cost(sweep.experiment(run), TIMED_STEPS).ifPresent(costs::add);
    }
    say(summary.cost(costs, TIMED_STEPS, jobs(sweep)));
    return ExitCode.OK;
  }

  /** Shows how far a sweep is. */
  private static final class Watch implements SweepExecution.Listener {

    private final ConsoleProgress progress;
    private final boolean quiet;
    private final String metric;
    private final int parallelism;
    private final Map<State, Integer> counts = new EnumMap<>(State.class);
    private double best = Double.POSITIVE_INFINITY;
    private int left;

    /** Beginning with what the sweep's folder holds. */
    Watch(
        ConsoleProgress progress,
        boolean quiet,
        String metric,
        int parallelism,
        Map<String, SweepOutcome> before) {
      this.progress = progress;
      this.quiet = quiet;
      this.metric = metric;
      this.parallelism = parallelism;
      before.values().stream()
          .filter(outcome -> outcome.state() != State.FAILED)
          .forEach(this::count);
    }

    @Override
    public void began(int runs, int done) {
      left = runs - done;
      if (!quiet) {
        progress.begin(runs == 1 ? "1 run" : runs + " runs", runs, done);
        progress.tell(this::state);
      }
    }

    private synchronized String state() {
      // The first parts are shown where there is no room for all.
      List<String> parts = new ArrayList<>();
      for (State state : List.of(State.FAILED, State.DIVERGED)) {
        if (counts.containsKey(state)) {
          parts.add("%s %s".formatted(counts.get(state), SweepTable.label(state)));
        }
      }
      if (Double.isFinite(best)) {
        parts.add(String.format(Locale.ROOT, "best %.3g", best));
      }
      if (left > 0) {
        parts.add("%s running".formatted(Math.min(left, parallelism)));
      }
      return String.join(", ", parts);
    }

    private synchronized void count(SweepOutcome outcome) {
      counts.merge(outcome.state(), 1, Integer::sum);
      double value = outcome.metrics().getOrDefault(metric, Double.NaN);
      best = value < best ? value : best;
    }

    @Override
    public void ended(SweepOutcome outcome) {
      left--;
      count(outcome);
      if (outcome.state() == State.FAILED) {
        progress.say("run %s failed: %s".formatted(outcome.id(), outcome.message()));
      } else if (outcome.state() != State.STOPPED && !quiet) {
        progress.advance(1);
      }
    }
  }
}
