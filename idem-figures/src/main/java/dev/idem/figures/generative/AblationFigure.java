package dev.idem.figures.generative;

import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.figures.Claim;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.RunPool.ParallelRuns;
import dev.idem.figures.Table;
import dev.idem.figures.generative.GenerativeDrawings.Snapshots;
import dev.idem.figures.generative.GeneratorRun.Case;
import dev.idem.generative.model.Generator;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GenerativeObjective.ReconstructionObjective;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.models.network.Normalization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The claim of generation, tested: methods paired over seeds, the weight of the idempotency term,
 * and what noise, normalisation and tightness do.
 */
public final class AblationFigure implements Figure {

  private static final long SAMPLES_SEED = 11;

  @Override
  public String title() {
    return "Generation, tested";
  }

  @Override
  public String paperShows() {
    return "That reconstruction and the substituted gradient suffice to generate; no comparison"
        + " without the one or the other, as far as we could read.";
  }

  @Override
  public String ourSetting() {
    return "As in 'generative', three seeds each: weights, first batches and training noise differ"
        + " from seed to seed, held-out images and evaluation noise do not. Distances are"
        + " squared Fréchet distances, among principal components of pixels and in the"
        + " features of the digit classifier, lower is better; coverage is the share of"
        + " held-out digits that a sample is near in those features, higher is better.";
  }

  @Override
  public boolean inDefaultSet() {
    return false;
  }

  @Override
  public List<Claim> claims() {
    return List.of(PaperClaims.GENERATION);
  }

  @Override
  public FigureResult draw(FigureContext context) throws InterruptedException {
    FiniteDataSource images = GenerativeFigure.digits(context.preset());
    int samples = GenerativeFigure.samples(context.preset());
    try (Judge judge = new Judge(images, samples, context.engine())) {
      return draw(context, images, judge);
    }
  }

