package dev.idem.uses.tabular;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.Network;
import dev.idem.eval.distribution.KMeansQuantiser;
import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Split;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Metric;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The restoration of rows after one kind of damage. */
final class DamagedRows implements Use {

  static final String MLP = "mlp";
  static final String EXACT = "exact";
  static final String PROJECTION = "trained projection";
  static final String PCA = "PCA";
  static final String K_MEANS = "k-means";
  static final String MEAN = "mean";

  /** The place of the ROC area among {@link #metrics}, if there are anomalies. */
  static final int ROC_AREA = 1;

  private static final int HIDDEN = 64;
  private static final int CENTROIDS = 16;
  private static final int ITERATIONS = 100;

  private final TableRows rows;
  private final Damage damage;
  private final PrincipalComponents components;

  DamagedRows(TableRows rows, Damage damage) {
    this.rows = rows;
    this.damage = damage;
    int quarter = Math.max(1, Math.round(rows.shape().size() / 4f));
    components = PrincipalComponents.fitAtMost(rows.trainingRows(), quarter);
  }

  TableRows rows() {
    return rows;
  }

  /** The width of every code, the rank of PCA: a quarter of the columns. */
  int code() {
    return components.variances().size();
  }

  @Override
  public String setting() {
    return damage.label();
  }

  @Override
  public SupervisedSource data() {
    return damage.source(rows);
  }

  @Override
  public List<Contender> networks() {
    Shape shape = rows.shape();
    int n = shape.size();
    int k = code();
    double[][] directions = new double[k][];
    Arrays.setAll(directions, components::direction);
    Network encoder = Networks.fromZero(Mlp.between(n, HIDDEN, k));
    Network decoder = Networks.fromZero(Mlp.between(k, HIDDEN, n));
    Split split = Split.of(shape, directions, k + " principal components");
    return List.of(
        new Contender(MLP, Mlp.of(n, HIDDEN, k, HIDDEN, n), true),
        new Contender(EXACT, Idempotent.coupled(split, encoder, decoder), false),
        new Contender(PROJECTION, Idempotent.projection(n, k), false));
  }

  @Override
  public double learningRate() {
    return 0.01;
  }

  @Override
  public int steps(Preset preset) {
    return preset.choose(5, 1_500, 6_000);
  }

  @Override
  public int heldOut(Preset preset) {
    return preset == Preset.SMOKE ? Math.min(16, rows.heldOutSize()) : rows.heldOutSize();
  }

  @Override
  public Metric quality() {
    return Metric.lower("error of damaged cells");
  }

  @Override
  public List<Integer> applications() {
    return List.of(1, 2, 3, 10);
  }

  @Override
  public List<Metric> metrics() {
    Metric others = Metric.lower("error of other cells");
    return rows.anomalies().length > 0
        ? List.of(others, Metric.higher("ROC area"))
        : List.of(others);
  }

  @Override
  public Map<String, UnaryOperator<float[][]>> baselines(long seed) {
    float[][] training = rows.trainingRows();
    int distinct = (int) Arrays.stream(training).map(FloatBuffer::wrap).distinct().count();
    int centroids = Math.min(CENTROIDS, distinct);
    Map<String, UnaryOperator<float[][]>> baselines = new LinkedHashMap<>();
    baselines.put(PCA, components.projection());
    baselines.put(K_MEANS, KMeansQuantiser.fit(training, centroids, ITERATIONS, seed));
    baselines.put(MEAN, x -> new float[x.length][rows.shape().size()]);
    return baselines;
  }

  @Override
  public Held held(long seed, int count) {
    return new HeldRows(rows, damage, seed, count);
  }
}
