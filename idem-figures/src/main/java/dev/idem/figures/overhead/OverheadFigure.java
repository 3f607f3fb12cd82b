package dev.idem.figures.overhead;

import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.chart.Axis;
import dev.idem.figures.chart.Chart;
import dev.idem.figures.chart.Chart.Point;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.chart.Style;
import dev.idem.models.data.Mnist;
import dev.idem.models.network.Mlp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The wall time of a substituted step relative to a canonical one. */
public final class OverheadFigure implements Figure {

  private static final double THEORY = 5.0 / 6;

  /**
   * The cost of a training step: MLP 784-512-512-784 on MNIST, batches of 256. The methods take
   * turns, so that a machine that gets slower or faster does so for both.
   *
   * @param canonical median step time in milliseconds
   * @param substituted the same of the substituted gradient
   */
  public record StepCost(double canonical, double substituted) {

    /** The setting, for captions. */
    static final String SETTING = "MLP 784-512-512-784 on MNIST digits, batches of 256";

    private static final int WARM_UP = 5;

    /**
     * One round.
     *
     * @param steps timed of each method, positive, after a few that are not
     */
    public static StepCost measure(TrainingEngine engine, int steps) {
      return new StepCost(
          medianStep(engine, new CanonicalStrategy(), steps),
          medianStep(engine, new SubstitutedGradient(), steps));
    }

    /** Substituted over canonical; theory says 5/6. */
    public double ratio() {
      return substituted / canonical;
    }

    /** The quartiles of the rounds' ratios. */
    public static Quartiles ratios(List<StepCost> rounds) {
      return Quartiles.of(rounds.stream().map(StepCost::ratio).toList());
    }

    /**
     * The median of the step times in milliseconds; a median shrugs off a busy machine's spikes.
     */
    private static double medianStep(
        TrainingEngine engine, IdempotencyStrategy strategy, int steps) {
      TrainingPlan plan =
          TrainingPlan.quick().toBuilder()
              .steps(WARM_UP + steps)
              .batchSize(256)
              .learningRate(1e-6)
              .evaluateEvery(WARM_UP + steps)
              .build();
      List<Long> ends = new ArrayList<>();
      TrainingListener clock =
          new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
              ends.add(System.nanoTime());
            }
          };
      TrainingTask task =
          TrainingTask.of(
              Mlp.of(784, 512, 512, 784), TrainingObjective.of(strategy), Mnist.embedded(), plan);
      engine.train(task, clock).close();
      List<Double> milliseconds = new ArrayList<>();
      for (int i = WARM_UP; i < ends.size(); i++) {
        milliseconds.add((ends.get(i) - ends.get(i - 1)) / 1e6);
      }
      return Quartiles.of(milliseconds).median();
    }
  }

  @Override
  public String title() {
    return "Same cost: the time of a step";
  }

  @Override
  public String paperShows() {
    return "That the substituted gradient costs no more than the canonical loss.";
  }

  @Override
  public String ourSetting() {
    return StepCost.SETTING
        + "; one thread, nothing beside it; rounds of both methods in turn, the median step of"
        + " each. With a forward pass as unit and a backward pass at 2, canonical takes 6 and"
        + " substituted 5: theory says 5/6. These are wall times of this machine: they differ from"
        + " run to run.";
  }

  @Override
  public Optional<Duration> quickTime() {
    return Optional.of(Duration.ofSeconds(13));
  }

  @Override
  public List<Claim> claims() {
    return List.of(PaperClaims.SAME_COST);
  }

  @Override
  public FigureResult draw(FigureContext context) {
    int rounds = context.preset().choose(2, 5, 25);
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
            "Step time, substituted / canonical: %.3f, quartiles %.3f to %.3f, over %d rounds;"
                + " median step %.1f ms against %.1f ms; theory %.3f.",
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
        List.of(new Finding(PaperClaims.SAME_COST, setting, measured, verdict(ratios))));
  }

  /** The verdict by the rule of {@link PaperClaims#SAME_COST}. */
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
    return Table.timings(
        "rounds",
        "Median step times of each round, in milliseconds.",
        IntStream.range(0, costs.size()).boxed().toList(),
        List.of(
            new Column<>("round", round -> round + 1),
            new Column<>("canonical", round -> costs.get(round).canonical()),
            new Column<>("substituted", round -> costs.get(round).substituted()),
            new Column<>("ratio", round -> costs.get(round).ratio())));
  }
}
