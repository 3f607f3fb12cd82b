package dev.idem.figures.generative;

import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.eval.metrics.CollapseAlarm.RankShare;
import dev.idem.figures.Claim;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.RunPool.ParallelRuns;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.generative.GenerativeDrawings.Snapshots;
import dev.idem.figures.generative.GeneratorRun.Case;
import dev.idem.figures.generative.GeneratorRun.Curve;
import dev.idem.figures.generative.Judge.Measurement;
import dev.idem.generative.degradation.Degradation;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** What each method generates from the same noise, side by side; one seed. */
public final class GenerativeFigure implements Figure {

  @Override
  public String title() {
    return "Generation";
  }

  @Override
  public String paperShows() {
    return "Figure 6: MNIST digits from white noise and CelebA faces from spectral noise, z, f(z) and"
        + " f(f(z)), by networks trained with a reconstruction loss and with idempotence and"
        + " tightness by substitution. The poster does not say how tightness is substituted.";
  }

  @Override
  public String ourSetting() {
    return "Everything but the losses. MNIST's test digits, 9,000 to train on; convolutions to 16"
        + " and 32 channels and a dense code of 128; batches of 64, Adam 0.001 (0.5, 0.999), 800"
        + " steps (1,200 in generative-ablation). IGN, and what stands beside it in the first picture, with batch normalisation"
        + " and from white noise: squared errors, weights 1, 1 and 0.5, tightness up to a residual of"
        + " 0.06; the substituted gradient beside it weighs 0.25; without IGN's losses 0.2, and"
        + " the substituted tightness (u' = f(u)) 0.4. The other methods without normalisation, from"
        + " noise with the digits' mean and covariance; the idempotency term weighs 0.4. One seed; generative-ablation has more.";
  }

  @Override
  public Optional<Duration> quickTime() {
    return Optional.of(Duration.ofSeconds(145));
  }

  @Override
  public List<Claim> claims() {
    return List.of(PaperClaims.GENERATION);
  }

  @Override
  public FigureResult draw(FigureContext context) throws InterruptedException {
    FiniteDataSource images = digits(context.preset());
    try (Judge judge = new Judge(images, samples(context.preset()), context.engine())) {
      return draw(context, images, judge);
    }
  }

  private static FigureResult draw(FigureContext context, FiniteDataSource images, Judge judge)
      throws InterruptedException {
    List<Case> cases = new ArrayList<>();
    Map<NoiseKind, GeneratorTraining> noises = new EnumMap<>(NoiseKind.class);
    for (Method method : Method.values()) {
      GeneratorRecipe recipe = shortened(recipe(method, images, context), context.preset());
      GeneratorTraining training =
          noises
              .computeIfAbsent(recipe.noise(), kind -> GeneratorTraining.of(recipe, images))
              .with(recipe);
      cases.add(new Case(Methods.name(method), "", training));
    }
    cases.addAll(
        WhiteNoise.cases(cases.get(List.of(Method.values()).indexOf(Method.IGN)).training()));
    context.progress().begin("generative", cases.size());
    Map<String, Degradation> degradations = degradations();
    List<GeneratorRun<Snapshots>> runs =
        ParallelRuns.of(
            cases,
            work ->
                GeneratorRun.of(
                    work,
                    judge,
                    context.engine(),
                    generator -> Snapshots.of(generator, judge.real(), degradations)),
            context.threads(),
            context.progress());
    context.progress().end();
    return result(runs, judge, images);
  }

  static int samples(Preset preset) {
    return preset.choose(64, 512, 1_000);
  }

  /** MNIST's test digits; in smoke so few to train on that their covariance takes no time. */
  static FiniteDataSource digits(Preset preset) {
    ImageDataSource all = Mnist.embedded();
    int trained = preset.choose(256, all.trainingSize(), all.trainingSize());
    int[] first = IntStream.range(0, trained).toArray();
    return new ImageDataSource(all.name(), all.trainingImages().subset(first), all.heldOutImages());
  }

  /** The recipe of a preset: the paper's network trains for hours, and keeps the noise of quick. */
  static GeneratorRecipe recipe(Method method, FiniteDataSource images, FigureContext context) {
    GeneratorRecipe recipe =
        context
            .preset()
            .choose(
                brief(GeneratorRecipe.smoke(method, images.shape())),
                GeneratorRecipe.quick(method, images.shape()),
                GeneratorRecipe.paper(method, images.shape(), images.trainingSize())
                    .withNoise(GeneratorRecipe.quick(method, images.shape()).noise()));
    return recipe.withPlan(recipe.plan().toBuilder().seed(context.seed()).build());
  }

  /** In quick two thirds of the recipe's steps: the figure is to take minutes. */
  private static GeneratorRecipe shortened(GeneratorRecipe recipe, Preset preset) {
    long steps = recipe.plan().steps();
    return recipe.withPlan(
        recipe.plan().toBuilder().steps(preset.choose(steps, steps * 2 / 3, steps)).build());
  }

  private static GeneratorRecipe brief(GeneratorRecipe recipe) {
    return recipe.withPlan(recipe.plan().toBuilder().steps(4).evaluateEvery(2).build());
  }

  private static Map<String, Degradation> degradations() {
    Map<String, Degradation> degradations = new LinkedHashMap<>();
    for (String name : List.of("noise", "sketch", "mask")) {
      degradations.put(name, Degradation.named(name));
    }
    return degradations;
  }

