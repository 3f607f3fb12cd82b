package dev.idem.figures.trajectory;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.polynomial.IdempotentPolynomial;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.CanonicalStrategy;
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
import dev.idem.eval.Progress;
import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.figures.FigureContext;
import dev.idem.figures.ParallelRuns;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.OneSample;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.Mlp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The paths of all parameters of one network under both methods from the same start, as on the
 * authors' poster: in the plane of their first two principal components, with both gradients at
 * every place.
 *
 * @param network that both methods train
 * @param sample that they train on
 * @param plane of every visited place
 * @param paths by method, ordinary first
 * @param apart |cosine| of the ordinary gradient on the ordinary path and the modified one on the
 *     modified path, by place
 */
record ParameterPaths(
    Network network,
    ReferenceTensor sample,
    PrincipalComponents plane,
    List<Path> paths,
    List<Double> apart) {

  /** The rate of both, one of the poster's. */
  static final double RATE = 0.07;

  private static final int SAMPLES = 64;

  /**
   * A path.
   *
   * @param method in {@link Strategies}
   */
  record Path(String method, List<Place> places) {}

  /**
   * A place on a path.
   *
   * @param x along the first principal component
   * @param y along the second
   * @param loss mean (f(f(x)) - f(x))^2 on the sample
   * @param ordinary norm of the canonical loss's gradient, over batch and width
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
      double cosine) {}

  private static final TrainingObjective ORDINARY =
      TrainingObjective.of(new CanonicalStrategy(1, Scale.BATCH_AND_WIDTH_MEAN));
  private static final TrainingObjective MODIFIED =
      TrainingObjective.of(
          new SubstitutedGradient(
              IdempotentPolynomial.cubic(), 1, Scale.BATCH_MEAN, OptionalDouble.empty()));

  /** A seven-layer MLP with tanh, as narrow as the preset allows. */
  static Network network(FigureContext.Preset preset) {
    int width = preset.choose(8, 32, 154);
    return Mlp.of(IntStream.generate(() -> width).limit(9).toArray())
        .withActivations(Activation.TANH, Activation.IDENTITY)
        .withInitializers(Initializers.uniformFanIn(), Initializers.uniformFanIn());
  }

  static int epochs(FigureContext.Preset preset) {
    return preset.choose(20, 2_500, 2_500);
  }

  /** Trains by both methods and looks back at every place. */
  static ParameterPaths of(FigureContext context) throws InterruptedException {
    Network network = network(context.preset());
    DataSource data = new OneSample(new Gaussian(network.shape().size()), context.seed());
    List<Visited> visited =
        ParallelRuns.of(
            List.of(ORDINARY, MODIFIED),
            objective -> visited(TrainingTask.of(network, objective, data, plan(context)), context),
            context.threads(),
            context.progress());
    return of(network, batch(network.shape(), data.batch(0, 0, SAMPLES)), visited, context);
  }

  private static TrainingPlan plan(FigureContext context) {
    int epochs = epochs(context.preset());
    return TrainingPlan.quick().toBuilder()
        .steps(epochs)
        .batchSize(SAMPLES)
        .optimizer(new Optimizer.Sgd())
        .learningRate(RATE)
        .evaluateEvery(Math.max(1, epochs / 50))
        .seed(context.seed())
        .build();
  }

  /** The parameters at each evaluation, one row each. */
  private record Visited(List<Long> epochs, List<float[]> parameters) {}

  private static Visited visited(TrainingTask task, FigureContext context) {
    Visited visited = new Visited(new ArrayList<>(), new ArrayList<>());
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void evaluated(long stepsDone, NetworkView view) {
            visited.epochs().add(stepsDone);
            visited.parameters().add(flat(task.network(), view));
          }
        };
    try {
      context.engine().train(task, recorder).close();
    } catch (DivergenceException e) {
      // The path ends where the run does.
    }
    return visited;
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
      Network network, ReferenceTensor sample, List<Visited> visited, FigureContext context)
      throws InterruptedException {
    float[][] rows =
        visited.stream().flatMap(path -> path.parameters().stream()).toArray(float[][]::new);
    PrincipalComponents plane = PrincipalComponents.fit(rows, 2);
    List<Gradients> gradients =
        ParallelRuns.of(
            Stream.of(rows).toList(),
            row -> Gradients.at(model(network, row), sample),
            context.threads(),
            Progress.NONE);
    double[][] places = plane.project(rows);
    List<Path> paths = new ArrayList<>();
    int next = 0;
    for (Visited path : visited) {
      List<Place> onPath = new ArrayList<>();
      for (long epoch : path.epochs()) {
        onPath.add(gradients.get(next).place(epoch, places[next][0], places[next][1]));
        next++;
      }
      paths.add(new Path(paths.isEmpty() ? Strategies.CANONICAL : Strategies.SUBSTITUTED, onPath));
    }
    int count = paths.get(0).places().size();
    List<Double> apart =
        IntStream.range(0, Math.min(count, paths.get(1).places().size()))
            .mapToObj(i -> cosine(gradients.get(i).ordinary(), gradients.get(count + i).modified()))
            .toList();
    return new ParameterPaths(network, sample, plane, List.copyOf(paths), apart);
  }

  /** Both gradients at one place, every parameter's in a row. */
  @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
  private record Gradients(double loss, double[] ordinary, double[] modified) {

    static Gradients at(ReferenceModel model, ReferenceTensor x) {
      Map<String, ReferenceTensor> batch = Map.of(TrainingObjective.DEFAULT_INPUT, x);
      ReferenceModel.Differentiated canonical = model.differentiate(ORDINARY, batch);
      return new Gradients(
          canonical.terms().values().iterator().next(),
          flat(model, canonical),
          flat(model, model.differentiate(MODIFIED, batch)));
    }

    private static double[] flat(ReferenceModel model, ReferenceModel.Differentiated at) {
      return model.network().parameters().stream()
          .flatMapToDouble(p -> Arrays.stream(at.gradients().get(p.name())))
          .toArray();
    }

    Place place(long epoch, double x, double y) {
      return new Place(
          epoch, x, y, loss, norm(ordinary), norm(modified), cosine(ordinary, modified));
    }
  }

  /** |a . b| / (|a| |b|), in [0, 1]; not-a-number if one is zero. */
  static double cosine(double[] a, double[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
    }
    return Math.min(1, Math.abs(dot) / (norm(a) * norm(b)));
  }

  private static double norm(double[] a) {
    double sum = 0;
    for (double value : a) {
      sum += value * value;
    }
    return Math.sqrt(sum);
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
