package dev.idem.cli.command;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.check.Suggestions;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.cli.console.ConsoleProgress;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.environment.Failures;
import dev.idem.cli.plugin.PluginJar;
import dev.idem.cli.plugin.PluginJar.UsedPlugin;
import dev.idem.cli.plugin.Plugins;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.RunPool;
import dev.idem.figures.RunPool.ParallelRuns;
import dev.idem.figures.report.Report;
import dev.idem.figures.report.Report.ClaimRow;
import dev.idem.figures.report.ReportWriter;
import dev.idem.generative.image.Fonts;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Catalogue.UnknownNameException;
import dev.idem.runs.sweep.SweepRunner;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes figures and writes the report. */
@Command(
    name = "reproduce",
    description = {
      "Compute the paper's figures on this machine and write a report.",
      "The report is one page, OUT/index.html, with PNG, SVG and CSV files beside it."
    },
    footer = {"  idem reproduce efficacy --preset smoke", "  idem reproduce --out report"})
final class ReproduceCommand extends Subcommand {

  private static final Logger LOG = LoggerFactory.getLogger(ReproduceCommand.class);

  static final long MOST_SEED = 1_000_000_000;

  /** In seconds. */
  private static final long LEAST_TO_JUDGE_BY = 30;

  @Parameters(
      paramLabel = "FIGURE",
      description =
          "Figures to compute, or 'uses' for the set of that name, see 'idem figures'."
              + " Default: all but those drawn only if named.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--preset",
      defaultValue = "quick",
      description =
          "Preset: smoke (seconds, results are meaningless), quick (minutes) or paper (hours)."
              + " Default: ${DEFAULT-VALUE}.")
  private String preset = "quick";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "report",
      description = "Folder for the report. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("report");

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of every random draw, 0 to 1000000000. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--gradient-scale",
      paramLabel = "SCALE",
      defaultValue = "as-published",
      description =
          "Scale of both gradients in the efficacy charts at equal rates and in the trajectory charts"
              + " of all parameters: as-published (canonical loss averaged over batch and width,"
              + " substituted gradient over the batch) or equal; the claims and the tables hold both."
              + " Default: ${DEFAULT-VALUE}.")
  private String gradientScale = "as-published";

  @Option(
      names = "--threads",
      description =
          "Number of parallel runs, positive; each computes on one thread, so the results do not"
              + " depend on it. Default: one per processor.")
  private int threads = ComputeOptions.allProcessors();

  @Mixin private RunnerOptions runner = new RunnerOptions();

  @Mixin private ComputeOptions engineOptions = new ComputeOptions();

  private final Catalogue<Figure> figures;
  private final Catalogue<IdempotencyStrategy> strategies;
  private final EngineFactory engines;
  private final Fonts fonts;
  private final Plugins plugins;

  @Inject
  ReproduceCommand(
      Catalogue<Figure> figures,
      Catalogue<IdempotencyStrategy> strategies,
      EngineFactory engines,
      Fonts fonts,
      Plugins plugins) {
    this.figures = figures;
    this.strategies = strategies;
    this.engines = engines;
    this.fonts = fonts;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Map<String, Figure> chosen = chosen();
    Preset effort = preset(preset);
    GradientScale scale =
        GradientScale.labelled(gradientScale)
            .orElseThrow(
                () ->
                    new UsageException(
                        Suggestions.unknown(
                            "gradient scale", gradientScale, GradientScale.labels())));
    requireRange("--seed", seed, 0, MOST_SEED);
    if (!runner.local()) {
      requireDistributed(chosen);
    }
    fonts.require();
    requireFree(out);
    OutputFolder folder = folder(out);
    TrainingEngine engine = engineOptions.open(engines, 1);
    ConsoleProgress progress = ConsoleProgress.on(out());
    FigureContext context =
        new FigureContext(
            effort,
            seed,
            ComputeOptions.requireThreads(threads),
            engine,
            progress,
            contributed(strategies),
            scale);
    if (Files.exists(folder.path().resolve(ReportWriter.PAGE))) {
      print("%s already holds a report, which this one replaces", folder.path());
    }
    long start = System.nanoTime();
    List<Report.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Figure> figure : chosen.entrySet()) {
      if (chosen.size() > 1) {
        long elapsed = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        progress.say(
            "figure %s of %s: %s, %s elapsed%s"
                .formatted(
                    entries.size() + 1,
                    chosen.size(),
                    figure.getKey(),
                    ConsoleProgress.time(elapsed),
                    left(effort, entries, List.copyOf(chosen.values()))));
      }
      try (RunPool pool = pool(figure.getKey(), context)) {
        entries.add(drawn(figure.getKey(), figure.getValue(), context.with(pool), folder));
      }
      ReportWriter.write(report(entries, context), folder);
    }
    summarize(entries);
    say("Report: " + folder.path().resolve(ReportWriter.PAGE));
    return entries.stream().anyMatch(entry -> entry.failure().isPresent())
        ? ExitCode.SOFTWARE
        : ExitCode.OK;
  }

  private void requireDistributed(Map<String, Figure> chosen) {
    List<String> can =
        figures.names().stream().filter(name -> figures.get(name).distributes()).toList();
    for (String name : chosen.keySet()) {
      if (!can.contains(name)) {
        throw usage(
            "figure '%s' is computed on this machine alone; --runner %s is for %s",
            name, runner.name(), String.join(", ", can));
      }
    }
  }

  private RunPool pool(String figure, FigureContext context) throws IOException {
    if (runner.local()) {
      return new ParallelRuns(context.threads());
    }
    FigureJob.PoolFactory factory =
        runner.service(FigureJob.PoolFactory.class, FigureJob.PoolFactory::name);
    FigureJob job =
        engineOptions.job(figure, context.preset().label(), seed, context.gradientScale().label());
    return accepted(
        () ->
            factory.open(
                job,
                new SweepRunner.Options(
                    out.toAbsolutePath(),
                    Optional.empty(),
                    0,
                    runner.master(),
                    runner.configuration(),
                    PluginJar.in(
                        System.getenv(),
                        plugins.folders().stream().map(Path::toString).toList()))));
  }

  /**
   * The time that the figures not yet drawn will take, if they are to those drawn as they were when
   * {@link Figure#quickTime} was measured. Nothing where it was not, nor until the figures drawn
   * took long enough to judge by; those that failed tell nothing.
   */
  static String left(Preset preset, List<Report.Entry> drawn, List<Figure> all) {
    List<Figure> rest = all.subList(drawn.size(), all.size());
    if (preset != Preset.QUICK || rest.stream().anyMatch(each -> each.quickTime().isEmpty())) {
      return "";
    }
    List<Report.Entry> judged =
        drawn.stream()
            .filter(one -> one.failure().isEmpty() && one.figure().quickTime().isPresent())
            .toList();
    long before = seconds(judged.stream().map(Report.Entry::figure).toList());
    double took = judged.stream().mapToDouble(Report.Entry::seconds).sum();
    return before < LEAST_TO_JUDGE_BY
        ? ""
        : ", about %s left"
            .formatted(ConsoleProgress.time(Math.round(took * seconds(rest) / before)));
  }

  private static long seconds(List<Figure> figures) {
    return figures.stream()
        .flatMap(figure -> figure.quickTime().stream())
        .mapToLong(Duration::toSeconds)
        .sum();
  }

  /** The preset of that label. */
  static Preset preset(String label) {
    return Preset.labelled(label)
        .orElseThrow(
            () -> new UsageException(Suggestions.unknown("preset", label, Preset.labels())));
  }

  /** The figures that are named, by themselves or by their set; without a name the default ones. */
  private Map<String, Figure> chosen() {
    Map<String, Figure> chosen = new LinkedHashMap<>();
    for (String name : names.isEmpty() ? figures.names() : names) {
      List<String> members =
          figures.names().stream()
              .filter(figure -> figures.get(figure).set().filter(name::equals).isPresent())
              .toList();
      if (members.isEmpty() && !figures.names().contains(name)) {
        throw new UnknownNameException(Suggestions.unknown("figure", name, namesAndSets()));
      }
      for (String member : members.isEmpty() ? List.of(name) : members) {
        Figure figure = figures.get(member);
        if (!names.isEmpty() || figure.inDefaultSet()) {
          chosen.put(member, figure);
        }
      }
    }
    return chosen;
  }

  private List<String> namesAndSets() {
    return Stream.concat(
            figures.names().stream(),
            figures.names().stream().flatMap(name -> figures.get(name).set().stream()).distinct())
        .toList();
  }

  static List<FigureContext.Contributed> contributed(Catalogue<IdempotencyStrategy> strategies) {
    return strategies.contributed().stream()
        .map(
            name ->
                new FigureContext.Contributed(
                    name, strategies.origin(name).label(), () -> strategies.get(name)))
        .toList();
  }

  private Report.Entry drawn(String name, Figure figure, FigureContext context, OutputFolder folder)
      throws InterruptedException {
    long start = System.nanoTime();
    List<FigureResult> result = new ArrayList<>();
    Optional<Throwable> thrown =
        ForeignCode.thrownBy(
            () -> {
              FigureResult found =
                  Objects.requireNonNull(
                      figure.draw(context),
                      () -> "draw of %s returned null".formatted(figures.origin(name).label()));
              found.write(folder.folder(name));
              result.add(found);
            });
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    thrown.ifPresent(failure -> LOG.debug("figure {} failed", name, failure));
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Report.Entry(
        name,
        figure,
        command(List.of(name)),
        result.stream().findFirst(),
        thrown.map(Failures::describe),
        seconds);
  }

  private Report report(List<Report.Entry> entries, FigureContext context) {
    Map<String, String> configuration = new LinkedHashMap<>();
    configuration.put(
        "figures", String.join(", ", entries.stream().map(Report.Entry::name).toList()));
    configuration.put("preset", context.preset().label());
    configuration.put("seed", Long.toString(seed));
    configuration.put("gradient scale", context.gradientScale().label());
    configuration.put("device", engineOptions.device().toString());
    configuration.put("threads", Integer.toString(context.threads()));
    if (!plugins.jars().isEmpty()) {
      configuration.put("plug-ins", UsedPlugin.sentence(plugins.used()));
    }
    return new Report(
        command(names), claims(entries), entries, configuration, Environment.of(context.engine()));
  }

  /** The claims of every known figure, including those that this run does not measure. */
  private List<ClaimRow> claims(List<Report.Entry> entries) {
    Map<String, Figure> known = new LinkedHashMap<>();
    figures.names().forEach(name -> known.put(name, figures.get(name)));
    return Report.claims(known, entries, name -> command(List.of(name)));
  }

  /** The command that reproduces these figures, with every option their results depend on. */
  private String command(List<String> named) {
    List<String> words = new ArrayList<>(List.of("./idem", "reproduce"));
    words.addAll(named);
    words.addAll(List.of("--preset", preset, "--seed", Long.toString(seed)));
    if (!gradientScale.equals(GradientScale.AS_PUBLISHED.label())) {
      words.addAll(List.of("--gradient-scale", gradientScale));
    }
    words.addAll(engineOptions.words());
    plugins.folders().forEach(folder -> words.addAll(List.of(PluginJar.OPTION, folder.toString())));
    return String.join(" ", words);
  }

  /** The verdict on each aspect that applies; one verdict where there is one aspect. */
  private static String verdicts(ClaimRow row) {
    List<Aspect> aspects = row.claim().aspects();
    if (aspects.size() == 1 || row.found().isEmpty()) {
      return row.verdict(Aspect.AS_PUBLISHED).label();
    }
    return aspects.stream()
        .map(aspect -> aspect.label() + ": " + row.verdict(aspect).label())
        .collect(Collectors.joining("; "));
  }

  private void summarize(List<Report.Entry> entries) {
    for (Report.Entry entry : entries) {
      String outcome = entry.failure().map(failure -> "FAILED: " + failure).orElse("done");
      print("%-20s %6.1f s  %s", entry.name(), entry.seconds(), outcome);
    }
    for (ClaimRow row : claims(entries)) {
      print("Claim %-24s %s", row.claim().name(), verdicts(row));
    }
    if (Preset.SMOKE.label().equals(preset)) {
      say("Preset smoke decides nothing: these verdicts are meaningless.");
    }
  }
}