  private static FigureResult draw(FigureContext context, FiniteDataSource images, Judge judge)
      throws InterruptedException {
    Design design = new Design(images, context);
    List<Case> cases = design.cases();
    context.progress().begin("generative-ablation", cases.size());
    List<GeneratorRun<float[][]>> runs =
        ParallelRuns.of(
            cases,
            work -> GeneratorRun.of(work, judge, context.engine(), AblationFigure::samples),
            context.threads(),
            context.progress());
    context.progress().end();
    Map<Case, GeneratorRun<float[][]>> byCase = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      byCase.put(cases.get(i), runs.get(i));
    }
    AblationTables tables = new AblationTables(design, byCase, judge, context.seed());
    List<Drawing> drawings = new AblationCharts(design, byCase, judge).drawings(images.shape());
    List<Table> written = new ArrayList<>(tables.all());
    written.add(GeneratorRun.filed("runs", runs, judge));
    return new FigureResult(drawings, written, tables.sentences(), tables.findings());
  }

  private static float[][] samples(Generator generator) {
    return generator.generate(generator.noise(SAMPLES_SEED, Snapshots.FIGURE_6), 1).get(1);
  }

  /** A method at a setting, with its runs: one case per seed. */
  record Setting(String name, Method method, List<Case> cases) {}

  /** The generators to train: every question is a list of settings, each with every seed. */
  static final class Design {

    private static final List<Double> WEIGHTS = List.of(0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0);
    private static final List<Double> TIGHTNESS = List.of(0.0, 0.1, 0.2, 0.35, 0.5);
    private static final long SEED_STRIDE = 1_000;
    private static final String EXACT = "exact network";

    private final FiniteDataSource images;
    private final FigureContext context;
    private final Map<NoiseKind, GeneratorTraining> noises = new EnumMap<>(NoiseKind.class);
    private final List<Setting> methods = new ArrayList<>();
    private final Setting exact;
    private final Map<Double, Setting> weights = new LinkedHashMap<>();
    private final List<Setting> noise = new ArrayList<>();
    private final List<Setting> normalization = new ArrayList<>();
    private final List<Setting> tightness = new ArrayList<>();
    private final List<Setting> substitutedTightness = new ArrayList<>();

    Design(FiniteDataSource images, FigureContext context) {
      this.images = images;
      this.context = context;
      for (Method method : Method.values()) {
        methods.add(new Setting("default", method, seeds(method, "", recipe(method))));
      }
      exact =
          new Setting(
              EXACT,
              Method.RECONSTRUCTION,
              seeds(
                  Method.RECONSTRUCTION,
                  EXACT,
                  recipe(Method.RECONSTRUCTION).withArchitecture(Architecture.EXACT)));
      methods.add(exact);
      for (double weight : context.preset().choose(List.of(0.1, 1.0), WEIGHTS, WEIGHTS)) {
        weights.put(weight, weighted(weight));
      }
      for (NoiseKind kind : NoiseKind.values()) {
        vary(noise, kind.label(), " noise", recipe -> recipe.withNoise(kind));
      }
      for (Normalization kind :
          List.of(Normalization.none(), Normalization.batch(), Normalization.group())) {
        vary(
            normalization,
            kind.label(),
            " normalisation",
            recipe -> recipe.withNormalization(kind));
      }
      Map<String, GenerativeObjective> tried = WhiteNoise.tried();
      tried.entrySet().stream()
          .limit(context.preset().choose(1, tried.size(), tried.size()))
          .map(entry -> substitutedTightness(entry.getKey(), entry.getValue()))
          .forEach(substitutedTightness::add);
      tightness.add(new Setting("default", Method.IGN, of(Method.IGN)));
      for (double weight : context.preset().choose(List.of(0.0), TIGHTNESS, TIGHTNESS)) {
        tightness.add(ignWithoutMargin(weight));
      }
    }

    private Setting weighted(double weight) {
      Method method = Method.RECONSTRUCTION_SUBSTITUTED;
      String name = "weight " + weight;
      GeneratorRecipe recipe =
          recipe(method).withObjective(ReconstructionObjective.substituted(weight));
      return new Setting(
          name, method, weight == Method.DEFAULT_WEIGHT ? of(method) : seeds(method, name, recipe));
    }

    /** Adds every method with its recipe changed; its default runs where that changes nothing. */
    private void vary(
        List<Setting> settings, String name, String suffix, UnaryOperator<GeneratorRecipe> change) {
      for (Method method : varied()) {
        GeneratorRecipe recipe = recipe(method);
        GeneratorRecipe changed = change.apply(recipe);
        List<Case> cases =
            changed.equals(recipe) ? of(method) : seeds(method, name + suffix, changed);
        settings.add(new Setting(name, method, cases));
      }
    }

    /** The methods whose noise and normalisation vary: in smoke the paper's alone. */
    private List<Method> varied() {
      List<Method> all = List.of(Method.values());
      return context.preset().choose(all.subList(0, 1), all, all);
    }

    /** A substituted gradient and a tightness from white noise, with IGN's plan; one seed. */
    private Setting substitutedTightness(String name, GenerativeObjective objective) {
      Method method = Method.RECONSTRUCTION_SUBSTITUTED;
      GeneratorRecipe recipe = recipe(Method.IGN).withObjective(objective);
      return new Setting(name, method, seeds(method, "white noise: " + name, recipe).subList(0, 1));
    }

    private Setting ignWithoutMargin(double tightness) {
      String name = tightness == 0 ? "none" : "weight %s, no margin".formatted(tightness);
      IgnObjective objective = IgnObjective.reimplemented().withTightness(tightness);
      GeneratorRecipe recipe = recipe(Method.IGN).withObjective(objective);
      return new Setting(name, Method.IGN, seeds(Method.IGN, "tightness: " + name, recipe));
    }

    private GeneratorRecipe recipe(Method method) {
      return GenerativeFigure.recipe(method, images, context);
    }

    private List<Case> seeds(Method method, String setting, GeneratorRecipe recipe) {
      List<Case> cases = new ArrayList<>();
      int count = context.preset().choose(1, 3, 5);
      for (int i = 0; i < count; i++) {
        long seed = context.seed() * SEED_STRIDE + i;
        GeneratorRecipe seeded = recipe.withPlan(recipe.plan().toBuilder().seed(seed).build());
        GeneratorTraining estimated =
            noises.computeIfAbsent(recipe.noise(), kind -> GeneratorTraining.of(seeded, images));
        cases.add(new Case(Methods.name(method), setting, estimated.with(seeded)));
      }
      return cases;
    }

    /** Every generator once, those of the main comparison first. */
    List<Case> cases() {
      Set<Case> cases = new LinkedHashSet<>();
      Stream.of(methods, weights.values(), tightness, substitutedTightness, noise, normalization)
          .flatMap(Collection::stream)
          .forEach(setting -> cases.addAll(setting.cases()));
      return List.copyOf(cases);
    }

    /** The runs of a method at its default setting, one per seed. */
    List<Case> of(Method method) {
      return methods.stream()
          .filter(setting -> setting.method() == method)
          .findFirst()
          .orElseThrow()
          .cases();
    }

    /** The methods at their default settings, and {@link #exact}. */
    List<Setting> methods() {
      return methods;
    }

    /** A network that is idempotent by construction, on reconstruction alone. */
    Setting exact() {
      return exact;
    }

    /** The substituted method by weight, ascending. */
    Map<Double, Setting> weights() {
      return weights;
    }

    List<Setting> noise() {
      return noise;
    }

    List<Setting> normalization() {
      return normalization;
    }

    /** Idempotence by the substituted gradient from white noise, with a tightness. */
    List<Setting> substitutedTightness() {
      return substitutedTightness;
    }

    List<Setting> tightness() {
      return tightness;
    }
  }
}
