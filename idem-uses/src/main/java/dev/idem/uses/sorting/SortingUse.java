package dev.idem.uses.sorting;

import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.figures.FigureContext.Preset;
import dev.idem.models.data.DistributionSource.Uniform;
import dev.idem.models.data.SupervisedSource;
import dev.idem.models.network.Idempotent;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.models.network.SoftPermutation;
import dev.idem.uses.Use;
import dev.idem.uses.Use.Metric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * x of n independent U(-1, 1) numbers, with the same numbers in ascending order as target.
 *
 * @param width n, at least 2
 */
record SortingUse(int width) implements Use {

  static final String PLAIN = "mlp";
  static final String SOFT = "soft permutation";
  static final String EXACT = "exact coupled";
  static final String CONSTANT = "constant";
  static final String UNSORTED = "unsorted";

  private static final int HIDDEN = 64;
  private static final int PAIR_FEATURES = 6;

  /** The n up to which strategies train the soft permutation too; beyond, it takes too long. */
  private static final int SOFT_WITH_STRATEGIES = 8;

  SortingUse {
    Require.argument(width >= 2, "width (%s) must be at least 2 numbers to sort", width);
  }

  @Override
  public String setting() {
    return "n = " + width;
  }

  @Override
  public SupervisedSource data() {
    DataSource samples = new Uniform(width, -1, 1);
    String description = samples.description() + ", sorted";
    return new SupervisedSource(
        samples,
        SupervisedSource.mapped(samples, (x, random) -> sorted(x), description),
        description);
  }

  private static float[] sorted(float[] x) {
    float[] sorted = x.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  public List<Contender> networks() {
    Network mlp = Mlp.of(width, HIDDEN, HIDDEN, width);
    long size = mlp.parameterCount();
    Network soft =
        Contender.ofSize(size, hidden -> SoftPermutation.of(width, PAIR_FEATURES, hidden, hidden));
    return List.of(
        new Contender(PLAIN, mlp, true),
        new Contender(SOFT, soft, width <= SOFT_WITH_STRATEGIES),
        new Contender(EXACT, Contender.ofSize(size, this::exact), false));
  }

  private Network exact(int hidden) {
    return Idempotent.coupled(
        Networks.fromZero(Mlp.between(1, hidden, hidden, width - 1)),
        Networks.fromZero(Mlp.between(width - 1, hidden, hidden, 1)));
  }

  @Override
  public double learningRate() {
    // At 0.02 one seed in six of the soft permutation sticks at n = 8; at 0.01 none, but n = 16 is
    // slow.
    return width <= SOFT_WITH_STRATEGIES ? 0.01 : 0.02;
  }

  @Override
  public int steps(Preset preset) {
    return preset.choose(5, width <= 8 ? 600 : 1_000, 6_000);
  }

  @Override
  public int heldOut(Preset preset) {
    return preset.choose(64, 1_000, 2_000);
  }

  @Override
  public Metric quality() {
    return Metric.lower("sorting error");
  }

  @Override
  public List<Integer> applications() {
    return List.of(1, 2, 3, 5, 10, 20, 50, 100);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.higher("exact-order rate"),
        Metric.higher("Kendall's tau"),
        Metric.lower("sorting error, inputs times 2"),
        Metric.lower("sorting error, inputs plus 1"));
  }

  @Override
  public Held held(long seed, int count) {
    float[][] x = data().heldOut(seed, count);
    return new HeldNumbers(x, SortingMetrics.sorted(x));
  }

  @Override
  public Map<String, UnaryOperator<float[][]>> baselines(long seed) {
    Map<String, UnaryOperator<float[][]>> baselines = new LinkedHashMap<>();
    baselines.put(CONSTANT, this::means);
    baselines.put(UNSORTED, x -> x);
    return baselines;
  }

  /** For every sample the mean of the i-th smallest of n numbers, 2 i / (n + 1) - 1. */
  private float[][] means(float[][] x) {
    float[] means = new float[width];
    for (int i = 0; i < width; i++) {
      means[i] = (float) (2.0 * (i + 1) / (width + 1) - 1);
    }
    float[][] all = new float[x.length][];
    Arrays.setAll(all, m -> means.clone());
    return all;
  }

  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  private record HeldNumbers(float[][] inputs, float[][] sorted) implements Held {

    @Override
    public double quality(float[][] outputs) {
      return SortingMetrics.error(outputs, sorted);
    }

    @Override
    public double[] measure(Trained f) {
      float[][] y = f.apply(inputs);
      return new double[] {
        SortingMetrics.exactOrderRate(y, sorted),
        SortingMetrics.kendallTau(y, sorted),
        errorOn(f, inputs, v -> 2 * v),
        errorOn(f, inputs, v -> v + 1)
      };
    }

    private static double errorOn(Trained f, float[][] x, FloatOperator change) {
      float[][] changed = new float[x.length][];
      for (int m = 0; m < x.length; m++) {
        changed[m] = x[m].clone();
        for (int i = 0; i < changed[m].length; i++) {
          changed[m][i] = change.of(x[m][i]);
        }
      }
      return SortingMetrics.error(f.apply(changed), SortingMetrics.sorted(changed));
    }
  }

  private interface FloatOperator {
    float of(float value);
  }
}
