package dev.idem.cli.command;

import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.generative.image.Fonts;
import dev.idem.runs.Run;
import dev.idem.runs.RunFolder;
import dev.idem.runs.RunHost;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Experiments;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Starts runs in folders of their own, or resumes them: {@link FromFile} those of an experiment
 * file, {@link TrainCommand} those of options.
 */
abstract class RunCommand extends Subcommand {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the run; must not hold one. Several seeds get a subfolder each. Default:"
              + " run.out of the experiment, else runs/DATE-NAME, NAME being the method or the"
              + " experiment file's.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Folder of the run to resume, or of the runs of several seeds; each continues from its"
              + " newest intact checkpoint.")
  private @Nullable Path resume;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Value of the experiment to set or override, such as plan.learningRate=1e-4 or"
              + " run.listeners=csv,tensorboard; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--print-config",
      description = "Print the effective file with the origin of each value, without running.")
  private boolean printConfig;

  @Mixin private RunLog.Options console = new RunLog.Options();

  final Experiments experiments;
  private final Runs runs;

  RunCommand(Experiments experiments, Runs runs) {
    this.experiments = experiments;
    this.runs = runs;
  }

  /** Runs with the engine, the images, the plug-ins and the console of a command. */
  static final class Runs {

    private final Experiments experiments;
    private final EngineFactory engines;
    private final ImageData.Sources images;
    private final RunPlugins plugins;
    private final Fonts fonts;
    private final InstantSource clock;

    @Inject
    Runs(
        Experiments experiments,
        EngineFactory engines,
        ImageData.Sources images,
        RunPlugins plugins,
        Fonts fonts,
        InstantSource clock) {
      this.experiments = experiments;
      this.engines = engines;
      this.images = images;
      this.plugins = plugins;
      this.fonts = fonts;
      this.clock = clock;
    }

    /** {@link Run#begin} or {@link Run#resume}. */
    @FunctionalInterface
    private interface Opening {
      Run open(
          Experiment experiment,
          RunFolder folder,
          TrainingEngine engine,
          RunHost.ImageOpener images,
          RunHost host)
          throws IOException;
    }

    /** Runs an experiment of one seed to its end; if {@code quiet}, without showing progress. */
    void begin(Experiment experiment, RunFolder folder, Subcommand command, boolean quiet)
        throws IOException {
      train(Run::begin, experiment, folder, command, quiet);
    }

    /**
     * Continues the run of a folder to its end.
     *
     * @param moved new location of its images; null if unchanged
     */
    void resume(RunFolder folder, @Nullable String moved, Subcommand command, boolean quiet)
        throws IOException {
      plugins.require(folder);
      Experiment experiment = experiments.read(folder.file(RunFolder.EXPERIMENT), List.of());
      Experiment located =
          moved == null ? experiment : accepted(() -> experiment.withDataAt(moved));
      train(Run::resume, located, folder, command, quiet);
    }

    private void train(
        Opening opening, Experiment experiment, RunFolder folder, Subcommand command, boolean quiet)
        throws IOException {
      RunConsole console = new RunConsole(command, quiet, plugins, fonts, clock);
      TrainingEngine engine = accepted(() -> engines.create(experiment.engine()));
      try (Run run =
          opening.open(
              experiment,
              folder,
              engine,
              generator -> images.open(generator.data(), generator.imageShape()),
              console)) {
        console.describe(experiment.subject(), run.task());
        try (StopSignals signals = StopSignals.install(console::report, clock)) {
          run.train(signals.request());
        }
      } catch (RuntimeException e) {
        throw plugins.attributed(e, experiment);
      }
    }
  }

  /** Runs an experiment file, or resumes an interrupted run. */
  @Command(
      name = "run",
      description = {
        "Run an experiment file in a folder of its own, saving checkpoints.",
        "Ctrl-C and SIGTERM save the run and end with exit code 130; --resume continues it, to the"
            + " same bits as without the interruption.",
        "A second Ctrl-C ends it at once, without saving."
      },
      footer = {"  idem run experiment.yaml --out runs/digits", "  idem run --resume runs/digits"})
  static final class FromFile extends RunCommand {

    @Parameters(
        paramLabel = "EXPERIMENT",
        arity = "0..1",
        description = "Experiment file, in YAML.")
    private @Nullable Path file;

    @Option(
        names = "--schema",
        description = "Print the JSON Schema of experiment files, for editors, without running.")
    private boolean schema;

    @Option(
        names = "--data",
        paramLabel = "DATA",
        description =
            "New location of the data of a generator's run, such as images:DIR, if they were moved;"
                + " they must be the same. For --resume.")
    private @Nullable String data;

    @Inject
    FromFile(Experiments experiments, Runs runs) {
      super(experiments, runs);
    }

    @Override
    public Integer call() throws IOException {
      if (schema) {
        say(experiments.schema());
        return ExitCode.OK;
      }
      Path named = file;
      if (named != null && named.toString().isBlank()) {
        throw usage("EXPERIMENT ('') must name a file");
      }
      if (data != null && !resumes()) {
        throw usage(
            "--data (%s) is for --resume; a new run takes --set data.source=%s", data, data);
      }
      return start(
          named == null ? null : overrides -> experiments.read(named, overrides),
          named == null ? "" : DatedFolder.nameOf(named),
          "name an experiment file, or --resume DIR",
          data);
    }
  }

  /** Whether a run is to be resumed. */
  final boolean resumes() {
    return resume != null;
  }

  /**
   * Starts or resumes the runs of the command line.
   *
   * @param reading reads the experiment to start, with the values of {@code --set}; null if the
   *     command line names none
   * @param name of the run, for its folder if none is given
   * @param missing the error message in that case
   * @param data new location of the images of the run to resume; null if unchanged
   */
  final int start(
      @Nullable Function<List<String>, Experiment> reading,
      String name,
      String missing,
      @Nullable String data)
      throws IOException {
    console.apply();
    if (resume != null) {
      if (reading != null || out != null || !overrides.isEmpty() || printConfig) {
        throw usage(
            "--resume takes everything from the run's folder; omit all other options, except"
                + " --data if the data were moved");
      }
      return resume(resume, data);
    }
    if (reading == null) {
      throw new UsageException(missing);
    }
    Experiment experiment = reading.apply(overrides);
    if (printConfig) {
      say(experiment.settings().print().stripTrailing());
      return ExitCode.OK;
    }
    RunFolder folder = new RunFolder(folder(experiment, name));
    requireFree(folder);
    if (experiment.seeds().size() == 1) {
      begin(experiment, folder);
      return ExitCode.OK;
    }
    return begin(experiment, reading, folder);
  }

  /** The folder that is given; else a dated one, which is printed. */
  private Path folder(Experiment experiment, String name) {
    Path given = out != null ? out : experiment.run().folder().orElse(null);
    if (given != null) {
      requireNamed("--out", given);
      return given;
    }
    Path dated = DatedFolder.of(name, runs.clock);
    print("folder     %s", dated);
    return dated;
  }

  private int begin(
      Experiment several, Function<List<String>, Experiment> reading, RunFolder folder)
      throws IOException {
    several.seeds().forEach(seed -> requireFree(folder.ofSeed(seed)));
    folder.makeOfSeeds(several.settings().print());
    try {
      return each(
          several.seeds(),
          seed -> begin(reading.apply(alone(overrides, seed)), folder.ofSeed(seed)));
    } catch (IOException | RuntimeException | Error e) {
      if (several.seeds().stream().noneMatch(seed -> folder.ofSeed(seed).isRun())) {
        Files.deleteIfExists(folder.file(RunFolder.SEEDS));
      }
      throw e;
    }
  }

  private void begin(Experiment experiment, RunFolder folder) throws IOException {
    runs.begin(experiment, folder, this, console.quiet());
  }

  /** The run of one seed. */
  @FunctionalInterface
  private interface SeedRun {
    void run(long seed) throws IOException;
  }

  /** Runs one seed after the other; if one diverges, that is reported and the others still run. */
  private int each(List<Long> seeds, SeedRun one) throws IOException {
    int exitCode = ExitCode.OK;
    for (long seed : seeds) {
      try {
        one.run(seed);
      } catch (DivergenceException e) {
        line().getErr().println("idem: seed %s: %s".formatted(seed, e.getMessage()));
        exitCode = ExitCode.SOFTWARE;
      }
    }
    return exitCode;
  }

  private static List<String> alone(List<String> overrides, long seed) {
    List<String> alone = new ArrayList<>(overrides);
    alone.add("seeds=" + seed);
    return alone;
  }

  private static void requireFree(RunFolder folder) {
    folder
        .occupied()
        .ifPresent(
            why -> {
              throw new UsageException(why);
            });
    requireFree(folder.path());
  }

  private int resume(Path path, @Nullable String data) throws IOException {
    requireNamed("--resume", path);
    RunFolder folder = new RunFolder(path);
    if (folder.isRun()) {
      resume(folder, data);
      return ExitCode.OK;
    }
    if (!folder.isOfSeeds()) {
      throw usage("--resume (%s) holds no run: %s is missing", path, RunFolder.EXPERIMENT);
    }
    Path file = folder.file(RunFolder.SEEDS);
    List<String> moved = data == null ? List.of() : List.of("data.source=" + data);
    return each(
        experiments.read(file, List.of()).seeds(),
        seed -> {
          RunFolder one = folder.ofSeed(seed);
          if (one.isRun()) {
            resume(one, data);
          } else {
            begin(experiments.read(file, alone(moved, seed)), one);
          }
        });
  }

  private void resume(RunFolder folder, @Nullable String data) throws IOException {
    if (folder.isComplete()) {
      print("%s is complete; nothing to do", folder.path());
    } else {
      runs.resume(folder, data, this, console.quiet());
    }
  }
}
