package dev.idem.figures.efficacy;

import static dev.idem.figures.efficacy.EfficacyWording.quartiles;
import static dev.idem.figures.efficacy.EfficacyWording.shown;

import dev.idem.api.strategy.Strategies;
import dev.idem.eval.comparison.Bootstrap;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.PairedDifference;
import dev.idem.eval.comparison.Quartiles;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.comparison.StrategyOutcome.Summary;
import dev.idem.figures.Table;
import java.util.ArrayList;
import java.util.List;

/** The tables of the efficacy figure that its page shows. */
final class EfficacyTables {

  private static final int RESAMPLES = 10_000;

  private final List<EfficacyCell> cells;
  private final Bootstrap bootstrap;

  EfficacyTables(List<EfficacyCell> cells, long seed) {
    this.cells = List.copyOf(cells);
    this.bootstrap = new Bootstrap(RESAMPLES, seed);
  }

  List<Table> all() {
    return List.of(overview(), finals(), pairs());
  }

  /** The overview: one line per cell, one column per method. */
  private Table overview() {
    List<List<Object>> rows = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      List<Object> row = new ArrayList<>(List.of(cell.task(), cell.start()));
      for (StrategyOutcome outcome : cell.best().outcomes()) {
        Summary summary = outcome.summary();
        double score = summary.score().median();
        row.add(
            "%s; %s of %s, %s diverged"
                .formatted(
                    Double.isInfinite(score) ? "–" : shown(score, "%.1e"),
                    summary.healthy(),
                    summary.runs(),
                    summary.diverged()));
      }
      List<String> leaders = EfficacyRanking.of(cell.best()).leaders();
      row.add(leaders.isEmpty() ? "none" : String.join(", ", leaders));
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("task", "start"));
    header.addAll(cells.get(0).methods());
    header.add("leading");
    return Table.shown(
        "overview",
        "Each method at its best rate: the median score (a dash where no majority of runs is"
            + " healthy), how many runs are healthy, how many diverged. Leading: the lowest median"
            + " score, and those that it does not beat in more seeds than it loses; scores below"
            + " 1e-12 are rounding and count as equal.",
        header,
        rows);
  }

  private Table finals() {
    List<List<Object>> rows = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      for (EfficacyCell.Rates rates : cell.rates()) {
        List<StrategyOutcome> outcomes =
            rates.name().equals("best") ? rates.view().outcomes() : rates.ofPaper();
        for (StrategyOutcome outcome : outcomes) {
          rows.add(finalRow(cell, rates.name(), outcome));
        }
      }
    }
    return Table.shown(
        "final",
        "After the last step, on held-out samples: medians with quartiles over all runs, healthy or"
            + " not; the score is error / power of a healthy run and infinite for any other. Values"
            + " near 1e-14 are the rounding of single precision; differences there mean nothing.",
        List.of(
            "task",
            "start",
            "rates",
            "method",
            "rate",
            "runs",
            "median score",
            "error",
            "quartiles",
            "power / input’s",
            "error / power",
            "quartiles",
            "effective rank"),
        rows);
  }

  private static List<Object> finalRow(EfficacyCell cell, String rates, StrategyOutcome outcome) {
    Summary summary = outcome.summary();
    return List.of(
        cell.task(),
        cell.start(),
        rates,
        outcome.strategy(),
        outcome.learningRate(),
        EfficacyWording.verdicts(summary),
        summary.score().median(),
        summary.error().median(),
        quartiles(summary.error()),
        summary.powerRatio().map(Quartiles::median).orElse(Double.NaN),
        summary.relativeError().median(),
        quartiles(summary.relativeError()),
        summary.effectiveRank().map(Quartiles::median).orElse(Double.NaN));
  }

  private Table pairs() {
    List<List<Object>> rows = new ArrayList<>();
    for (EfficacyCell cell : cells) {
      rows.add(pairRow(cell, "equal", cell.equal(), Strategies.SUBSTITUTED, Strategies.CANONICAL));
      for (EfficacySentences.Question question : EfficacySentences.questions(cell.methods())) {
        rows.add(pairRow(cell, "best", cell.best(), question.method(), question.against()));
      }
    }
    return Table.shown(
        "paired",
        "One method against another, paired by seed: log10 of the ratio of final relative errors,"
            + " below 0 where the first is better; a run that is not healthy loses against one that"
            + " is. Bootstrap intervals of the median, nominally 95 %; of five pairs none can cover"
            + " more than 94 %, of three more than 75 %.",
        List.of(
            "task",
            "start",
            "rates",
            "method",
            "against",
            "pairs",
            "better",
            "worse",
            "neither healthy",
            "median log10 ratio",
            "bootstrap interval"),
        rows);
  }

  private List<Object> pairRow(
      EfficacyCell cell, String rates, ComparisonResult.View view, String method, String against) {
    PairedDifference pair = cell.result().paired(view, method, against, bootstrap);
    return List.of(
        cell.task(),
        cell.start(),
        rates,
        method,
        against,
        pair.pairs(),
        pair.wins(),
        pair.losses(),
        pair.bothFailed(),
        pair.interval().isPresent() ? pair.median().orElse(Double.NaN) : Double.NaN,
        pair.interval()
            .map(i -> shown(i.low(), "%.2f") + " to " + shown(i.high(), "%.2f"))
            .orElse("too few healthy pairs"));
  }
}
