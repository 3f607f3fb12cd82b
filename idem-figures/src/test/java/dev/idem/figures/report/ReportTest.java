package dev.idem.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.report.Report.ClaimRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Claim FAST = Claim.of("Fast", "it is fast", "below 1");
  private static final Claim GOOD = Claim.of("Good", "it is good", "above 1");

  private final Map<String, Figure> known = new LinkedHashMap<>();

  ReportTest() {
    known.put("one", new Measuring(List.of(FAST, GOOD)));
    known.put("none", new Measuring(List.of()));
    known.put("more", new Measuring(List.of(GOOD)));
  }

  private record Measuring(List<Claim> claims) implements Figure {
    @Override
    public String title() {
      return "title";
    }

    @Override
    public String paperShows() {
      return "shows";
    }

    @Override
    public String ourSetting() {
      return "ours";
    }

    @Override
    public FigureResult draw(FigureContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private List<ClaimRow> rows(Report.Entry... entries) {
    return Report.claims(known, List.of(entries), name -> "draw " + name);
  }

  private static Report.Entry drawn(String name, Finding... findings) {
    FigureResult result = new FigureResult(List.of(), List.of(), List.of(), List.of(findings));
    return new Report.Entry(
        name, new Measuring(List.of()), "draw", Optional.of(result), Optional.empty(), 1);
  }

  private static Report.Entry failed(String name) {
    return new Report.Entry(
        name, new Measuring(List.of()), "draw", Optional.empty(), Optional.of("why"), 1);
  }

  private static Finding found(Claim claim, String measured, Verdict verdict) {
    return new Finding(claim, "set so", measured, verdict);
  }

  private static Verdict verdict(ClaimRow row) {
    return row.verdict(Aspect.AS_PUBLISHED);
  }

  @Test
  void everyClaimIsThereInOrderThoughNothingIsDrawn() {
    assertThat(rows()).extracting(ClaimRow::claim).containsExactly(FAST, GOOD);
    assertThat(rows()).extracting(ReportTest::verdict).containsOnly(Verdict.NOT_MEASURED);
    assertThat(rows()).extracting(ClaimRow::command).containsOnly("draw one");
    assertThat(rows()).extracting(ClaimRow::figure).containsOnly(Optional.empty());
  }

  @Test
  void whatAFigureFoundStandsBesideWhatIsNotMeasured() {
    Finding finding = found(GOOD, "2", Verdict.REPRODUCED);
    List<ClaimRow> rows = rows(drawn("more", finding));
    assertThat(verdict(rows.get(0))).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(rows.get(0).command()).isEqualTo("draw one");
    assertThat(rows.get(1))
        .isEqualTo(
            new ClaimRow(
                GOOD, Map.of(Aspect.AS_PUBLISHED, finding), Optional.of("more"), "draw more"));
  }

  @Test
  void theLastKnownFigureDecidesWhateverTheOrderOfDrawing() {
    List<ClaimRow> rows =
        rows(
            drawn("more", found(GOOD, "three seeds", Verdict.NOT_REPRODUCED)),
            drawn("one", found(GOOD, "one seed", Verdict.REPRODUCED)));
    assertThat(rows.get(1).measured(Aspect.AS_PUBLISHED)).isEqualTo("three seeds");
    assertThat(verdict(rows.get(1))).isEqualTo(Verdict.NOT_REPRODUCED);
  }

  @Test
  void aFailedFigureMeasuresNothingAndTakesNothingAway() {
    assertThat(rows(failed("more")).get(1).measured(Aspect.AS_PUBLISHED))
        .isEqualTo("nothing: figure 'more' failed");
    List<ClaimRow> rows =
        rows(drawn("one", found(GOOD, "one seed", Verdict.IN_PART)), failed("more"));
    assertThat(verdict(rows.get(1))).isEqualTo(Verdict.IN_PART);
    assertThat(rows.get(1).figure()).contains("one");
  }

  @Test
  void claimsOfThePaperComeFirstEachAspectWithItsOwnVerdict() {
    Claim ofPaper = Claim.ofPaper("Paper", "it holds", "above 1", Map.of());
    known.put("last", new Measuring(List.of(ofPaper)));
    ClaimRow row =
        rows(drawn(
                "last",
                new Finding(ofPaper, Aspect.AS_PUBLISHED, "on a", "1", Verdict.REPRODUCED),
                new Finding(ofPaper, Aspect.MAPS, "on b", "2", Verdict.NOT_REPRODUCED)))
            .get(0);
    assertThat(row.claim()).isEqualTo(ofPaper);
    assertThat(row.verdict(Aspect.AS_PUBLISHED)).isEqualTo(Verdict.REPRODUCED);
    assertThat(row.verdict(Aspect.EQUAL_SCALE)).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(row.verdict(Aspect.MAPS)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(row.setting()).isEqualTo("on a on b");
  }
}
