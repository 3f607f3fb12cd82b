package dev.idem.figures.scalarmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.polynomial.Dynamics.FixedPoint;
import dev.idem.api.polynomial.Dynamics.FixedPoint.Nature;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.scalarmap.ScalarMapClaims.Returned;
import dev.idem.figures.scalarmap.ScalarMapFigure.ComplexBasins;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule, branch by branch. */
class ScalarMapRulesTest {

  private static final List<FixedPoint> CUBIC =
      IdempotentPolynomial.cubic().dynamics().fixedPoints();
  private static final ComplexBasins PLANE =
      new ComplexBasins(IdempotentPolynomial.cubic().dynamics(), 60);

  private static List<FixedPoint> fixed(double... locationsAndMultipliers) {
    return List.of(
        point(locationsAndMultipliers[0], locationsAndMultipliers[1]),
        point(locationsAndMultipliers[2], locationsAndMultipliers[3]),
        point(locationsAndMultipliers[4], locationsAndMultipliers[5]));
  }

  private static FixedPoint point(double location, double multiplier) {
    return new FixedPoint(location, multiplier, Nature.NEUTRAL);
  }

  @Test
  void theScalarMapNeedsItsThreeFixedPointsAndTheirMultipliers() {
    assertThat(ScalarMapClaims.fixedPointVerdict(CUBIC)).isEqualTo(Verdict.REPRODUCED);
    assertThat(ScalarMapClaims.fixedPointVerdict(fixed(0, 0, 0.5, 0.9, 1, 0)))
        .isEqualTo(Verdict.IN_PART);
    assertThat(ScalarMapClaims.fixedPointVerdict(fixed(0, 0.1, 0.5, 1.5, 1, 0)))
        .isEqualTo(Verdict.IN_PART);
    assertThat(ScalarMapClaims.fixedPointVerdict(fixed(0, 0, 0.5, 1.5, 1, 0.1)))
        .isEqualTo(Verdict.IN_PART);
    assertThat(ScalarMapClaims.fixedPointVerdict(fixed(0, 0, 0.6, 1.5, 1, 0)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(ScalarMapClaims.fixedPointVerdict(CUBIC.subList(0, 2)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void attractionNeedsBothThatOnlyIdempotentsAttractAndThatTheAreaIsWide() {
    assertThat(ScalarMapClaims.attractionVerdict(CUBIC, 0, 0.95)).isEqualTo(Verdict.REPRODUCED);
    assertThat(ScalarMapClaims.attractionVerdict(CUBIC, 0, 0.94)).isEqualTo(Verdict.IN_PART);
    assertThat(ScalarMapClaims.attractionVerdict(CUBIC, 0.002, 1)).isEqualTo(Verdict.IN_PART);
    assertThat(ScalarMapClaims.attractionVerdict(fixed(0, 0, 0.5, 0.9, 1, 0), 0, 1))
        .isEqualTo(Verdict.IN_PART);
    assertThat(ScalarMapClaims.attractionVerdict(CUBIC, 0.002, 0.5))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void projectionsReturnFromNoNoiseAndNoneFromFarAway() {
    IdempotentPolynomial cubic = IdempotentPolynomial.cubic();
    assertThat(ScalarMapClaims.projections(cubic, 0, 3, 1)).isEqualTo(new Returned(0, 3, 3, 0, 0));
    assertThat(ScalarMapClaims.projections(cubic, 5, 3, 1).returned()).isZero();
    assertThat(ScalarMapClaims.projections(cubic, 5, 3, 1).applications()).isNaN();
  }

  @Test
  void theFindingOnAttractionHoldsTheNumbersThatTheRuleAsksFor() {
    Finding finding = ScalarMapClaims.attraction(IdempotentPolynomial.cubic(), PLANE, 10, 1);
    assertThat(finding.measured())
        .contains("(−0.366, 0.5) goes to 0", "at spectral radius 0.25, ", " of 10 return");
    assertThat(ScalarMapClaims.attraction(IdempotentPolynomial.cubic(), PLANE, 10, 1))
        .isEqualTo(finding);
  }
}
