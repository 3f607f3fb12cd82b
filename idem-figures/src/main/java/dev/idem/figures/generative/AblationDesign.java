package dev.idem.figures.generative;

import dev.idem.api.data.FiniteDataSource;
import dev.idem.figures.FigureContext;
import dev.idem.figures.generative.GeneratorRun.Case;
import dev.idem.generative.noise.NoiseKind;
import dev.idem.generative.objective.IgnObjective;
import dev.idem.generative.objective.ReconstructionObjective;
import dev.idem.generative.recipe.GeneratorRecipe;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.generative.recipe.Method;
import dev.idem.models.network.Normalization;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The generators to train: every question is a list of settings, each with every seed. */
final class AblationDesign {

  private static final List<Double> WEIGHTS = List.of(0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0);
  private static final long SEED_STRIDE = 1_000;

  private final FiniteDataSource images;
  private final FigureContext context;
  private final Map<NoiseKind, GeneratorTraining> noises = new EnumMap<>(NoiseKind.class);
  private final Map<Method, List<Case>> methods = new LinkedHashMap<>();
  private final Map<Double, List<Case>> weights = new LinkedHashMap<>();
  private final Map<NoiseKind, Map<Method, List<Case>>> byNoise = new LinkedHashMap<>();
  private final Map<String, Map<Method, List<Case>>> byNormalization = new LinkedHashMap<>();
  private final List<Case> withoutTightness;

  AblationDesign(FiniteDataSource images, FigureContext context) {
    this.images = images;
    this.context = context;
    for (Method method : Method.values()) {
      methods.put(method, seeds(method, "", recipe(method)));
    }
    for (double weight : context.preset().choose(List.of(0.1, 1.0), WEIGHTS, WEIGHTS)) {
      weights.put(weight, weight == Method.DEFAULT_WEIGHT ? substituted() : weighted(weight));
    }
    for (NoiseKind noise : NoiseKind.values()) {
      byNoise.put(noise, new LinkedHashMap<>());
      for (Method method : Method.values()) {
        GeneratorRecipe recipe = recipe(method);
        byNoise
            .get(noise)
            .put(
                method,
                noise == recipe.noise()
                    ? of(method)
                    : seeds(method, noise.label() + " noise", recipe.withNoise(noise)));
      }
    }
    for (Normalization normalization :
        List.of(Normalization.none(), Normalization.batch(), Normalization.group())) {
      byNormalization.put(normalization.label(), new LinkedHashMap<>());
      for (Method method : Method.values()) {
        GeneratorRecipe recipe = recipe(method);
        byNormalization
            .get(normalization.label())
            .put(
                method,
                normalization.equals(recipe.normalization())
                    ? of(method)
                    : seeds(
                        method,
                        normalization.label() + " normalisation",
                        recipe.withNormalization(normalization)));
      }
    }
    withoutTightness =
        seeds(
            Method.IGN,
            "no tightness",
            recipe(Method.IGN).withObjective(IgnObjective.mnist().withTightness(0)));
  }

  private List<Case> weighted(double weight) {
    GeneratorRecipe recipe =
        recipe(Method.RECONSTRUCTION_SUBSTITUTED)
            .withObjective(ReconstructionObjective.substituted(weight));
    return seeds(Method.RECONSTRUCTION_SUBSTITUTED, "weight " + weight, recipe);
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
      cases.add(new Case(MethodLook.name(method), setting, estimated.with(seeded)));
    }
    return cases;
  }

  /** Every generator once, those of the main comparison first. */
  List<Case> cases() {
    Set<Case> cases = new LinkedHashSet<>();
    methods.values().forEach(cases::addAll);
    weights.values().forEach(cases::addAll);
    cases.addAll(withoutTightness);
    byNoise.values().forEach(settings -> settings.values().forEach(cases::addAll));
    byNormalization.values().forEach(settings -> settings.values().forEach(cases::addAll));
    return List.copyOf(cases);
  }

  /** The runs of a method at its default setting, one per seed. */
  List<Case> of(Method method) {
    return methods.getOrDefault(method, List.of());
  }

  private List<Case> substituted() {
    return of(Method.RECONSTRUCTION_SUBSTITUTED);
  }

  /** The substituted method's runs by weight, ascending. */
  Map<Double, List<Case>> weights() {
    return weights;
  }

  Map<NoiseKind, Map<Method, List<Case>>> byNoise() {
    return byNoise;
  }

  Map<String, Map<Method, List<Case>>> byNormalization() {
    return byNormalization;
  }

  List<Case> withoutTightness() {
    return withoutTightness;
  }

  /** The shape of the images. */
  FiniteDataSource images() {
    return images;
  }
}
