package dev.idem.figures.generative;

import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.PairedDifference;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.figures.Finding;
import dev.idem.figures.Table;
import dev.idem.figures.generative.GeneratorRun.Case;
import dev.idem.generative.noise.NoiseKind;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.recipe.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The results of the ablation by setting: medians, range, and pairs against the control. */
final class AblationTables {

  private static final int RESAMPLES = 10_000;
  private static final List<String> HEADER =
      List.of(
          "setting",
          "method",
          "seeds",
          "diverse",
          "Fréchet, median",
          "lowest",
          "highest",
          "nearest digit, median",
          "digit Fréchet, median",
          "coverage, median",
          "relative error, median",
          "rank share, least",
          "closest-pair share, least",
          "reconstruction, median",
          "as in training, median");

  private final AblationDesign design;
  private final Map<Case, GeneratorRun<String>> runs;
  private final Judge judge;
  private final Bootstrap bootstrap;

  AblationTables(
      AblationDesign design, Map<Case, GeneratorRun<String>> runs, Judge judge, long seed) {
    this.design = design;
    this.runs = runs;
    this.judge = judge;
    this.bootstrap = new Bootstrap(RESAMPLES, seed);
  }

  List<Table> all() {
    List<List<Object>> main = new ArrayList<>();
    for (Method method : Method.values()) {
      main.add(row("default", method, design.of(method)));
    }
    List<List<Object>> weights = new ArrayList<>();
    design
        .weights()
        .forEach(
            (weight, cases) ->
                weights.add(row("weight " + weight, Method.RECONSTRUCTION_SUBSTITUTED, cases)));
    List<List<Object>> noise = new ArrayList<>();
    design
        .byNoise()
        .forEach(
            (kind, methods) ->
                methods.forEach((method, cases) -> noise.add(row(kind.label(), method, cases))));
    List<List<Object>> normalization = new ArrayList<>();
    design
        .byNormalization()
        .forEach(
            (label, methods) ->
                methods.forEach((method, cases) -> normalization.add(row(label, method, cases))));
    List<List<Object>> tightness =
        List.of(
            row("tightness 0.1", Method.IGN, design.of(Method.IGN)),
            row("none", Method.IGN, design.withoutTightness()));
    return List.of(
        table("methods", "The methods at their default settings.", main),
        pairs(),
        table("weights", "The substituted gradient's weight.", weights),
        table("noise", "Where z comes from, in training and evaluation.", noise),
        table("normalisation", "How layers are normalised.", normalization),
        table("tightness", "IGN with and without its tightness term.", tightness));
  }

  private Table table(String name, String caption, List<List<Object>> rows) {
    return Table.shown(
        name,
        String.format(
            Locale.ROOT,
            "%s Fréchet: squared distance of f(z) to held-out digits, %d principal components of pixels, %d samples each; as many training digits: %.1f. Nearest digit: median distance of f(z) to the nearest training digit, over that of held-out digits. Digit Fréchet and coverage: in the digit classifier's features; as many training digits: %.0f and %.2f.",
            caption,
            judge.components(),
            judge.samples(),
            judge.frechet(judge.floor()),
            judge.digitFrechet(judge.floor()),
            judge.coverage(judge.floor())),
        HEADER,
        rows);
  }

  private List<Object> row(String setting, Method method, List<Case> cases) {
    double[] frechet = values(cases, measured -> measured.frechet().get(0));
    return List.of(
        setting,
        MethodLook.name(method),
        cases.size(),
        diverse(cases) + " of " + cases.size(),
        median(frechet),
        extreme(frechet, true),
        extreme(frechet, false),
        median(values(cases, Measurement::nearest)),
        median(values(cases, Measurement::digitFrechet)),
        median(values(cases, Measurement::coverage)),
        median(values(cases, Measurement::relativeError)),
        extreme(values(cases, measured -> measured.diversity().rankShare()), true),
        extreme(values(cases, measured -> measured.diversity().pairShare()), true),
        median(values(cases, Measurement::reconstruction)),
        median(values(cases, Measurement::reconstructionAsInTraining)));
  }

  private Table pairs() {
    List<List<Object>> rows = new ArrayList<>();
    for (Method method : Method.values()) {
      if (method != Method.RECONSTRUCTION) {
        rows.add(pair(method, "Fréchet", measured -> measured.frechet().get(0)));
        rows.add(pair(method, "nearest digit", Measurement::nearest));
        rows.add(pair(method, "digit Fréchet", Measurement::digitFrechet));
        rows.add(pair(method, "not covered", measured -> 1 - measured.coverage()));
        rows.add(pair(method, "relative error", Measurement::relativeError));
      }
    }
    return Table.shown(
        "pairs",
        "Each method against reconstruction alone, paired by seed: log10 of the ratio, negative if the method is lower; a collapsed or diverged run loses.",
        List.of("method", "measure", "pairs", "lower in", "higher in", "median", "95 % interval"),
        rows);
  }

