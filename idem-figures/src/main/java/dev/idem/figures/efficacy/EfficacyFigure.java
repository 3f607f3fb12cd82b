package dev.idem.figures.efficacy;

import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.TrainingPlan;
import dev.idem.eval.comparison.Comparison;
import dev.idem.eval.comparison.Comparison.Outcome;
import dev.idem.eval.comparison.ComparisonResult;
import dev.idem.eval.comparison.ComparisonRun;
import dev.idem.eval.comparison.StrategyOutcome;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.ContributedMethods;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureResult;
import dev.idem.figures.FigureResult.Drawing;
import dev.idem.figures.Methods;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The idempotency error against training: canonical loss against substituted gradient, and both
 * against what goes beyond the paper, strategies of plug-ins included.
 */
public final class EfficacyFigure implements Figure {

  /** Keeps the runs of one seed apart from those of the next. */
  private static final long SEEDS_PER_SEED = 1_000;

  private final IdempotencyMetrics metrics;
  private final CollapseThresholds thresholds;

  /** With the default metrics and collapse thresholds. */
  public EfficacyFigure() {
    this(IdempotencyMetrics.defaults(), CollapseThresholds.defaults());
  }

  /**
   * With other metrics or thresholds.
   *
   * @param metrics measured at each evaluation
   * @param thresholds that decide the verdicts
   */
  public EfficacyFigure(IdempotencyMetrics metrics, CollapseThresholds thresholds) {
    this.metrics = metrics;
    this.thresholds = thresholds;
  }

  @Override
  public String title() {
    return "Improved efficacy: error against training";
  }

  @Override
  public String paperShows() {
    return "Figure 5: the average absolute idempotent error of two MLPs against the epoch, a curve for"
        + " each of 15 equal learning rates, ordinary backpropagation of the canonical loss beside the"
        + " modified one. The modified curves lie lower, most of the gain coming in the first 500"
        + " epochs, at about the same cost.";
  }

  @Override
  public String ourSetting() {
    return "First part, as on the authors’ poster: four MLPs with tanh, narrow (n = 154) or wide (n ="
        + " 4,000; 192 in quick), with two or seven hidden layers of width n, kernels and biases as PyTorch draws them, and a CNN; one sample of 64"
        + " of N(0, I), of MNIST digits for the CNN; plain gradient descent, an epoch a step; the poster’s"
        + " 15 rates and 2,500 epochs (in quick three rates and 300 epochs, for the CNN one rate and 50 epochs). Sizes, activation and scale"
        + " are inferred: the poster does not give them. Second part: linear maps and an MLP (16-64-64-16, leaky ReLU) trained by SGD on N(0, I), a deep MLP"
        + " (16-64×6-16) by Adam, a convolutional autoencoder (16 and 32 channels, code 24)"
        + " by Adam on MNIST digits; 10,000 steps, on digits 5,000 (in quick 200 and 60, and three of the"
        + " six rates for the last two). Starts: fan-in, as PyTorch draws kernels and biases;"
        + " the same with biases from zero; and unit gain, so that outputs keep the inputs’"
        + " power; for linear maps, which have no bias, near idempotent instead of zero"
        + " bias: a projection of half rank plus noise of spectral radius 1/2. Beyond the"
        + " paper’s two methods: limited, the substituted gradient whose target is no longer"
        + " than the longer of input and output; accelerated, the same with the quintic -5K²"
        + " + 30K³ - 40K⁴ + 16K⁵, of slope 5/2 at 1/2, which applies f five times; anchored,"
        + " canonical loss plus limited gradient, weight 1 each. Learning rates are not"
        + " comparable across methods, so each is shown at an equal rate and at each"
        + " method’s own best of a grid: the lowest median score over the seeds, the score"
        + " being error / variance of a healthy run and infinite for any other; of equal"
        + " medians the rate with more healthy runs, then the smaller. Verdicts, the first that"
        + " holds: "
        + Stream.of(
                CollapseVerdict.ZERO,
                CollapseVerdict.IDENTITY,
                CollapseVerdict.CONSTANT,
                CollapseVerdict.INFLATED,
                CollapseVerdict.UNINFORMATIVE,
                CollapseVerdict.HEALTHY)
            .map(verdict -> EfficacySentences.label(verdict) + ", " + thresholds.describe(verdict))
            .collect(Collectors.joining("; "))
        + ". A projection onto a line counts as constant. Effective rank is the exponential of the"
        + " entropy of the centred outputs’ singular values.";
  }

  @Override
  public Optional<Duration> quickTime() {
    return Optional.of(Duration.ofSeconds(205));
  }

  @Override
  public List<Claim> claims() {
    return List.of(
        PaperClaims.LOWER_ERROR,
        PaperClaims.EARLY,
        PaperClaims.MLP_EFFICACY,
        PaperClaims.CNN_EFFICACY);
  }

  @Override
  public boolean distributes() {
    return true;
  }

