package dev.idem.figures.efficacy;

import dev.idem.api.algebra.Activation;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Scale;
import dev.idem.api.strategy.Strategies;
import dev.idem.api.strategy.SubstitutedGradient;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.metrics.ErrorMeasurement;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.Mnist;
import dev.idem.models.data.OneSample;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The runs of the paper's Figure 5: gradient descent on one fixed sample of noise, at equal
 * learning rates for both methods, one step an epoch.
 */
final class EqualRates {

  /** Those of the authors' poster. */
  static final List<Double> RATES =
      List.of(
          9.54e-7, 8.51e-6, 7.60e-5, 6.78e-4, 6.05e-3, 0.07, 0.22, 0.37, 0.52, 0.67, 0.82, 0.97,
          1.12, 1.27, 1.42);

  private static final List<Double> FEW_RATES = List.of(0.07, 0.37, 1.42);

  private static final int SAMPLES = 64;
  private static final int FRESH = 128;
  private static final long SEEDS_PER_SEED = 1_000;

  private EqualRates() {}

  /**
   * A network and its noise.
   *
   * @param name of its files
   * @param title of its panels
   * @param panel the row of the poster's Figure 5 that it is meant to be near, such as B2
   * @param rates learning rates of both methods
   * @param steps one an epoch
   */
  record Subject(
      String name,
      String title,
      Optional<String> panel,
      Network network,
      DataSource noise,
      List<Double> rates,
      int steps) {

    int width() {
      return network.shape().size();
    }
  }

  /** A method at one of the scales of the canonical gradient. */
  enum Variant {
    ORDINARY(
        "ordinary", Strategies.CANONICAL, new CanonicalStrategy(1, Scale.BATCH_AND_WIDTH_MEAN)),
    ORDINARY_AT_EQUAL_SCALE(
        "ordinary, equal scale",
        Strategies.CANONICAL,
        new CanonicalStrategy(0.5, Scale.BATCH_MEAN)),
    MODIFIED(
        "modified",
        Strategies.SUBSTITUTED,
        new SubstitutedGradient(
            IdempotentPolynomial.cubic(), 1, Scale.BATCH_MEAN, OptionalDouble.empty()));

    private final String label;
    private final String method;

    @SuppressWarnings("ImmutableEnumChecker") // the strategies above are records
    private final IdempotencyStrategy strategy;

    Variant(String label, String method, IdempotencyStrategy strategy) {
      this.label = label;
      this.method = method;
      this.strategy = strategy;
    }

    /** In the poster's words. */
    String label() {
      return label;
    }

    /** Its name in {@link Strategies}. */
    String method() {
      return method;
    }

    /** The ordinary gradient at a scale. */
    static Variant ordinary(GradientScale scale) {
      return scale == GradientScale.AS_PUBLISHED ? ORDINARY : ORDINARY_AT_EQUAL_SCALE;
    }

    /** As {@link EqualRates#gradientScale}. */
    double scale(int width) {
      return gradientScale(strategy, SAMPLES, width);
    }
  }

  /**
   * One run.
   *
   * @param curve in the order of steps; a diverged run has infinite errors from there on
   */
  record Run(Variant variant, double rate, long seed, List<At> curve) {

    At last() {
      return curve.get(curve.size() - 1);
    }
  }

  /**
   * A network at an evaluation.
   *
   * @param error mean |f(f(x)) - f(x)| on the training sample
   * @param fresh the same on {@value #FRESH} fresh draws
   * @param errorOverVariance mean (f(f(x)) - f(x))^2 / variance of f(x), on fresh draws
   * @param powerRatio mean f(x)^2 / mean x^2, on fresh draws
   */
  record At(long step, double error, double fresh, double errorOverVariance, double powerRatio) {

    private static At diverged(long step) {
      double infinite = Double.POSITIVE_INFINITY;
      return new At(step, infinite, infinite, infinite, infinite);
    }
  }

  /** The runs of a subject. */
  record Result(Subject subject, List<Run> runs) {

    List<Long> seeds() {
      return runs.stream().map(Run::seed).distinct().toList();
    }

    List<Run> of(Variant variant, double rate) {
      return runs.stream().filter(run -> run.variant() == variant && run.rate() == rate).toList();
    }
  }

  /** Four MLPs, wide or narrow, deep or shallow, and a CNN. */
  static List<Subject> subjects(Preset preset) {
    int steps = preset.choose(2, 300, 2_500);
    List<Double> rates = preset.choose(List.of(0.07), FEW_RATES, RATES);
    int narrow = preset.choose(16, 154, 154);
    int wide = preset.choose(32, 192, 4_000);
    return List.of(
        mlp("narrow-shallow", Optional.empty(), narrow, 2, rates, steps),
        mlp("narrow-deep", Optional.of("B2"), narrow, 7, rates, steps),
        mlp("wide-shallow", Optional.of("B3"), wide, 2, rates, steps),
        mlp("wide-deep", Optional.empty(), wide, 7, rates, steps),
        new Subject(
            "cnn-mnist",
            "CNN on MNIST digits",
            Optional.empty(),
            Networks.named("cnn"),
            Mnist.embedded(),
            preset.choose(List.of(0.07), List.of(0.37), RATES),
            preset.choose(2, 50, 2_500)));
  }

