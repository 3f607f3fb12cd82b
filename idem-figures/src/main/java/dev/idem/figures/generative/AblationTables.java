package dev.idem.figures.generative;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.PairedDifference;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Methods;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.generative.AblationFigure.Design;
import dev.idem.figures.generative.AblationFigure.Setting;
import dev.idem.figures.generative.GeneratorRun.Case;
import dev.idem.figures.generative.Judge.Measurement;
import dev.idem.generative.noise.NoiseSource;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective.Method;
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

  /** A method against the control by one measure. */
  private record Pair(String method, String measure, PairedDifference found) {}

  private final Design design;
  private final Map<Case, GeneratorRun<float[][]>> runs;
  private final Judge judge;
  private final Bootstrap bootstrap;

  AblationTables(Design design, Map<Case, GeneratorRun<float[][]>> runs, Judge judge, long seed) {
    this.design = design;
    this.runs = runs;
    this.judge = judge;
    this.bootstrap = new Bootstrap(RESAMPLES, seed);
  }

  List<Table> all() {
    return List.of(
        table(
            "methods",
            "The methods at their default settings, and an exact network.",
            design.methods()),
        pairs(),
        table(
            "weights",
            "The substituted gradient's weight.",
            List.copyOf(design.weights().values())),
        table("noise", "Where z comes from, in training and evaluation.", design.noise()),
        table("normalisation", "How layers are normalised.", design.normalization()),
        table(
            "tightness",
            "IGN by its tightness term: the default (a margin), other weights without a margin, none.",
            design.tightness()),
        table(
            "substituted-tightness",
            "The substituted gradient from white noise, one seed each: its weight, and the form and"
                + " weight of the tightness, by substitution or IGN's.",
            design.substitutedTightness()));
  }

  private Table table(String name, String caption, List<Setting> rows) {
    return Table.shown(
        name,
        String.format(
            Locale.ROOT,
            "%s Fréchet: squared distance of f(z) to held-out digits, %d principal components of"
                + " pixels, %d samples each; as many training digits: %.1f. Nearest digit: median"
                + " distance of f(z) to the nearest training digit, over that of held-out digits."
                + " Digit Fréchet and coverage: in the digit classifier's features; as many"
                + " training digits: %.0f and %.2f.",
            caption,
            judge.components(),
            judge.samples(),
            judge.frechet(judge.floor()),
            judge.digitFrechet(judge.floor()),
            judge.coverage(judge.floor())),
        rows,
        List.of(
            new Column<>("setting", Setting::name),
            new Column<>("method", row -> Methods.name(row.method())),
            new Column<>("seeds", row -> row.cases().size()),
            new Column<>("diverse", row -> diverse(row.cases()) + " of " + row.cases().size()),
            median("Fréchet, median", AblationTables::frechet),
            least("lowest", AblationTables::frechet),
            new Column<>(
                "highest", row -> extreme(values(row.cases(), AblationTables::frechet), false)),
            median("nearest digit, median", Measurement::nearest),
            median("digit Fréchet, median", Measurement::digitFrechet),
            median("coverage, median", Measurement::coverage),
            median("error / variance, median", Measurement::errorOverVariance),
            median("relative error, median", Measurement::relativeError),
            least("rank share, least", measured -> measured.diversity().rankShare()),
            least("closest-pair share, least", measured -> measured.diversity().pairShare()),
            median("reconstruction, median", Measurement::reconstruction),
            median("as in training, median", Measurement::reconstructionAsInTraining)));
  }

  private static double frechet(Measurement measured) {
    return measured.frechet().get(0);
  }

  private Column<Setting> median(String name, ToDoubleFunction<Measurement> read) {
    return new Column<>(name, row -> median(values(row.cases(), read)));
  }

  private Column<Setting> least(String name, ToDoubleFunction<Measurement> read) {
    return new Column<>(name, row -> extreme(values(row.cases(), read), true));
  }

  private Table pairs() {
    List<Pair> rows = new ArrayList<>();
    for (Setting setting : design.methods()) {
      if (setting.method() != Method.RECONSTRUCTION || setting.equals(design.exact())) {
        rows.add(pair(setting, "Fréchet", AblationTables::frechet));
        rows.add(pair(setting, "nearest digit", Measurement::nearest));
        rows.add(pair(setting, "digit Fréchet", Measurement::digitFrechet));
        rows.add(pair(setting, "not covered", measured -> 1 - measured.coverage()));
        rows.add(pair(setting, "error / variance", Measurement::errorOverVariance));
      }
    }
    return Table.shown(
        "pairs",
        "Each method against reconstruction alone, paired by seed: log10 of the ratio, negative if"
            + " the method is lower; a collapsed or diverged run loses.",
        rows,
        List.of(
            new Column<>("method", Pair::method),
            new Column<>("measure", Pair::measure),
            new Column<>("pairs", row -> row.found().pairs()),
            new Column<>("lower in", row -> row.found().wins()),
            new Column<>("higher in", row -> row.found().losses()),
            new Column<>(
                "median",
                row -> row.found().median().isPresent() ? row.found().median().getAsDouble() : ""),
            new Column<>(
                "95 % interval",
                row ->
                    row.found()
                        .interval()
                        .map(i -> String.format(Locale.ROOT, "%.2f to %.2f", i.low(), i.high()))
                        .orElse(""))));
  }

  private Pair pair(Setting setting, String measure, ToDoubleFunction<Measurement> value) {
    return new Pair(
        name(setting),
        measure,
        PairedDifference.of(
            scores(setting.cases(), value),
            scores(design.of(Method.RECONSTRUCTION), value),
            bootstrap));
  }

  private String name(Setting setting) {
    String method = Methods.name(setting.method());
    return setting.equals(design.exact()) ? method + ", " + setting.name() : method;
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

  private GeneratorRun<float[][]> run(Case work) {
    GeneratorRun<float[][]> run = runs.get(work);
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
    for (Setting setting : design.methods()) {
      List<Case> cases = setting.cases();
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s: Fréchet distance %.1f in pixels and %.0f in digit features, coverage %.2f,"
                  + " nearest digit %.2f, error / variance %.2f (medians), %d of %d runs diverse.",
              name(setting),
              median(values(cases, AblationTables::frechet)),
              median(values(cases, Measurement::digitFrechet)),
              median(values(cases, Measurement::coverage)),
              median(values(cases, Measurement::nearest)),
              median(values(cases, Measurement::errorOverVariance)),
              diverse(cases),
              cases.size()));
    }
    for (NoiseKind kind : NoiseKind.values()) {
      float[][] z = judge.noise(noise(kind));
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
    }
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
  List<Finding> findings() {
    List<Case> method = design.of(Method.RECONSTRUCTION_SUBSTITUTED);
    return GenerationClaim.findings(
        method.stream().map(this::run).toList(),
        design.of(Method.RECONSTRUCTION).stream().map(this::run).toList(),
        judge,
        "Convolutional autoencoder on MNIST’s test digits, %s %s"
            .formatted(method.size(), method.size() == 1 ? "seed" : "seeds"));
  }

  private NoiseSource noise(NoiseKind kind) {
    return design.noise().stream()
        .filter(setting -> setting.name().equals(kind.label()))
        .findFirst()
        .orElseThrow()
        .cases()
        .get(0)
        .training()
        .noise();
  }

  private OptionalDouble collapsePoint() {
    return design.weights().entrySet().stream()
        .filter(weight -> diverse(weight.getValue().cases()) < weight.getValue().cases().size())
        .mapToDouble(Map.Entry::getKey)
        .min();
  }
}
