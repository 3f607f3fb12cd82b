package dev.idem.figures.generative;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.generative.Judge.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Whether reconstruction and the substituted gradient alone train a generator, seed by seed. */
final class GenerationClaim {

  /**
   * What the rule asks of samples.
   *
   * @param diverse and neither collapsed nor diverged
   * @param errorOverVariance of f on noise
   * @param frechet squared distance in the digit classifier's features
   * @param coverage in the same features
   */
  record Score(boolean diverse, double errorOverVariance, double frechet, double coverage) {

    /** Of a run that diverged: worse than any other. */
    static final Score DIVERGED =
        new Score(false, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

    static Score of(Optional<Measurement> measurement) {
      return measurement
          .map(
              found ->
                  new Score(
                      !found.collapsed(),
                      found.errorOverVariance(),
                      found.digitFrechet(),
                      found.coverage()))
          .orElse(DIVERGED);
    }

    boolean betterThan(Score other) {
      return frechet < other.frechet && coverage > other.coverage;
    }
  }

  private GenerationClaim() {}

  /**
   * The findings, as published and on the maps.
   *
   * @param method runs of reconstruction and the substituted gradient, one per seed
   * @param control runs of reconstruction alone, of the same seeds in the same order
   * @param setting in words
   */
  static List<Finding> findings(
      List<? extends GeneratorRun<?>> method,
      List<? extends GeneratorRun<?>> control,
      Judge judge,
      String setting) {
    List<Score> scores = scores(method);
    List<Score> controls = scores(control);
    float[][] z = judge.noise(method.get(0).training().noise());
    Score noise =
        new Score(true, Double.POSITIVE_INFINITY, judge.digitFrechet(z), judge.coverage(z));
    String medians = scores.size() == 1 ? "" : " (medians over the seeds)";
    String samples =
        String.format(
            Locale.ROOT,
            "Diverse in %d of %d %s; Fréchet distance %.0f and coverage %.2f, against %.0f and %.2f"
                + " for z itself and %.0f and %.2f for reconstruction alone%s.",
            scores.stream().filter(Score::diverse).count(),
            scores.size(),
            scores.size() == 1 ? "seed" : "seeds",
            median(scores, Score::frechet),
            median(scores, Score::coverage),
            noise.frechet(),
            noise.coverage(),
            median(controls, Score::frechet),
            median(controls, Score::coverage),
            medians);
    String maps =
        String.format(
            Locale.ROOT,
            "Diverse and error / variance below %s in %d of %d %s; error / variance %.2f%s.",
            PaperClaims.IDEMPOTENT_GENERATOR,
            idempotent(scores),
            scores.size(),
            scores.size() == 1 ? "seed" : "seeds",
            median(scores, Score::errorOverVariance),
            medians);
    String where =
        "%s, %s samples of z with the digits’ mean and covariance."
            .formatted(setting, judge.samples());
    return List.of(
        new Finding(PaperClaims.GENERATION, where, samples, verdict(scores, controls, noise)),
        new Finding(
            PaperClaims.GENERATION,
            Aspect.MAPS,
            where,
            maps,
            Verdict.ofShare(idempotent(scores), scores.size())));
  }

  /** By the rule of {@link PaperClaims#GENERATION}, as published. */
  static Verdict verdict(List<Score> method, List<Score> control, Score noise) {
    int inFull = 0;
    int atLeastInPart = 0;
    for (int seed = 0; seed < method.size(); seed++) {
      Score score = method.get(seed);
      atLeastInPart += score.diverse() ? 1 : 0;
      boolean better = score.betterThan(noise) && score.betterThan(control.get(seed));
      inFull += score.diverse() && better ? 1 : 0;
    }
    if (2 * inFull > method.size()) {
      return Verdict.REPRODUCED;
    }
    return 2 * atLeastInPart > method.size() ? Verdict.IN_PART : Verdict.NOT_REPRODUCED;
  }

  /** How many show what the rule asks of the maps. */
  static long idempotent(List<Score> scores) {
    return scores.stream()
        .filter(Score::diverse)
        .filter(score -> score.errorOverVariance() < PaperClaims.IDEMPOTENT_GENERATOR)
        .count();
  }

  private static List<Score> scores(List<? extends GeneratorRun<?>> runs) {
    List<Score> scores = new ArrayList<>();
    for (GeneratorRun<?> run : runs) {
      scores.add(Score.of(run.measurement()));
    }
    return scores;
  }

  private static double median(List<Score> scores, ToDoubleFunction<Score> value) {
    return Quartiles.of(scores.stream().mapToDouble(value).boxed().toList()).median();
  }
}
