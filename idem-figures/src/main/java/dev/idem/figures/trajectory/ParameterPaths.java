package dev.idem.figures.trajectory;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.Strategies;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.Progress;
import dev.idem.eval.Quantiles.Quartiles;
import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.eval.metrics.IdempotencyMetrics;
import dev.idem.figures.FigureContext;
import dev.idem.figures.FigureContext.GradientScale;
import dev.idem.figures.FinalMap;
import dev.idem.figures.RunPool.ParallelRuns;
import dev.idem.figures.trajectory.BothGradients.Measured;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.OneSample;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.Mlp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The paths of all parameters of one network under both methods from the same start, as on the
 * authors' poster: in the plane of their first two principal components, with both gradients at
 * every place.
 *
 * @param scale of the gradients
 * @param seed of start and sample
 * @param network that both methods train
 * @param sample that they train on
 * @param plane of every visited place
 * @param paths by method, ordinary first
 * @param apart |cosine| of the ordinary gradient on the ordinary path and the modified one on the
 *     modified path, by place
 * @param endsApart the distance of the ends of both paths, over the longer way from start to end
 */
record ParameterPaths(
    GradientScale scale,
    long seed,
    Network network,
    ReferenceTensor sample,
    PrincipalComponents plane,
    List<Path> paths,
    List<Double> apart,
    double endsApart) {

  /** The rate of both, one of the poster's. */
  static final double RATE = 0.07;

  private static final int SAMPLES = 64;
  private static final int FRESH = 128;
  private static final long SEEDS_PER_SEED = 1_000;

  /**
   * A path.
   *
   * @param method in {@link Strategies}
   * @param end what the map became
   */
  record Path(String method, List<Place> places, FinalMap end) {}

  /**
   * A place on a path.
   *
   * @param x along the first principal component
   * @param y along the second
   * @param loss mean (f(f(x)) - f(x))^2 on the sample
   * @param ordinary norm of the canonical loss's gradient, at the paths' scale
   * @param modified norm of the substituted gradient, over the batch
   * @param cosine |cosine| of the two
   */
  record Place(
      long epoch,
      double x,
      double y,
      double loss,
      double ordinary,
      double modified,
      double cosine) {

    static Place of(long epoch, double x, double y, Measured at) {
      return new Place(epoch, x, y, at.loss(), at.ordinary(), at.modified(), at.cosine());
    }

    /** modified / ordinary norm: not-a-number if both are zero. */
    double ratio() {
      return modified / ordinary;
    }
  }

  /** A seven-layer MLP with tanh, as narrow as the preset allows. */
  static Network network(FigureContext.Preset preset) {
    int width = preset.choose(8, 32, 154);
    return Mlp.of(IntStream.generate(() -> width).limit(9).toArray())
        .withActivations(Activation.TANH, Activation.IDENTITY)
        .withInitializers(Initializers.uniformFanIn(), Initializers.uniformFanIn());
  }

  static int epochs(FigureContext.Preset preset) {
    return preset.choose(5, 1_000, 2_500);
  }

  /** The median of a number over the places of both paths where it is one; else not-a-number. */
  double median(ToDoubleFunction<Place> value) {
    List<Double> values =
        paths.stream()
            .flatMap(path -> path.places().stream())
            .map(value::applyAsDouble)
            .filter(number -> !number.isNaN())
            .toList();
    return values.isEmpty() ? Double.NaN : Quartiles.of(values).median();
  }

  static int seeds(FigureContext.Preset preset) {
    return preset.choose(1, 3, 5);
  }

  /** How many runs {@link #all} makes. */
  static int runs(FigureContext.Preset preset) {
    return seeds(preset) * (1 + GradientScale.values().length);
  }

  /**
   * Trains by both methods at both scales from every seed and looks back at every place: the pairs
   * of paths by seed, then by scale. The first seed is the context's.
   */
  static List<ParameterPaths> all(FigureContext context) throws InterruptedException {
    Network network = network(context.preset());
    List<ParameterPaths> all = new ArrayList<>();
    for (int i = 0; i < seeds(context.preset()); i++) {
      long seed = i == 0 ? context.seed() : context.seed() * SEEDS_PER_SEED + i;
      DataSource data = new OneSample(new Gaussian(network.shape().size()), seed);
      List<TrainingObjective> objectives = new ArrayList<>(List.of(BothGradients.MODIFIED));
      List<GradientScale> scales = List.of(GradientScale.values());
      scales.forEach(scale -> objectives.add(BothGradients.ordinary(scale)));
      List<Visited> visited =
          ParallelRuns.of(
              objectives,
              objective -> visited(network, objective, data, plan(context, seed), context),
              context.threads(),
              context.progress());
      ReferenceTensor sample = batch(network.shape(), data.batch(0, 0, SAMPLES));
      for (int j = 0; j < scales.size(); j++) {
        List<Visited> pair = List.of(visited.get(1 + j), visited.get(0));
        all.add(of(scales.get(j), seed, network, sample, pair, context.threads()));
      }
    }
    return List.copyOf(all);
  }

  private static TrainingPlan plan(FigureContext context, long seed) {
    int epochs = epochs(context.preset());
    return TrainingPlan.quick().toBuilder()
        .steps(epochs)
        .batchSize(SAMPLES)
        .optimizer(new Optimizer.Sgd())
        .learningRate(RATE)
        .evaluateEvery(Math.max(1, epochs / 50))
        .seed(seed)
        .build();
  }

  /** The parameters at each evaluation, one row each, and what the map became. */
  private record Visited(List<Long> epochs, List<float[]> parameters, FinalMap end) {

    float[] last() {
      return parameters.get(parameters.size() - 1);
    }
  }

  private static Visited visited(
      Network network,
      TrainingObjective objective,
      DataSource data,
      TrainingPlan plan,
      FigureContext context) {
    List<Long> epochs = new ArrayList<>();
    List<float[]> parameters = new ArrayList<>();
    List<FinalMap> end = new ArrayList<>();
    float[][] fresh = data.heldOut(plan.seed(), FRESH);
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView view) {
            epochs.add(stepsDone);
            parameters.add(flat(network, view));
            if (stepsDone == plan.steps()) {
              end.add(FinalMap.of(IdempotencyMetrics.measureError(view::apply, fresh)));
            }
          }
        };
    try {
      TrainingTask task = TrainingTask.of(network, objective, data, plan);
      context.engine().train(task, recorder).close();
    } catch (DivergenceException e) {
      // The path ends where the run does.
    }
    return new Visited(epochs, parameters, end.isEmpty() ? FinalMap.diverged() : end.get(0));
  }

  private static float[] flat(Network network, NetworkView view) {
    double[] all =
        network.parameters().stream()
            .map(ParameterSpec::name)
            .map(view::parameter)
            .flatMapToDouble(Arrays::stream)
            .toArray();
    float[] row = new float[all.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) all[i];
    }
    return row;
  }

  private static ParameterPaths of(
      GradientScale scale,
      long seed,
      Network network,
      ReferenceTensor sample,
      List<Visited> visited,
      int threads)
      throws InterruptedException {
    float[][] rows =
        visited.stream().flatMap(path -> path.parameters().stream()).toArray(float[][]::new);
    PrincipalComponents plane = PrincipalComponents.fit(rows, 2);
    int longest = visited.stream().mapToInt(path -> path.epochs().size()).max().orElseThrow();
    List<Stage> stages =
        ParallelRuns.of(
            IntStream.range(0, longest).boxed().toList(),
            i -> Stage.of(scale, network, sample, visited, i),
            threads,
            Progress.NONE);
    double[][] places = plane.project(rows);
    List<Path> paths = new ArrayList<>();
    int next = 0;
    for (Visited path : visited) {
      List<Place> onPath = new ArrayList<>();
      for (int i = 0; i < path.epochs().size(); i++) {
        Measured measured = stages.get(i).onPaths().get(paths.size()).orElseThrow();
        onPath.add(Place.of(path.epochs().get(i), places[next][0], places[next][1], measured));
        next++;
      }
      String method = paths.isEmpty() ? Strategies.CANONICAL : Strategies.SUBSTITUTED;
      paths.add(new Path(method, List.copyOf(onPath), path.end()));
    }
    List<Double> apart =
        stages.stream().map(Stage::apart).flatMapToDouble(OptionalDouble::stream).boxed().toList();
    return new ParameterPaths(
        scale,
        seed,
        network,
        sample,
        plane,
        List.copyOf(paths),
        apart,
        endsApart(
            visited.get(0).parameters().get(0), visited.get(0).last(), visited.get(1).last()));
  }

  /** |a - b| / max(|a - start|, |b - start|), in [0, 2]; not-a-number if nothing has moved. */
  static double endsApart(float[] start, float[] a, float[] b) {
    return distance(a, b) / Math.max(distance(a, start), distance(b, start));
  }

  private static double distance(float[] a, float[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = (double) a[i] - b[i];
    }
    return BothGradients.norm(difference);
  }

  /**
   * Where both paths are after so many evaluations.
   *
   * @param onPaths empty where a path has ended
   */
  private record Stage(List<Optional<Measured>> onPaths, OptionalDouble apart) {

    static Stage of(
        GradientScale scale, Network network, ReferenceTensor x, List<Visited> pair, int i) {
      List<Optional<BothGradients>> found =
          pair.stream()
              .map(
                  path ->
                      i < path.parameters().size()
                          ? Optional.of(
                              BothGradients.at(scale, model(network, path.parameters().get(i)), x))
                          : Optional.<BothGradients>empty())
              .toList();
      OptionalDouble apart =
          found.stream().allMatch(Optional::isPresent)
              ? OptionalDouble.of(
                  BothGradients.cosine(
                      found.get(0).orElseThrow().ordinary(), found.get(1).orElseThrow().modified()))
              : OptionalDouble.empty();
      return new Stage(
          found.stream().map(gradients -> gradients.map(BothGradients::measured)).toList(), apart);
    }
  }

  /**
   * The loss at places of the plane.
   *
   * @param at coordinates along both components
   */
  List<Double> losses(double[][] at, int threads) throws InterruptedException {
    return ParallelRuns.of(
        Stream.of(plane.reconstruct(at)).toList(),
        row -> loss(model(network, row), sample),
        threads,
        Progress.NONE);
  }

  private static double loss(ReferenceModel model, ReferenceTensor x) {
    ReferenceTensor y = model.apply(x);
    double[] once = y.values();
    double[] twice = model.apply(y).values();
    double sum = 0;
    for (int i = 0; i < once.length; i++) {
      sum += (twice[i] - once[i]) * (twice[i] - once[i]);
    }
    return sum / once.length;
  }

  private static ReferenceModel model(Network network, float[] row) {
    Map<String, double[]> values = new LinkedHashMap<>();
    int next = 0;
    for (ParameterSpec parameter : network.parameters()) {
      double[] value = new double[parameter.shape().size()];
      for (int i = 0; i < value.length; i++) {
        value[i] = row[next++];
      }
      values.put(parameter.name(), value);
    }
    return new ReferenceModel(network, values);
  }

  private static ReferenceTensor batch(Shape shape, float[][] sample) {
    double[][] rows = new double[sample.length][shape.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = sample[i][j];
      }
    }
    return ReferenceTensor.batch(shape, rows);
  }
}