  private static FigureResult result(
      List<GeneratorRun<Snapshots>> runs, Judge judge, FiniteDataSource images) {
    Map<Method, GeneratorRun<Snapshots>> byMethod = new EnumMap<>(Method.class);
    for (Method method : Method.values()) {
      byMethod.put(method, runs.get(byMethod.size()));
    }
    List<GeneratorRun<Snapshots>> whiteNoise = new ArrayList<>();
    whiteNoise.add(Objects.requireNonNull(byMethod.get(Method.IGN)));
    whiteNoise.addAll(runs.subList(byMethod.size(), runs.size()));
    GenerativeDrawings drawn = new GenerativeDrawings(images.shape(), byMethod);
    List<Drawing> drawings = new ArrayList<>(drawn.figureSix(whiteNoise));
    drawings.addAll(drawn.all(Math.min(256, judge.samples())));
    return new FigureResult(
        drawings,
        List.of(GeneratorRun.shown("summary", runs, judge), training(runs), terms(runs)),
        sentences(runs, judge),
        GenerationClaim.findings(
            List.of(Objects.requireNonNull(byMethod.get(Method.RECONSTRUCTION_SUBSTITUTED))),
            List.of(Objects.requireNonNull(byMethod.get(Method.RECONSTRUCTION))),
            judge,
            "Convolutional autoencoder on MNIST’s test digits, one seed"));
  }

  private record Evaluation(String method, Curve.Evaluated at, RankShare share) {}

  private static Table training(List<GeneratorRun<Snapshots>> runs) {
    List<Evaluation> rows = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs) {
      List<Curve.Evaluated> evaluations = run.curve().evaluations();
      for (int i = 0; i < Math.min(evaluations.size(), run.shares().size()); i++) {
        rows.add(new Evaluation(run.name(), evaluations.get(i), run.shares().get(i)));
      }
    }
    return Table.filed(
        "training",
        "Held-out errors and diversity during training.",
        rows,
        List.of(
            new Column<>("method", Evaluation::method),
            new Column<>("step", row -> row.at().step()),
            new Column<>("reconstruction", row -> row.at().reconstruction()),
            new Column<>("error / variance", row -> row.at().errorOverVariance()),
            new Column<>("rank", row -> row.share().rank()),
            new Column<>("rank share", row -> row.share().share())));
  }

  private record TermValue(String method, String term, Point at) {}

  private static Table terms(List<GeneratorRun<Snapshots>> runs) {
    List<TermValue> rows = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs) {
      run.curve()
          .terms()
          .forEach(
              (term, points) ->
                  points.forEach(at -> rows.add(new TermValue(run.name(), term, at))));
    }
    return Table.filed(
        "terms",
        "Each loss term at each step; of a substituted gradient, its Euclidean norm.",
        rows,
        List.of(
            new Column<>("method", TermValue::method),
            new Column<>("term", TermValue::term),
            new Column<>("step", row -> Math.round(row.at().x())),
            new Column<>("value", row -> row.at().y())));
  }

  private static List<String> sentences(List<GeneratorRun<Snapshots>> runs, Judge judge) {
    List<String> sentences = new ArrayList<>();
    for (GeneratorRun<Snapshots> run : runs) {
      sentences.add(sentence(run));
      run.warnings().forEach(warning -> sentences.add(run.name() + ", " + warning + "."));
    }
    float[][] z = judge.noise(runs.get(0).training().noise());
    sentences.add(
        String.format(
            Locale.ROOT,
            "Distances are from %d samples to as many held-out digits. Among the first %d principal"
                + " components of pixels Fréchet sees means and covariances: training digits are at"
                + " %.1f, and z itself, which has the digits' own, at %.1f, so it cannot tell noise"
                + " from digits there. Nearest digit, f(z) to the nearest training digit over the"
                + " same of held-out digits, is %.2f for z itself. In the features of a digit"
                + " classifier, Fréchet distance and coverage: training digits %.0f and %.2f, z"
                + " itself %.0f and %.2f.",
            judge.samples(),
            judge.components(),
            judge.frechet(judge.floor()),
            judge.frechet(z),
            judge.nearest(z),
            judge.digitFrechet(judge.floor()),
            judge.coverage(judge.floor()),
            judge.digitFrechet(z),
            judge.coverage(z)));
    return sentences;
  }

  private static String sentence(GeneratorRun<Snapshots> run) {
    if (run.measurement().isEmpty()) {
      return run.name() + " diverged: " + run.divergence().orElse("");
    }
    Measurement measured = run.measurement().get();
    return String.format(
        Locale.ROOT,
        "%s: %s (effective rank %.0f %% of real digits', closest pair %.2f of theirs; %d of 10 digits); error /"
            + " variance %.2f, %s %s; f(z) is at %.2f E|z|² from z%s; nearest digit %.2f; in the"
            + " digit classifier's features Fréchet distance %.0f, coverage %.2f.",
        run.name(),
        measured.state(),
        100 * measured.diversity().rankShare(),
        measured.diversity().pairShare(),
        measured.classes(),
        measured.errorOverVariance(),
        measured.idempotent() ? "below" : "NOT below",
        PaperClaims.IDEMPOTENT_GENERATOR,
        measured.identityDistance(),
        measured.moves() ? "" : ", which is next to the identity",
        measured.nearest(),
        measured.digitFrechet(),
        measured.coverage());
  }
}