  private List<Object> pair(Method method, String what, ToDoubleFunction<Measurement> value) {
    PairedDifference found =
        PairedDifference.of(
            scores(design.of(method), value),
            scores(design.of(Method.RECONSTRUCTION), value),
            bootstrap);
    OptionalDouble median = found.median();
    return List.of(
        MethodLook.name(method),
        what,
        found.pairs(),
        found.wins(),
        found.losses(),
        median.isPresent() ? (Object) median.getAsDouble() : "",
        found
            .interval()
            .map(i -> String.format(Locale.ROOT, "%.2f to %.2f", i.low(), i.high()))
            .orElse(""));
  }

  private double[] scores(List<Case> cases, ToDoubleFunction<Measurement> value) {
    return cases.stream()
        .mapToDouble(
            work ->
                run(work)
                    .measurement()
                    .filter(measured -> !measured.collapsed())
                    .map(value::applyAsDouble)
                    .orElse(Double.POSITIVE_INFINITY))
        .toArray();
  }

  private double[] values(List<Case> cases, ToDoubleFunction<Measurement> value) {
    return cases.stream()
        .flatMap(work -> run(work).measurement().stream())
        .mapToDouble(value)
        .toArray();
  }

  private long diverse(List<Case> cases) {
    return cases.stream()
        .flatMap(work -> run(work).measurement().stream())
        .filter(measured -> !measured.collapsed())
        .count();
  }

  private GeneratorRun<String> run(Case work) {
    GeneratorRun<String> run = runs.get(work);
    if (run == null) {
      throw new IllegalStateException("no run of " + work);
    }
    return run;
  }

  private static double median(double[] values) {
    return values.length == 0
        ? Double.NaN
        : Quartiles.of(Arrays.stream(values).boxed().toList()).median();
  }

  private static double extreme(double[] values, boolean least) {
    double extreme = Double.NaN;
    for (double value : values) {
      boolean further = least ? value < extreme : value > extreme;
      extreme = Double.isNaN(extreme) || further ? value : extreme;
    }
    return extreme;
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (Method method : Method.values()) {
      List<Case> cases = design.of(method);
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s: Fréchet distance %.1f in pixels and %.0f in digit features, coverage %.2f, nearest digit %.2f, relative error %.4f (medians), %d of %d runs diverse.",
              MethodLook.name(method),
              median(values(cases, measured -> measured.frechet().get(0))),
              median(values(cases, Measurement::digitFrechet)),
              median(values(cases, Measurement::coverage)),
              median(values(cases, Measurement::nearest)),
              median(values(cases, Measurement::relativeError)),
              diverse(cases),
              cases.size()));
    }
    design
        .byNoise()
        .forEach(
            (kind, methods) -> {
              float[][] z = judge.noise(noise(methods));
              sentences.add(
                  String.format(
                      Locale.ROOT,
                      "Noise alone, z of kind %s: Fréchet distance %.1f in pixels and %.0f in digit"
                          + " features, coverage %.2f, nearest digit %.2f.%s",
                      kind.label(),
                      judge.frechet(z),
                      judge.digitFrechet(z),
                      judge.coverage(z),
                      judge.nearest(z),
                      kind == NoiseKind.COVARIANCE
                          ? " It has the digits' own mean and covariance, so that the distance in pixels"
                              + " cannot tell it from digits, and says nothing against a method that moves"
                              + " away from it."
                          : ""));
            });
    OptionalDouble collapse = collapsePoint();
    sentences.add(
        collapse.isPresent()
            ? "The least weight of the substituted gradient at which a run collapses is "
                + collapse.getAsDouble()
                + "."
            : "No run collapses at any weight of the substituted gradient.");
    return sentences;
  }

  /** On the claim of generation, at the default settings. */
  Finding finding() {
    List<Case> method = design.of(Method.RECONSTRUCTION_SUBSTITUTED);
    return GenerationClaim.finding(
        method.stream().map(this::run).toList(),
        design.of(Method.RECONSTRUCTION).stream().map(this::run).toList(),
        judge,
        "Convolutional autoencoder on MNIST’s test digits, %s %s"
            .formatted(method.size(), method.size() == 1 ? "seed" : "seeds"));
  }

  private static NoiseSource noise(Map<Method, List<Case>> methods) {
    return methods.values().iterator().next().get(0).training().noise();
  }

  private OptionalDouble collapsePoint() {
    return design.weights().entrySet().stream()
        .filter(entry -> diverse(entry.getValue()) < entry.getValue().size())
        .mapToDouble(Map.Entry::getKey)
        .min();
  }
}
