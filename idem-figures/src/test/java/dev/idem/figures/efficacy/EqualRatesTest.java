package dev.idem.figures.efficacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.FrozenTargetStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.eval.Progress;
import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.efficacy.EqualRateFindings.Poster;
import dev.idem.figures.efficacy.EqualRateScaling.Apart;
import dev.idem.figures.efficacy.EqualRates.At;
import dev.idem.figures.efficacy.EqualRates.Result;
import dev.idem.figures.efficacy.EqualRates.Run;
import dev.idem.figures.efficacy.EqualRates.Subject;
import dev.idem.figures.efficacy.EqualRates.Variant;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.network.Mlp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EqualRatesTest {

  private static final int WIDTH = 20;

  private static FigureContext context(int threads) {
    return new FigureContext(
        Preset.SMOKE, 1, threads, new ReferenceEngine(), Progress.NONE, List.of());
  }

  private static Result result(Subject subject, int threads) throws InterruptedException {
    FigureContext context = context(threads);
    List<Subject> alone = List.of(subject);
    return EqualRates.results(alone, EqualRates.runs(alone, context), context.preset()).get(0);
  }

  private static Subject subject(List<Double> rates, int steps) {
    return new Subject(
        "small",
        "small MLP",
        Optional.empty(),
        Mlp.of(WIDTH, WIDTH, WIDTH),
        new Gaussian(WIDTH),
        rates,
        steps);
  }

  @ParameterizedTest
  @EnumSource
  void gradientScaleFollowsTheDivisorOfTheSum(Scale scale) {
    double factor =
        switch (scale) {
          case BATCH_AND_WIDTH_MEAN -> 1.0 / 20;
          case BATCH_MEAN -> 1;
          case WIDTH_MEAN -> 64.0 / 20;
        };
    assertThat(EqualRates.gradientScale(new CanonicalStrategy(3, scale), 64, 20))
        .isCloseTo(6 * factor, within(1e-12));
    assertThat(
            EqualRates.gradientScale(
                new SubstitutedGradient(
                    IdempotentPolynomial.cubic(), 3, scale, OptionalDouble.empty()),
                64,
                20))
        .isCloseTo(3 * factor, within(1e-12));
  }

  @Test
  void gradientScalesAsPublishedDifferByHalfTheWidthAndAreElseEqual() {
    assertThat(Variant.MODIFIED.scale(154) / Variant.ORDINARY.scale(154))
        .isCloseTo(77, within(1e-9));
    assertThat(Variant.MODIFIED.scale(154)).isEqualTo(Variant.ORDINARY_AT_EQUAL_SCALE.scale(154));
    assertThatThrownBy(() -> EqualRates.gradientScale(new FrozenTargetStrategy(), 64, 20))
        .hasMessageContaining("FrozenTargetStrategy");
  }

  @Test
  void posterHasItsReadings() {
    assertThat(Poster.of("B2").size() + Poster.of("B3").size()).isEqualTo(504);
    assertThat(Poster.start("B2")).isCloseTo(0.0077, within(1e-4));
    assertThat(Poster.start("B3")).isCloseTo(0.116, within(1e-3));
    assertThat(Poster.ratio("B2")).isEqualTo(77);
  }

  @Test
  void trainsOnOneSampleWhichItMeasuresAndGivesTheSameWhateverTheThreads()
      throws InterruptedException {
    Subject subject = subject(List.of(0.3), 200);
    Result result = result(subject, 1);
    assertThat(result.runs()).hasSize((int) EqualRates.count(subject, Preset.SMOKE));
    assertThat(result(subject, 2).runs()).isEqualTo(result.runs());
    Run ordinary = result.of(Variant.ORDINARY_AT_EQUAL_SCALE, 0.3).get(0);
    At start = ordinary.curve().get(0);
    assertThat(start.step()).isZero();
    assertThat(ordinary.last().step()).isEqualTo(200);
    // Sixty-four samples can be learnt by heart; fresh ones cannot.
    assertThat(ordinary.last().error()).isLessThan(0.5 * start.error());
    assertThat(ordinary.last().fresh()).isGreaterThan(1.2 * ordinary.last().error());
  }

  @Test
  void divergedRunHasInfiniteErrorsToItsEnd() throws InterruptedException {
    Result result = result(subject(List.of(1e6), 20), 1);
    Run modified = result.of(Variant.MODIFIED, 1e6).get(0);
    assertThat(modified.last().step()).isEqualTo(20);
    assertThat(modified.last().error()).isInfinite();
  }

  /** Runs whose error is {@code law} of rate x step x gradient scale. */
  private static Result lawful(DoubleUnaryOperator law, double errorOverVariance) {
    return lawful(law, errorOverVariance, 1);
  }

  private static Result lawful(
      DoubleUnaryOperator law, double errorOverVariance, double powerRatio) {
    List<Double> rates = List.of(0.1, 1.0);
    List<Run> runs = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      for (double rate : rates) {
        for (long seed = 1; seed <= 3; seed++) {
          List<At> curve = new ArrayList<>();
          for (long step = 0; step <= 4_000; step += 4) {
            double error = law.applyAsDouble(rate * step * variant.scale(WIDTH));
            curve.add(new At(step, error, error, errorOverVariance, powerRatio));
          }
          runs.add(new Run(variant, rate, seed, curve));
        }
      }
    }
    return new Result(subject(rates, 4_000), runs);
  }

  @Test
  void ratioAtEqualErrorIsThatOfTheScalesWhereBothFallOnOneCurve() {
    Result result = lawful(u -> 1 / (1 + u), 1);
    assertThat(EqualRateScaling.ratios(result, GradientScale.AS_PUBLISHED))
        .hasSize(3)
        .allSatisfy(ratio -> assertThat(ratio).isCloseTo(10, within(0.3)));
    assertThat(EqualRateScaling.ratios(result, GradientScale.EQUAL))
        .allSatisfy(ratio -> assertThat(ratio).isCloseTo(1, within(1e-9)));
    Apart apart = EqualRateScaling.apart(result).orElseThrow();
    assertThat(apart.factor()).isBetween(1.0, 1.5);
  }

  private static Verdict verdict(Result result, Claim claim, Aspect aspect) {
    return new EqualRateClaims(List.of(result))
        .findings().stream()
            .filter(finding -> finding.claim().equals(claim) && finding.aspect() == aspect)
            .map(Finding::verdict)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void everyAspectOfBothClaimsIsMeasured() {
    assertThat(new EqualRateClaims(List.of(lawful(u -> 1 / (1 + u), 1))).findings())
        .extracting(Finding::claim, Finding::aspect, Finding::verdict)
        .containsExactly(
            tuple(PaperClaims.LOWER_ERROR, Aspect.AS_PUBLISHED, Verdict.REPRODUCED),
            tuple(PaperClaims.LOWER_ERROR, Aspect.EQUAL_SCALE, Verdict.NOT_REPRODUCED),
            tuple(PaperClaims.LOWER_ERROR, Aspect.MAPS, Verdict.NOT_REPRODUCED),
            tuple(PaperClaims.EARLY, Aspect.AS_PUBLISHED, Verdict.REPRODUCED),
            tuple(PaperClaims.EARLY, Aspect.EQUAL_SCALE, Verdict.NOT_REPRODUCED),
            tuple(PaperClaims.EARLY, Aspect.MAPS, Verdict.NOT_REPRODUCED));
  }

  @Test
  void sentencesCountAsTheFindingsDo() {
    EqualRateFindings constant = new EqualRateFindings(List.of(lawful(u -> 1 / (1 + u), 1)), 1);
    assertThat(constant.sentences(GradientScale.AS_PUBLISHED))
        .hasSize(5)
        .anyMatch(sentence -> sentence.contains("lower than the ordinary one at 2 of the 2"))
        .anyMatch(sentence -> sentence.contains("on one scale at 0"))
        .anyMatch(sentence -> sentence.contains("small 10.0 (10.0 to 10.0) beside 10"))
        .anyMatch(sentence -> sentence.startsWith("18 of 18 runs"));
  }

  @Test
  void informativeMapsReproduceTheClaimsOnMaps() {
    Result informative = lawful(u -> 1 / (1 + u), 0.1);
    assertThat(verdict(informative, PaperClaims.LOWER_ERROR, Aspect.MAPS))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(informative, PaperClaims.EARLY, Aspect.MAPS)).isEqualTo(Verdict.REPRODUCED);

    // A few such runs among constants do not.
    List<Run> few = new ArrayList<>(informative.runs());
    few.addAll(lawful(u -> 1 / (1 + u), 1).runs());
    assertThat(verdict(new Result(informative.subject(), few), PaperClaims.EARLY, Aspect.MAPS))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void gainIsEarlyIfMostOfItComesInTheFirstFifth() {
    // The modified method is ahead by a factor that grows with every epoch alike.
    Result late = lawful(u -> Math.exp(-1e-3 * u), 0.1);
    assertThat(verdict(late, PaperClaims.EARLY, Aspect.AS_PUBLISHED))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(EqualRateClaims.earlyVerdict(List.of(0.51, 0.6, 0.7), 5))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(EqualRateClaims.earlyVerdict(List.of(0.51, 0.6, 0.7), 6)).isEqualTo(Verdict.IN_PART);
    assertThat(EqualRateClaims.earlyVerdict(List.of(0.5, 0.5, 0.7), 3))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(EqualRateClaims.earlyVerdict(List.of(), 3)).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void inflatedOutputsAreNoBetterThanConstantOnes() {
    assertThat(verdict(lawful(u -> 1 / (1 + u), 0.1, 1e3), PaperClaims.LOWER_ERROR, Aspect.MAPS))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void exactConstantsHaveNoErrorAndCountAsConstants() {
    Result result = lawful(u -> u == 0 ? 1 : 0, Double.POSITIVE_INFINITY);
    EqualRateFindings constant = new EqualRateFindings(List.of(result), 1);
    assertThat(constant.sentences(GradientScale.EQUAL))
        .anyMatch(sentence -> sentence.startsWith("18 of 18 runs"));
    assertThat(constant.tables()).hasSize(3);
    assertThat(verdict(result, PaperClaims.LOWER_ERROR, Aspect.MAPS))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void networkThatDivergesEverywhereShowsNothing() {
    List<Result> diverged = List.of(lawful(u -> u == 0 ? 1 : Double.POSITIVE_INFINITY, 1));
    assertThat(new EqualRateClaims(diverged).findings())
        .extracting(Finding::verdict)
        .containsOnly(Verdict.NOT_REPRODUCED);
    assertThat(new EqualRateFindings(diverged, 1).sentences(GradientScale.AS_PUBLISHED))
        .anyMatch(sentence -> sentence.contains("at 0 of the 0 pairs"))
        .anyMatch(sentence -> sentence.contains("small – beside 10"));
  }

  @ParameterizedTest
  @EnumSource
  void drawingSaysWhichScaleItShows(GradientScale scale) {
    Result result = lawful(u -> 1 / (1 + u), 1);
    assertThat(EqualRateCharts.drawing(result, scale).caption())
        .contains("Gradient scale: " + EqualRateCharts.sentence(scale));
  }
}
