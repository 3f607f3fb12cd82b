package dev.idem.cli.command;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Suggestions;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Contributed;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.OutputFolder;
import dev.idem.generative.image.Fonts;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.uses.UseCharts;
import dev.idem.uses.UseFamily;
import dev.idem.uses.UseFigure;
import dev.idem.uses.UseFigure.Choice;
import dev.idem.uses.UseMethod;
import dev.idem.uses.UseResults;
import dev.idem.uses.UseTables;
import dev.idem.uses.Uses;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares strategies and networks on one of the uses. */
@Command(
    name = "compare-strategies",
    description = {
      "Compare strategies and networks, plug-ins' too, on a task: sorting, denoising and others.",
      "Every method starts from the same weights and sees the same data, seed by seed."
    },
    footer = "  idem compare-strategies --task sorting --preset smoke")
final class CompareStrategiesCommand extends Subcommand {

  private static final String TABLE = "table:";
  private static final int SIZE = 32;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      required = true,
      description = "Task: sorting, denoising, compression, projection or tabular.")
  private String task = "";

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description =
          "Strategy beside the task's loss, see 'idem strategies'; may be repeated. Default: all.")
  private List<String> strategyNames = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "Network by its name, a plug-in's too, beside the task's plain one; may be repeated."
              + " Default: the task's own networks.")
  private List<String> networkNames = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "Data instead of the task's own: images for denoising and compression ("
              + ImageData.FORMS
              + "), table:FILE.csv for tabular.")
  private @Nullable String data;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "Column of table:FILE.csv that holds labels; the commonest one is normal. Default: none.")
  private @Nullable String label;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Height and width that images of a folder are resized to. Default: 32.")
  private @Nullable Integer size;

  @Option(
      names = "--grey",
      description = "Grey images of a folder, which compression asks for. Default: colour.")
  private boolean grey;

  @Option(
      names = "--preset",
      defaultValue = "quick",
      description = "Preset: smoke, quick or paper. Default: ${DEFAULT-VALUE}.")
  private String preset = "quick";

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of every random draw. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--threads",
      description = "Number of parallel runs, positive. Default: one per processor.")
  private int threads = ComputeOptions.allProcessors();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "comparison",
      description = "Folder for the tables and charts. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("comparison");

  @Mixin private ComputeOptions engineOptions = new ComputeOptions();

  private final Catalogue<IdempotencyStrategy> strategies;
  private final Catalogue<Network> networks;
  private final EngineFactory engines;
  private final ImageData.Sources sources;
  private final Fonts fonts;

  @Inject
  CompareStrategiesCommand(
      Catalogue<IdempotencyStrategy> strategies,
      Catalogue<Network> networks,
      EngineFactory engines,
      ImageData.Sources sources,
      Fonts fonts) {
    this.strategies = strategies;
    this.networks = networks;
    this.engines = engines;
    this.sources = sources;
    this.fonts = fonts;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (!Uses.names().contains(task)) {
      throw usage("%s", Suggestions.unknown("task", task, Uses.names()));
    }
    Preset effort = ReproduceCommand.preset(preset);
    requireRange("--seed", seed, 0, ReproduceCommand.MOST_SEED);
    Choice choice = choice();
    requireFree(out);
    fonts.require();
    OutputFolder folder = folder(out);
    UseFigure figure = new UseFigure(family()).with(choice);
    FigureContext context =
        new FigureContext(
            effort,
            seed,
            ComputeOptions.requireThreads(threads),
            engineOptions.open(engines, 1),
            ConsoleProgress.on(out()),
            List.of());
    UseResults results = accepted(() -> figure.results(context));
    UseTables tables = new UseTables(results);
    FigureResult result =
        new FigureResult(
            List.of(new UseCharts(results).drawing()), tables.all(), List.of(), List.of());
    result.write(folder);
    tables.lines().forEach(this::say);
    if (effort == Preset.SMOKE) {
      say("Preset smoke decides nothing: these numbers are meaningless.");
    }
    say("Tables and charts: " + folder.path());
    return ExitCode.OK;
  }

  private Choice choice() {
    Map<String, List<IdempotencyStrategy>> builtIn = UseMethod.builtIn();
    List<String> known = new ArrayList<>(builtIn.keySet());
    known.addAll(strategies.contributed());
    Map<String, List<IdempotencyStrategy>> chosen = new LinkedHashMap<>();
    List<Contributed> contributed = new ArrayList<>();
    for (String name : strategyNames.isEmpty() ? known : strategyNames) {
      if (!known.contains(name)) {
        throw usage("%s", Suggestions.unknown("strategy", name, known));
      }
      List<IdempotencyStrategy> own = builtIn.get(name);
      if (own != null) {
        chosen.put(name, own);
      } else {
        contributed.add(
            new Contributed(name, strategies.origin(name).label(), () -> strategies.get(name)));
      }
    }
    return new Choice(chosen, contributed, chosenNetworks());
  }

  private Map<String, Network> chosenNetworks() {
    Map<String, Network> chosen = new LinkedHashMap<>();
    networkNames.forEach(name -> chosen.put(name, networks.get(name)));
    return chosen;
  }

  private UseFamily family() throws IOException {
    String given = data;
    requireApplies("--label", label != null, given != null && given.startsWith(TABLE), TABLE);
    boolean folder = given != null && given.startsWith(ImageData.IMAGES);
    requireApplies("--size", size != null, folder, ImageData.IMAGES);
    requireApplies("--grey", grey, folder, ImageData.IMAGES);
    if (given == null) {
      return Uses.named(task);
    }
    if (given.startsWith(TABLE)) {
      Path csv = Path.of(given.substring(TABLE.length()));
      return accepted(() -> Uses.onTable(task, csv, Optional.ofNullable(label)));
    }
    int pixels = size == null ? SIZE : size;
    requireRange("--size", pixels, 8, 256);
    Shape shape = Shape.of(pixels, pixels, grey ? 1 : 3);
    return accepted(
        () -> {
          Uses.requireImages(task);
          ImageData opened = sources.open(given, shape);
          return Uses.onImages(task, opened.source(), opened.heldOutSize());
        });
  }

  private static void requireApplies(String option, boolean given, boolean applies, String form) {
    if (given && !applies) {
      throw usage("%s applies to --data %s... alone; omit it", option, form);
    }
  }
}