  private static Subject mlp(
      String name, Optional<String> panel, int width, int hidden, List<Double> rates, int steps) {
    int[] widths = IntStream.generate(() -> width).limit(hidden + 2L).toArray();
    return new Subject(
        name,
        "%s MLP, %s hidden layers of %s".formatted(name.replace('-', ' '), hidden, width),
        panel,
        Mlp.of(widths)
            .withActivations(Activation.TANH, Activation.IDENTITY)
            .withInitializers(Initializers.uniformFanIn(), Initializers.uniformFanIn()),
        new Gaussian(width),
        rates,
        steps);
  }

  static int seeds(Preset preset) {
    return preset.choose(1, 3, 5);
  }

  /**
   * The factor c with which the gradient at one output y of a batch of m is c / m times y - f(y),
   * where f varies so little that f(f(y)) is f(y) and no gradient passes through f(y): 2 w m s for
   * the canonical loss of weight w, w m s for the substituted gradient, with s the {@link Scale}'s
   * factor.
   */
  static double gradientScale(IdempotencyStrategy strategy, int samples, int width) {
    if (strategy instanceof CanonicalStrategy canonical) {
      return 2 * canonical.weight() * samples * canonical.scale().factor(samples, width);
    }
    if (strategy instanceof SubstitutedGradient substituted) {
      return substituted.weight() * samples * substituted.scale().factor(samples, width);
    }
    throw new IllegalArgumentException("the gradient scale of %s is not known".formatted(strategy));
  }

  /** How many {@link #runs} a subject has. */
  static long count(Subject subject, Preset preset) {
    return (long) Variant.values().length * subject.rates().size() * seeds(preset);
  }

  /** Trains each subject by both methods, at every rate, from every seed. */
  static List<Run> runs(List<Subject> subjects, FigureContext context) throws InterruptedException {
    List<Planned> planned = new ArrayList<>();
    for (Subject subject : subjects) {
      for (double rate : subject.rates()) {
        for (Variant variant : Variant.values()) {
          for (int seed = 1; seed <= seeds(context.preset()); seed++) {
            long own = context.seed() * SEEDS_PER_SEED + seed;
            planned.add(new Planned(subject, new Run(variant, rate, own, List.of())));
          }
        }
      }
    }
    return context
        .pool()
        .map(
            planned,
            each -> trained(each.subject, each.run, context),
            Run.class,
            context.progress());
  }

  private record Planned(Subject subject, Run run) {}

  /** The {@link #runs} of all subjects, subject by subject. */
  static List<Result> results(List<Subject> subjects, List<Run> runs, Preset preset) {
    List<Result> results = new ArrayList<>();
    int from = 0;
    for (Subject subject : subjects) {
      int to = from + (int) count(subject, preset);
      results.add(new Result(subject, runs.subList(from, to)));
      from = to;
    }
    return results;
  }

  private static Run trained(Subject subject, Run run, FigureContext context) {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(subject.steps())
            .batchSize(SAMPLES)
            .optimizer(new Optimizer.Sgd())
            .learningRate(run.rate())
            .evaluateEvery(Math.max(1, subject.steps() / context.preset().choose(2, 25, 50)))
            .seed(run.seed())
            .build();
    OneSample sample = new OneSample(subject.noise(), run.seed());
    float[][] training = sample.batch(run.seed(), 0, SAMPLES);
    float[][] fresh = sample.heldOut(run.seed(), FRESH);
    List<At> curve = new ArrayList<>();
    TrainingListener measuring =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView network) {
            curve.add(measured(stepsDone, network, training, fresh));
          }
        };
    TrainingObjective objective = TrainingObjective.of(run.variant().strategy);
    TrainingTask task = TrainingTask.of(subject.network(), objective, sample, plan);
    try {
      context.engine().train(task, measuring).close();
    } catch (DivergenceException e) {
      long step = curve.isEmpty() ? 0 : curve.get(curve.size() - 1).step();
      while (step < plan.steps()) {
        step = Math.min(plan.steps(), step + plan.evaluateEvery());
        curve.add(At.diverged(step));
      }
    }
    return new Run(run.variant(), run.rate(), run.seed(), List.copyOf(curve));
  }

  private static At measured(long step, NetworkView network, float[][] training, float[][] fresh) {
    float[][] once = network.apply(fresh);
    float[][] twice = network.apply(once);
    ErrorMeasurement measured = IdempotencyMetrics.measureError(x -> once, y -> twice, fresh);
    return new At(
        step,
        meanAbsoluteError(network, training),
        meanAbsoluteDifference(once, twice),
        measured.errorOverVariance(),
        measured.powerRatio());
  }

  /** Mean |f(f(x)) - f(x)| over samples and components. */
  static double meanAbsoluteError(NetworkView network, float[][] samples) {
    float[][] y = network.apply(samples);
    return meanAbsoluteDifference(y, network.apply(y));
  }

  private static double meanAbsoluteDifference(float[][] y, float[][] z) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < y[i].length; j++) {
        sum += Math.abs((double) z[i][j] - y[i][j]);
      }
    }
    double mean = sum / ((double) y.length * y[0].length);
    return Double.isFinite(mean) ? mean : Double.POSITIVE_INFINITY;
  }
}
