package dev.idem.figures.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.idem.api.reference.ReferenceEngine;
import dev.idem.eval.Progress;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.PaperClaims;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule, branch by branch. */
class TrajectoryClaimsTest {

  @Test
  void signalIsStrongerIfTheRatioOfEveryRunIsAboveOne() {
    assertThat(TrajectoryClaims.strongerVerdict(List.of(1.01, 50.0))).isEqualTo(Verdict.REPRODUCED);
    assertThat(TrajectoryClaims.strongerVerdict(List.of(1.0, 2.0, 3.0))).isEqualTo(Verdict.IN_PART);
    assertThat(TrajectoryClaims.strongerVerdict(List.of(1.0, 2.0)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(TrajectoryClaims.strongerVerdict(List.of(Double.NaN)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void trajectoriesDifferIfEveryRunTurnsAndEndsElsewhere() {
    assertThat(TrajectoryClaims.differentVerdict(List.of(0.7, 0.0), List.of(0.51, 2.0)))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(TrajectoryClaims.differentVerdict(List.of(0.71, 0.0), List.of(0.51, 2.0)))
        .isEqualTo(Verdict.IN_PART);
    assertThat(TrajectoryClaims.differentVerdict(List.of(0.7, 0.0), List.of(0.5, 2.0)))
        .isEqualTo(Verdict.IN_PART);
    assertThat(TrajectoryClaims.differentVerdict(List.of(0.9, 0.0), List.of(0.1, 2.0)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(TrajectoryClaims.differentVerdict(List.of(Double.NaN), List.of(Double.NaN)))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void everyAspectOfBothClaimsIsMeasured() throws InterruptedException {
    FigureContext context =
        new FigureContext(Preset.SMOKE, 1, 2, new ReferenceEngine(), Progress.NONE, List.of());
    List<ParameterPaths> all = ParameterPaths.all(context);
    TrajectoryClaims claims = new TrajectoryClaims(all);
    assertThat(claims.findings())
        .extracting(Finding::claim, Finding::aspect)
        .containsExactly(
            tuple(PaperClaims.STRONGER_SIGNAL, Aspect.AS_PUBLISHED),
            tuple(PaperClaims.STRONGER_SIGNAL, Aspect.EQUAL_SCALE),
            tuple(PaperClaims.STRONGER_SIGNAL, Aspect.MAPS),
            tuple(PaperClaims.DIFFERENT_TRAJECTORY, Aspect.AS_PUBLISHED),
            tuple(PaperClaims.DIFFERENT_TRAJECTORY, Aspect.EQUAL_SCALE),
            tuple(PaperClaims.DIFFERENT_TRAJECTORY, Aspect.MAPS));
    assertThat(claims.findings().get(2).measured()).startsWith("0 of 1 modified maps");
    assertThat(claims.findings().get(5).measured()).startsWith("0 of 3 maps of both methods");
    assertThat(claims.table().rows()).hasSize(all.size());
  }
}
