package dev.idem.figures.front;

import dev.idem.figures.Claim;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.figures.FigureResult;
import dev.idem.figures.PaperClaims;
import dev.idem.figures.RunPool.ParallelRuns;
import dev.idem.figures.front.FrontRun.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Idempotency at equal task quality. Scale is a free direction of idempotency alone; a task pins it
 * down, and the weight between the two draws a front for each method.
 */
public final class FrontFigure implements Figure {

  /** Keeps the runs of one seed apart from those of the next. */
  private static final long SEEDS_PER_SEED = 1_000;

  private static final List<Double> WEIGHTS = List.of(0.03, 0.1, 0.3, 1.0, 3.0);

  @Override
  public String title() {
    return "The front: idempotency at equal task quality";
  }

  @Override
  public String paperShows() {
    return "Uses of idempotency (denoising, compression, generation) beside a task; no comparison"
        + " of methods at equal task quality, as far as we could read.";
  }

  @Override
  public String ourSetting() {
    return "A task's mean squared error has weight 1, a method's idempotency terms a weight from a"
        + " grid, on the same inputs: digits for reconstruction (an MLP 784-128-16-128-784 and a"
        + " convolutional autoencoder of 8 and 16 channels, code 16), digits with noise of"
        + " standard deviation 0.5 for denoising (the same MLP), N(0, I) of width 16 for the"
        + " orthogonal projection on a fixed random subspace of dimension 4 (MLP 16-64-64-16, He"
        + " initialisation; the others as in PyTorch). Adam, one learning rate per task for all"
        + " methods (3e-3; CNN and projection 5e-3), decaying to zero along half a cosine; batches"
        + " of 32; in the quick preset 250 steps, 150 for the CNN, 1,000 for the projection, so"
        + " that reconstructions are coarse: 477 runs, about seven minutes of processor time."
        + " 'substituted' is the paper's gradient; 'canonical + substituted' adds the canonical"
        + " loss, each at the full weight; 'limited' shortens the improved output, 'accelerated'"
        + " does so with a steeper polynomial, 'anchored' adds the canonical loss to 'limited'. A"
        + " run that diverged, or whose map is zero, constant or inflated, counts as infinite in"
        + " both costs; an identity or an uninformative map does not, its task loss being what"
        + " counts against it. Networks that are idempotent by construction are trained for the"
        + " task alone, on the same data with the same plan: 'exact' couples the plain network's"
        + " encoder and decoder (784-128-16 and 16-128-784; the halves of the autoencoder;"
        + " 12-48-48-4 and 4-48-48-12) along the 16 cosines of lowest frequency, or the first 4"
        + " coordinates, 'exact, turned' puts it between 4 trained reflections, 'linearizer' is an"
        + " invertible network of 2 couplings 392-131-392, or 4 of 8-31-32-8, around the"
        + " projection onto the first coordinates; the last layers of all start from zero, and"
        + " parameters are within about 2 % of the plain network's. 'orthogonal projection' is one"
        + " onto a trained subspace, with far fewer parameters. 'task alone, bypass' is the plain"
        + " network, last layer from zero, added to what lies along the cosines or coordinates: a"
        + " control for what they do without the construction.";
  }

  @Override
  public boolean inDefaultSet() {
    return false;
  }

  @Override
  public List<Claim> claims() {
    return List.of(PaperClaims.EXACT_NETWORKS);
  }

  @Override
  public FigureResult draw(FigureContext context) throws InterruptedException {
    Preset preset = context.preset();
    List<FrontTask> tasks = FrontTask.all();
    List<FrontMethod> methods = FrontMethod.all();
    List<Double> weights = preset.choose(List.of(1.0), WEIGHTS, WEIGHTS);
    int seeds = preset.choose(1, 3, 10);
    int heldOut = preset.choose(64, 256, 1_000);
    List<Case> cases = cases(tasks, methods, weights, seeds, context.seed());
    context.progress().begin("front", cases.size());
    List<FrontRun> runs =
        ParallelRuns.of(
            cases,
            work -> FrontRun.of(work, preset, context.engine(), context.seed(), heldOut),
            context.threads(),
            context.progress());
    context.progress().end();
    List<TaskFronts> fronts = tasks.stream().map(task -> new TaskFronts(task, runs)).toList();
    List<String> strategies = methods.stream().map(FrontMethod::name).toList();
    FrontTables tables = new FrontTables(fronts, strategies, context.seed());
    ExactClaim exact = new ExactClaim(fronts, strategies);
    List<String> sentences = new ArrayList<>(exact.sentences());
    sentences.addAll(tables.sentences());
    String setting =
        "The four tasks of 'front', the %s preset, %s %s."
            .formatted(preset.label(), seeds, seeds == 1 ? "seed" : "seeds");
    return new FigureResult(
        List.of(new FrontCharts(fronts, methods).drawing(seeds, heldOut, weights)),
        tables.all(),
        sentences,
        List.of(exact.finding(setting)));
  }

  /** Seed by seed, so that the first is complete first. */
  private static List<Case> cases(
      List<FrontTask> tasks,
      List<FrontMethod> methods,
      List<Double> weights,
      int seeds,
      long seed) {
    List<Case> cases = new ArrayList<>();
    for (long run :
        LongStream.rangeClosed(1, seeds).map(i -> seed * SEEDS_PER_SEED + i).toArray()) {
      for (FrontTask task : tasks) {
        cases.add(new Case(task, FrontMethod.CONTROL, 0, FrontMethod.control(), run));
        for (FrontMethod method : methods) {
          for (double weight : weights) {
            cases.add(new Case(task, method.name(), weight, method.objective(weight), run));
          }
        }
        task.networks().keySet().forEach(network -> cases.add(Case.of(task, network, run)));
      }
    }
    return cases;
  }
}
