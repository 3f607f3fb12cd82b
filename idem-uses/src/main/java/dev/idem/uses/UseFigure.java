package dev.idem.uses;

import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.figures.Claim;
import dev.idem.figures.ContributedMethods;
import dev.idem.figures.ContributedMethods.Trial;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Contributed;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.RunPool.ParallelRuns;
import dev.idem.uses.Use.Contender;
import dev.idem.uses.Use.Held;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figure of a use: trains every method at every setting, measures, draws and judges. */
public final class UseFigure implements Figure {

  /** The name of the set of these figures on the command line. */
  public static final String SET = "uses";

  /** Keeps the runs of one seed apart from those of the next. */
  private static final long SEEDS_PER_SEED = 1_000;

  /** A constant schedule of a term needs more than one. */
  private static final int TRIED_STEPS = 2;

  private final Supplier<UseFamily> families;
  private final Optional<Choice> choice;

  /** Made when first asked for: its data are not for every command that lists figures. */
  private @Nullable UseFamily made;

  /**
   * What to compare instead of the figure's own methods.
   *
   * @param strategies by name, each on every network that takes strategies
   * @param contributed strategies of plug-ins, likewise
   * @param networks by name, beside the plain one; if there are any, the use's others are left out
   */
  public record Choice(
      Map<String, List<IdempotencyStrategy>> strategies,
      List<Contributed> contributed,
      Map<String, Network> networks) {}

  /** The figure with the use's own networks, and every strategy. */
  public UseFigure(UseFamily family) {
    this(() -> family);
  }

  /** The same of a use that is made when it is needed. */
  public UseFigure(Supplier<UseFamily> families) {
    this(families, Optional.empty());
  }

  private UseFigure(Supplier<UseFamily> families, Optional<Choice> choice) {
    this.families = families;
    this.choice = choice;
  }

  /** The figure with other methods. */
  public UseFigure with(Choice other) {
    return new UseFigure(this::family, Optional.of(other));
  }

  /** The use. */
  public synchronized UseFamily family() {
    UseFamily family = made;
    if (family == null) {
      family = families.get();
      made = family;
    }
    return family;
  }

  @Override
  public String title() {
    return family().title();
  }

  @Override
  public String paperShows() {
    return "The slides name image generation, sorting, denoising and data compression as uses of"
        + " idempotent maps; no measurements, as far as we could read.";
  }

  @Override
  public String ourSetting() {
    return family().choices()
        + " Every method trains with the task's mean squared error at weight 1 and Adam, whose rate"
        + " decays to zero along half a cosine; strategies add their terms on the same inputs at"
        + " weight 0.1. 'exact' networks are idempotent by construction and train on the task"
        + " alone.";
  }

  @Override
  public boolean inDefaultSet() {
    return false;
  }

  @Override
  public Optional<String> set() {
    return Optional.of(SET);
  }

  @Override
  public List<Claim> claims() {
    return List.of(family().claim());
  }

  @Override
  public FigureResult draw(FigureContext context) throws InterruptedException {
    ContributedMethods contributed = contributed(context);
    UseResults results = results(context, contributed);
    List<String> sentences = new ArrayList<>(family().sentences(results));
    sentences.addAll(contributed.sentences());
    List<Drawing> drawings = new ArrayList<>();
    drawings.add(new UseCharts(results).drawing());
    drawings.addAll(family().pictures(results));
    return new FigureResult(
        drawings, new UseTables(results).all(), sentences, List.of(family().judge(results)));
  }

  private record Prepared(Use use, Held held, List<UseMethod> methods) {}

  /**
   * Trains and measures every method and baseline.
   *
   * @throws IllegalArgumentException if a chosen network fits no setting
   */
  public UseResults results(FigureContext context) throws InterruptedException {
    return results(context, contributed(context));
  }

  /** The strategies of plug-ins that take a step of every setting. */
  private ContributedMethods contributed(FigureContext context) {
    List<Trial> trials = new ArrayList<>();
    for (Use use : settings()) {
      Contender plain = use.networks().get(0);
      trials.add(
          new Trial(
              use.setting(),
              strategy -> {
                UseMethod method =
                    new UseMethod(
                        plain.name(),
                        Methods.ofPlugin("tried"),
                        plain.network(),
                        List.of(strategy));
                return UseRun.task(use, method, TRIED_STEPS, context.seed());
              }));
    }
    return ContributedMethods.tried(
        choice.map(Choice::contributed).orElse(context.contributed()), trials, context.engine());
  }

  private UseResults results(FigureContext context, ContributedMethods contributed)
      throws InterruptedException {
    Preset preset = context.preset();
    int shown = family().shown();
    List<Prepared> prepared = new ArrayList<>();
    for (Use use : settings()) {
      prepared.add(
          new Prepared(
              use, use.held(context.seed(), use.heldOut(preset)), methods(use, contributed)));
    }
    List<Supplier<UseRun>> work = new ArrayList<>();
    int seeds = preset.choose(1, 3, 5);
    for (int i = 0; i < seeds; i++) {
      long seed = context.seed() * SEEDS_PER_SEED + i;
      for (Prepared on : prepared) {
        for (UseMethod method : on.methods()) {
          work.add(
              () ->
                  UseRun.trained(
                      on.use(), method, seed, preset, context.engine(), on.held(), shown));
        }
      }
    }
    for (Prepared on : prepared) {
      on.use()
          .baselines(context.seed())
          .forEach(
              (name, map) ->
                  work.add(
                      () ->
                          UseRun.baseline(on.use(), name, map, context.seed(), on.held(), shown)));
    }
    context.progress().begin(family().name(), work.size());
    List<UseRun> runs = ParallelRuns.of(work, Supplier::get, context.threads(), context.progress());
    context.progress().end();
    return new UseResults(family(), runs, context.seed());
  }

  /** Those that a chosen network fits; all where none is chosen. */
  private List<Use> settings() {
    Map<String, Network> networks = choice.map(Choice::networks).orElse(Map.of());
    networks.forEach(
        (name, network) ->
            Require.argument(
                family().uses().stream().anyMatch(use -> fits(network, use)),
                "network '%s' fits no setting of '%s': it maps %s to %s, and the settings take %s",
                name,
                family().name(),
                network.shape(),
                network.outputShape(),
                family().uses().stream()
                    .map(use -> use.data().shape().toString())
                    .distinct()
                    .collect(Collectors.joining(", "))));
    return family().uses().stream()
        .filter(
            use ->
                networks.isEmpty()
                    || networks.values().stream().anyMatch(network -> fits(network, use)))
        .toList();
  }

  private static boolean fits(Network network, Use use) {
    return network.shape().equals(use.data().shape())
        && network.outputShape().equals(use.data().shape());
  }

  private List<UseMethod> methods(Use use, ContributedMethods contributed) {
    Map<String, List<IdempotencyStrategy>> strategies =
        new LinkedHashMap<>(choice.map(Choice::strategies).orElse(UseMethod.builtIn()));
    contributed.methods().forEach((name, strategy) -> strategies.put(name, List.of(strategy)));
    List<Contender> contenders = new ArrayList<>(use.networks());
    if (choice.isPresent() && !choice.get().networks().isEmpty()) {
      contenders.subList(1, contenders.size()).clear();
      choice
          .get()
          .networks()
          .forEach(
              (name, network) -> {
                if (fits(network, use)) {
                  contenders.add(new Contender(name, network, true));
                }
              });
    }
    return UseMethod.of(contenders, strategies);
  }
}
