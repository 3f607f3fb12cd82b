package dev.idem.figures.generative;

import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.Distance;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.ReconstructionStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.strategy.SubstitutedTightness;
import dev.idem.api.strategy.SubstitutedTightness.Form;
import dev.idem.api.strategy.TightnessStrategy;
import dev.idem.api.training.Schedule;
import dev.idem.api.training.Schedule.Ramp;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.figures.generative.GenerativeDrawings.Snapshots;
import dev.idem.figures.generative.GeneratorRun.Case;
import dev.idem.generative.recipe.GenerativeObjective;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.generative.recipe.GenerativeObjective.ReconstructionObjective;
import dev.idem.generative.recipe.GenerativeObjective.TermsObjective;
import dev.idem.generative.recipe.GeneratorTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The paper's Figure 6: digits from white noise, with a tightness term. Beside IGN itself, IGN with
 * a quarter of the substituted gradient, and idempotence and tightness both by substitution, which
 * is what the paper names.
 */
final class WhiteNoise {

  private static final double BESIDE_IGN = 0.25;
  private static final double IDEMPOTENCE = 0.2;
  private static final double TIGHTNESS = 0.4;

  /** Steps over which a term's weight is raised where it is: a third of a quick run. */
  private static final long RAMP = 400;

  private WhiteNoise() {}

  /**
   * The runs beside IGN's own.
   *
   * @param ign IGN's training, from white noise
   */
  static List<Case> cases(GeneratorTraining ign) {
    return List.of(
        new Case("IGN + substituted gradient", "", with(ign, besideIgn(ign))),
        new Case(
            "substituted gradient and tightness",
            "",
            with(
                ign,
                substituted(
                    IDEMPOTENCE,
                    new SubstitutedTightness(Form.SQUARED, TIGHTNESS, Scale.BATCH_AND_WIDTH_MEAN),
                    "squared " + TIGHTNESS))));
  }

  private static GeneratorTraining with(GeneratorTraining ign, GenerativeObjective objective) {
    return ign.with(ign.recipe().withObjective(objective));
  }

  private static GenerativeObjective besideIgn(GeneratorTraining ign) {
    List<Term> terms = new ArrayList<>(ign.recipe().objective().terms().terms());
    terms.add(
        new Term(
            ReconstructionObjective.IDEMPOTENCY,
            substitutedGradient(BESIDE_IGN),
            GenerativeObjective.NOISE));
    return new TermsObjective(
        new TrainingObjective(terms),
        "%s; substituted gradient, weight %s"
            .formatted(ign.recipe().objective().description(), BESIDE_IGN));
  }

  /**
   * Reconstruction, the substituted gradient and a tightness.
   *
   * @param idempotence weight of the substituted gradient
   * @param tightness a strategy on noise
   * @param described its formula and weight, in a few words
   */
  static GenerativeObjective substituted(
      double idempotence, IdempotencyStrategy tightness, String described) {
    return new TermsObjective(
        new TrainingObjective(
            List.of(
                new Term(
                    GenerativeObjective.RECONSTRUCTION,
                    new ReconstructionStrategy(),
                    GenerativeObjective.DATA),
                new Term(
                    ReconstructionObjective.IDEMPOTENCY,
                    substitutedGradient(idempotence),
                    GenerativeObjective.NOISE),
                new Term(IgnObjective.TIGHTNESS, tightness, GenerativeObjective.NOISE))),
        "reconstruction, weight 1; substituted gradient, weight %s; tightness %s"
            .formatted(idempotence, described));
  }

  /** The objectives tried with the substituted gradient and white noise, by what they are. */
  static Map<String, GenerativeObjective> tried() {
    Map<String, GenerativeObjective> tried = new LinkedHashMap<>();
    for (double idempotence : List.of(0.2, 0.5)) {
      for (Form form : Form.values()) {
        for (double weight : List.of(0.2, 0.4, 0.8)) {
          add(
              tried,
              idempotence,
              new SubstitutedTightness(form, weight, Scale.BATCH_AND_WIDTH_MEAN),
              "%s %s".formatted(form.name().toLowerCase(Locale.ROOT), weight));
        }
      }
      for (double weight : List.of(0.1, 0.2, 0.35)) {
        add(
            tried,
            idempotence,
            new TightnessStrategy(weight, Distance.SQUARED, OptionalDouble.empty()),
            "IGN's %s".formatted(weight));
      }
    }
    Schedule up = new Ramp(0, 1, 0, RAMP);
    for (Form form : Form.values()) {
      IdempotencyStrategy tightness =
          new SubstitutedTightness(form, TIGHTNESS, Scale.BATCH_AND_WIDTH_MEAN);
      String described = "%s %s".formatted(form.name().toLowerCase(Locale.ROOT), TIGHTNESS);
      ramped(tried, ReconstructionObjective.IDEMPOTENCY, up, tightness, described);
      ramped(tried, IgnObjective.TIGHTNESS, up, tightness, described);
    }
    return tried;
  }

  /** As {@link #substituted} with one term's weight raised from 0. */
  private static void ramped(
      Map<String, GenerativeObjective> tried,
      String term,
      Schedule up,
      IdempotencyStrategy tightness,
      String described) {
    GenerativeObjective steady = substituted(IDEMPOTENCE, tightness, described);
    List<Term> terms =
        steady.terms().terms().stream()
            .map(each -> each.name().equals(term) ? each.withSchedule(up) : each)
            .toList();
    String ramp = "; %s raised from 0 over %s steps".formatted(term, RAMP);
    tried.put(
        "idempotence %s, tightness %s%s".formatted(IDEMPOTENCE, described, ramp),
        new TermsObjective(new TrainingObjective(terms), steady.description() + ramp));
  }

  private static void add(
      Map<String, GenerativeObjective> tried,
      double idempotence,
      IdempotencyStrategy tightness,
      String described) {
    tried.put(
        "idempotence %s, tightness %s".formatted(idempotence, described),
        substituted(idempotence, tightness, described));
  }

  private static SubstitutedGradient substitutedGradient(double weight) {
    return new SubstitutedGradient(
        IdempotentPolynomial.cubic(), weight, Scale.BATCH_AND_WIDTH_MEAN, OptionalDouble.empty());
  }

  /** The caption: what is drawn, and what was found. */
  static String caption(List<GeneratorRun<Snapshots>> runs) {
    long diverse =
        runs.stream()
            .flatMap(run -> run.measurement().stream())
            .filter(measured -> !measured.collapsed())
            .count();
    return ("As Figure 6 of the paper: z, f(z) and f(f(z)) from white noise, the first %s samples,"
            + " none chosen. Diverse: %s of %s runs.")
        .formatted(Snapshots.FIGURE_6, diverse, runs.size());
  }
}
