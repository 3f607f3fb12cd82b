package dev.idem.figures.efficacy;

import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FinalMap;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Table;
import dev.idem.figures.efficacy.EqualRates.At;
import dev.idem.figures.efficacy.EqualRates.Result;
import dev.idem.figures.efficacy.EqualRates.Run;
import dev.idem.figures.efficacy.EqualRates.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The claims that the MLPs at equal rates decide: a lower error, and an early gain. */
final class EqualRateClaims {

  /** The poster's 500 of 2,500 epochs are a fifth. */
  private static final int EARLY = 5;

  private final List<Result> mlps;
  private final String setting;

  EqualRateClaims(List<Result> results) {
    mlps = results.stream().filter(result -> !result.subject().name().startsWith("cnn")).toList();
    setting =
        "%s MLPs with tanh, width n, trained by SGD on one sample of 64 of N(0, I), %s rates, %s epochs, %s seeds."
            .formatted(
                mlps.size(),
                mlps.get(0).subject().rates().size(),
                mlps.get(0).subject().steps(),
                mlps.get(0).seeds().size());
  }

  List<Finding> findings() {
    return List.of(
        lower(Aspect.AS_PUBLISHED, GradientScale.AS_PUBLISHED),
        lower(Aspect.EQUAL_SCALE, GradientScale.EQUAL),
        lowerOfMaps(),
        early(Aspect.AS_PUBLISHED, GradientScale.AS_PUBLISHED, run -> true),
        early(Aspect.EQUAL_SCALE, GradientScale.EQUAL, run -> true),
        early(
            Aspect.MAPS,
            GradientScale.AS_PUBLISHED,
            run -> EqualRateFindings.map(run).informative()));
  }

  private Finding finding(Claim claim, Aspect aspect, String measured, Verdict verdict) {
    return new Finding(claim, aspect, setting, measured, verdict);
  }

  private Finding lower(Aspect aspect, GradientScale scale) {
    List<String> parts = new ArrayList<>();
    for (Result result : mlps) {
      parts.add(
          "%s: %s".formatted(result.subject().name(), EqualRateFindings.lowerOf(result, scale)));
    }
    long everywhere =
        mlps.stream()
            .filter(result -> EqualRateFindings.finite(result) > 0)
            .filter(
                result ->
                    EqualRateFindings.lower(result, scale) == EqualRateFindings.finite(result))
            .count();
    boolean mostly = 2 * EqualRateFindings.lower(mlps, scale) > EqualRateFindings.finite(mlps);
    return finding(
        PaperClaims.LOWER_ERROR,
        aspect,
        "Rates at which it is lower, of those at which it stays finite: %s."
            .formatted(String.join("; ", parts)),
        everywhere * 4 >= mlps.size() * 3L
            ? Verdict.REPRODUCED
            : mostly ? Verdict.IN_PART : Verdict.NOT_REPRODUCED);
  }

  private Finding lowerOfMaps() {
    List<FinalMap> maps =
        mlps.stream()
            .flatMap(result -> EqualRateFindings.finiteRuns(result).stream())
            .filter(run -> run.variant() == Variant.MODIFIED)
            .map(EqualRateFindings::map)
            .toList();
    return finding(
        PaperClaims.LOWER_ERROR,
        Aspect.MAPS,
        FinalMap.describe("finite modified maps", maps),
        FinalMap.verdict(maps));
  }

  private Finding early(Aspect aspect, GradientScale scale, Predicate<Run> counted) {
    List<Gain> gains =
        mlps.stream().flatMap(result -> gains(result, scale, counted).stream()).toList();
    List<Double> shares =
        gains.stream()
            .filter(gain -> gain.last() > 0)
            .map(gain -> gain.early() / gain.last())
            .toList();
    long all = mlps.stream().mapToLong(result -> gains(result, scale, run -> true).size()).sum();
    return finding(
        PaperClaims.EARLY,
        aspect,
        gains.isEmpty()
            ? "No modified run ends %s.".formatted(aspect == Aspect.MAPS ? "informative" : "finite")
            : "There is a gain in %s of %s runs%s; the first %s of %s epochs bring this share of it: %s."
                .formatted(
                    shares.size(),
                    gains.size(),
                    aspect == Aspect.MAPS ? " that end informative, of %s".formatted(all) : "",
                    mlps.get(0).subject().steps() / EARLY,
                    mlps.get(0).subject().steps(),
                    Table.range(shares)),
        2L * gains.size() > all ? earlyVerdict(shares, gains.size()) : Verdict.NOT_REPRODUCED);
  }

  /**
   * By the rule of {@link PaperClaims#EARLY}.
   *
   * @param shares of the positive gains, that come early
   * @param count of all gains
   */
  static Verdict earlyVerdict(List<Double> shares, int count) {
    if (shares.isEmpty() || Quartiles.of(shares).median() <= 0.5) {
      return Verdict.NOT_REPRODUCED;
    }
    return 2 * shares.size() > count ? Verdict.REPRODUCED : Verdict.IN_PART;
  }

  /**
   * log(ordinary error / modified error) of a pair of runs.
   *
   * @param early once the first fifth of the epochs is done
   * @param last after the last epoch
   */
  private record Gain(double early, double last) {}

  /** Of each rate and seed; pairs with an error that is zero or not finite have none. */
  private static List<Gain> gains(Result result, GradientScale scale, Predicate<Run> counted) {
    List<Gain> gains = new ArrayList<>();
    for (double rate : result.subject().rates()) {
      List<Run> modified = result.of(Variant.MODIFIED, rate);
      List<Run> ordinary = result.of(Variant.ordinary(scale), rate);
      for (int i = 0; i < modified.size(); i++) {
        double last = Math.log(ordinary.get(i).last().error() / modified.get(i).last().error());
        double early = Math.log(early(ordinary.get(i)).error() / early(modified.get(i)).error());
        if (counted.test(modified.get(i)) && Double.isFinite(last) && Double.isFinite(early)) {
          gains.add(new Gain(early, last));
        }
      }
    }
    return gains;
  }

  private static At early(Run run) {
    return run.curve().stream()
        .filter(at -> EARLY * at.step() >= run.last().step())
        .findFirst()
        .orElseThrow();
  }
}