  @Override
  public FigureResult draw(FigureContext context) throws InterruptedException {
    List<EfficacyTask> tasks = EfficacyTask.all();
    ContributedMethods contributed =
        ContributedMethods.tried(
            context.contributed(),
            tasks.stream().map(EfficacyTask::trial).toList(),
            context.engine());
    Map<String, IdempotencyStrategy> methods = Methods.withOurs();
    methods.putAll(contributed.methods());
    Map<EfficacyTask, List<Comparison>> comparisons = new LinkedHashMap<>();
    for (EfficacyTask task : tasks) {
      comparisons.put(
          task,
          task.starts(context.preset()).stream()
              .map(start -> comparison(task, start, methods, context))
              .toList());
    }
    List<EqualRates.Subject> subjects = EqualRates.subjects(context.preset());
    long runs =
        comparisons.values().stream()
            .flatMap(List::stream)
            .mapToLong(comparison -> comparison.design().cells().size())
            .sum();
    runs += subjects.stream().mapToLong(each -> EqualRates.count(each, context.preset())).sum();
    context.progress().begin("efficacy", runs);
    try {
      List<EqualRates.Run> equalRates = EqualRates.runs(subjects, context);
      List<Work> work =
          comparisons.values().stream()
              .flatMap(List::stream)
              .flatMap(each -> each.design().cells().stream().map(cell -> new Work(each, cell)))
              .toList();
      List<Outcome> outcomes =
          context
              .pool()
              .map(
                  work,
                  each -> each.comparison.outcome(each.cell),
                  Outcome.class,
                  context.progress());
      return result(
          EqualRates.results(subjects, equalRates, context.preset()),
          comparisons,
          outcomes,
          contributed,
          context);
    } finally {
      context.progress().end();
    }
  }

  /** A run of one of the comparisons. */
  private record Work(Comparison comparison, ComparisonRun.Cell cell) {}

  /**
   * The result of all runs.
   *
   * @param outcomes of the comparisons' cells, in order
   */
  private static FigureResult result(
      List<EqualRates.Result> equalRates,
      Map<EfficacyTask, List<Comparison>> comparisons,
      List<Outcome> outcomes,
      ContributedMethods contributed,
      FigureContext context) {
    EqualRateFindings first = new EqualRateFindings(equalRates, context.seed());
    List<Drawing> drawings = new ArrayList<>();
    // Networks that the poster shows come first: the first picture is the one that is not folded.
    equalRates.stream()
        .sorted(Comparator.comparing(each -> each.subject().panel().isEmpty()))
        .forEach(each -> drawings.add(EqualRateCharts.drawing(each, context.gradientScale())));
    List<Cell> cells = new ArrayList<>();
    int from = 0;
    for (Map.Entry<EfficacyTask, List<Comparison>> entry : comparisons.entrySet()) {
      EfficacyTask task = entry.getKey();
      List<Cell> ofTask = new ArrayList<>();
      List<EfficacyTask.Start> starts = task.starts(context.preset());
      for (int i = 0; i < starts.size(); i++) {
        Comparison comparison = entry.getValue().get(i);
        int to = from + comparison.design().cells().size();
        ofTask.add(
            Cell.of(task, starts.get(i).label(), comparison.result(outcomes.subList(from, to))));
        from = to;
      }
      drawings.addAll(EfficacyCharts.drawings(task, ofTask));
      cells.addAll(ofTask);
    }
    EfficacyMatrices matrices = EfficacyMatrices.of(context.preset(), context.seed());
    drawings.add(matrices.drawing());
    EfficacyTables ofRuns = new EfficacyTables(cells, context.seed());
    List<Table> tables = new ArrayList<>(first.tables());
    tables.addAll(ofRuns.shown());
    tables.add(matrices.table());
    tables.addAll(ofRuns.filed());
    List<String> sentences = new ArrayList<>(first.sentences(context.gradientScale()));
    sentences.addAll(contributed.sentences());
    sentences.addAll(new EfficacySentences(cells).all());
    sentences.addAll(matrices.sentences());
    List<Finding> findings = new ArrayList<>(new EqualRateClaims(equalRates).findings());
    findings.addAll(EfficacySentences.findings(cells));
    return new FigureResult(drawings, tables, sentences, findings);
  }

  private Comparison comparison(
      EfficacyTask task,
      EfficacyTask.Start start,
      Map<String, IdempotencyStrategy> methods,
      FigureContext context) {
    int steps = task.steps().of(context.preset());
    int evaluations = context.preset().choose(1, 5, 50);
    long[] seeds =
        LongStream.rangeClosed(1, task.seeds().of(context.preset()))
            .map(run -> context.seed() * SEEDS_PER_SEED + run)
            .toArray();
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(steps)
            .batchSize(task.batch())
            .optimizer(task.optimizer())
            .evaluateEvery(Math.max(1, steps / evaluations))
            .build();
    return Comparison.builder(task.name() + ", " + start.label())
        .strategies(methods)
        .learningRates(task.rates(context.preset()).stream().mapToDouble(r -> r).toArray())
        .seeds(seeds)
        .network(start.network())
        .source(task.data().get())
        .engine(context.engine())
        .plan(plan)
        .metrics(metrics)
        .thresholds(thresholds)
        .evaluationSize(context.preset().choose(32, 128, 256))
        .build();
  }

  /**
   * One architecture from one start.
   *
   * @param task its name
   * @param start how the weights are drawn
   * @param result every run
   * @param equal the methods at an equal rate
   * @param best each method at its own best rate
   */
  record Cell(
      String task,
      String start,
      ComparisonResult result,
      ComparisonResult.View equal,
      ComparisonResult.View best) {

    static Cell of(EfficacyTask task, String start, ComparisonResult result) {
      return new Cell(
          task.name(), start, result, result.equalRate(task.equalRate()), result.bestRate());
    }

    /** The methods compared, in the order of every legend and table. */
    List<String> methods() {
      return best.outcomes().stream().map(StrategyOutcome::strategy).toList();
    }

    /** Equal rates, then best rates. */
    List<Rates> rates() {
      return List.of(new Rates("equal", equal), new Rates("best", best));
    }
  }

  /** One of the two choices of rates, by name. */
  record Rates(String name, ComparisonResult.View view) {
    /** The methods that the paper compares. */
    List<StrategyOutcome> ofPaper() {
      return view.outcomes().stream()
          .filter(outcome -> Methods.inPaper(outcome.strategy()))
          .toList();
    }
  }
}
