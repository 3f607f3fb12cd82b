package dev.idem.figures.overhead;

import dev.idem.eval.comparison.Quartiles;
import dev.idem.figures.Claim;
import dev.idem.figures.Drawing;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.Finding;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Table;
import dev.idem.figures.Verdict;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Point;
import dev.idem.figures.chart.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The wall time of a substituted step relative to a canonical one. */
public final class OverheadFigure implements Figure {

  private static final double THEORY = 5.0 / 6;

  @Override
  public String title() {
    return "No overhead: the cost of a step";
  }

  @Override
  public String paperShows() {
    return "That the substituted gradient costs no more than the canonical loss.";
  }

  @Override
  public String ourSetting() {
    return StepCost.SETTING
        + "; one thread, nothing beside it; rounds of both methods in turn, the median step of each."
        + " With a forward pass as unit and a backward pass at 2, canonical takes 6 and substituted 5:"
        + " theory says 5/6. These are wall times of this machine: they differ from run to run.";
  }

  @Override
  public List<Claim> claims() {
    return List.of(PaperClaims.NO_OVERHEAD);
  }

  @Override
  public FigureResult draw(FigureContext context) {
    int rounds = context.preset().choose(2, 9, 25);
    int steps = context.preset().choose(3, 20, 50);
    context.progress().begin("overhead", rounds);
    List<StepCost> costs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      costs.add(StepCost.measure(context.engine(), steps));
      context.progress().advance(1);
    }
    context.progress().end();
    Quartiles ratios = StepCost.ratios(costs);
    String measured =
        String.format(
            Locale.ROOT,
            "Step time, substituted / canonical: %.3f, quartiles %.3f to %.3f, over %d rounds; median step %.1f ms"
                + " against %.1f ms; theory %.3f.",
            ratios.median(),
            ratios.lower(),
            ratios.upper(),
            rounds,
            Quartiles.of(costs.stream().map(StepCost::substituted).toList()).median(),
            Quartiles.of(costs.stream().map(StepCost::canonical).toList()).median(),
            THEORY);
    String setting =
        "%s, one thread, %s rounds of %s timed steps each."
            .formatted(StepCost.SETTING, rounds, steps);
    return new FigureResult(
        List.of(drawing(costs)),
        List.of(table(costs)),
        List.of(measured),
        List.of(new Finding(PaperClaims.NO_OVERHEAD, setting, measured, verdict(ratios))));
  }

  /** The verdict by the rule of {@link PaperClaims#NO_OVERHEAD}. */
  static Verdict verdict(Quartiles ratios) {
    if (ratios.median() >= 1) {
      return Verdict.NOT_REPRODUCED;
    }
    return ratios.upper() < 1 ? Verdict.REPRODUCED : Verdict.IN_PART;
  }

  private static Drawing drawing(List<StepCost> costs) {
    int last = costs.size();
    List<Point> ratios = new ArrayList<>();
    for (int round = 0; round < last; round++) {
      ratios.add(new Point(round + 1, costs.get(round).ratio()));
    }
    Chart chart =
        Chart.of(
                "time of a step, substituted / canonical",
                Axis.linear("round").from(0.5, last + 0.5),
                Axis.linear("ratio"))
            .line(
                "equal cost", Style.REFERENCE, List.of(new Point(0.5, 1), new Point(last + 0.5, 1)))
            .line(
                "theory, 5/6",
                Style.SECOND,
                List.of(new Point(0.5, THEORY), new Point(last + 0.5, THEORY)))
            .points("measured", Style.FIRST, ratios)
            .build();
    return new Drawing(
        "ratio",
        "The ratio of median step times in each round; wall times, which differ from run to run.",
        ChartGrid.single(620, 320, chart));
  }

  private static Table table(List<StepCost> costs) {
    List<List<Object>> rows = new ArrayList<>();
    for (int round = 0; round < costs.size(); round++) {
      StepCost cost = costs.get(round);
      rows.add(List.of(round + 1, cost.canonical(), cost.substituted(), cost.ratio()));
    }
    return Table.timings(
        "rounds",
        "Median step times of each round, in milliseconds.",
        List.of("round", "canonical", "substituted", "ratio"),
        rows);
  }
}
