package dev.idem.uses.projection;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.Network;
import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.eval.linear.Rows;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.DistributionSource;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** x near a manifold, with P(x), the nearest point on it, as target. */
record ProjectionUse(Manifold manifold) implements Use {

  static final String PLAIN = "mlp";
  static final String COUPLED = "exact coupled";
  static final String TURNED = "exact turned";
  static final String LINEARIZER = "exact linearizer";
  static final String IDENTITY = "identity";
  static final String PRINCIPAL = "principal components";

  private static final int HIDDEN = 64;
  private static final int COUPLINGS = 6;
  private static final int FITTED = 2_000;
  private static final int RANKED = 200;

  @Override
  public String setting() {
    return manifold.name();
  }

  @Override
  public SupervisedSource data() {
    Near samples = new Near(manifold);
    String description = samples.description() + ", and the nearest point on it";
    return new SupervisedSource(
        samples,
        SupervisedSource.mapped(samples, (x, random) -> nearest(x), description),
        description);
  }

  private float[] nearest(float[] x) {
    return Rows.narrowed(manifold.nearest(Rows.widened(x)));
  }

  /** A point of the manifold and noise. */
  private record Near(Manifold manifold) implements DistributionSource {

    @Override
    public Shape shape() {
      return Shape.of(manifold.width());
    }

    @Override
    public void draw(RandomGenerator random, float[] sample) {
      double[] point = manifold.draw(random);
      for (int j = 0; j < sample.length; j++) {
        sample[j] = (float) (point[j] + manifold.noise() * random.nextGaussian());
      }
    }

    @Override
    public String description() {
      return "%s, noise of standard deviation %s".formatted(manifold.name(), manifold.noise());
    }
  }

  @Override
  public List<Contender> networks() {
    int width = manifold.width();
    int rank = manifold.dimension();
    Network mlp = Mlp.of(width, HIDDEN, HIDDEN, width);
    long parameters = mlp.parameterCount();
    List<Contender> networks = new ArrayList<>();
    networks.add(new Contender(PLAIN, mlp, true));
    networks.add(exact(COUPLED, parameters, this::coupled));
    networks.add(exact(TURNED, parameters, h -> Idempotent.turned(coupled(h), width)));
    if (manifold instanceof Manifold.Subspace) {
      Network projection = Idempotent.projection(width, rank);
      String name = "exact projection of %s parameters".formatted(projection.parameterCount());
      networks.add(new Contender(name, projection, false));
    } else {
      networks.add(exact(LINEARIZER, parameters, this::linearizer));
    }
    return networks;
  }

  private static Contender exact(String name, long parameters, IntFunction<Network> ofHiddenWidth) {
    return new Contender(name, Contender.ofSize(parameters, ofHiddenWidth), false);
  }

  private Network coupled(int hidden) {
    int rank = manifold.dimension();
    int rest = manifold.width() - rank;
    return Idempotent.coupled(
        Networks.fromZero(Mlp.between(rest, hidden, hidden, rank)),
        Networks.fromZero(Mlp.between(rank, hidden, hidden, rest)));
  }

  /** Not from zero: as a flat projection it would hardly leave a saddle of the loss. */
  private Network linearizer(int hidden) {
    int first = (manifold.width() + 1) / 2;
    int second = manifold.width() - first;
    return Idempotent.linearizer(
        manifold.width(),
        manifold.dimension(),
        IntStream.range(0, COUPLINGS)
            .mapToObj(
                i ->
                    i % 2 == 0
                        ? Mlp.between(first, hidden, hidden, second)
                        : Mlp.between(second, hidden, hidden, first))
            .toList());
  }

  @Override
  public double learningRate() {
    return 0.01;
  }

  @Override
  public int steps(Preset preset) {
    return preset.choose(5, 1_000, 10_000);
  }

  @Override
  public int heldOut(Preset preset) {
    return preset.choose(64, 1_000, 2_000);
  }

  @Override
  public Metric quality() {
    return Metric.lower("distance to P(x)");
  }

  @Override
  public List<Integer> applications() {
    return List.of(1, 2, 3, 10, 100);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.lower("distance to the manifold"), Metric.plain("local rank"));
  }

  @Override
  public Held held(long seed, int count) {
    float[][] x = data().heldOut(seed, count);
    return new Held() {
      private final float[][] exact = projected(x);

      @Override
      public float[][] inputs() {
        return x;
      }

      @Override
      public double quality(float[][] outputs) {
        return distance(outputs, exact);
      }

      @Override
      public double[] measure(Trained f) {
        float[][] y = f.apply(x);
        float[][] points = Arrays.copyOf(y, Math.min(RANKED, y.length));
        return new double[] {distance(y, projected(y)), LocalRank.mean(f::apply, points)};
      }
    };
  }

  private float[][] projected(float[][] x) {
    return Arrays.stream(x).map(this::nearest).toArray(float[][]::new);
  }

  /** The root of the mean over samples of ||a - b||^2. */
  private static double distance(float[][] a, float[][] b) {
    return Math.sqrt(Rows.meanSquaredDifference(a, b) * a[0].length);
  }

  @Override
  public Map<String, UnaryOperator<float[][]>> baselines(long seed) {
    Map<String, UnaryOperator<float[][]>> baselines = new LinkedHashMap<>();
    baselines.put(IDENTITY, x -> x);
    baselines.put(
        PRINCIPAL,
        PrincipalComponents.fit(data().batch(seed, 0, FITTED), manifold.dimension()).projection());
    return baselines;
  }
}
