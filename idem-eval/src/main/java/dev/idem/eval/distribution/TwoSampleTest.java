package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * The classifier two-sample test (Lopez-Paz and Oquab, ICLR 2017): how often a classifier, trained
 * on other samples, tells a generated sample from a real one. The accuracy is cross-validated, and
 * the mean of that on real and on generated samples: 0.5 if they cannot be told apart, 1 if always.
 *
 * <p>Both sets are taken in equal numbers, in an order drawn from the seed; the surplus of the
 * larger is left out. Features are standardised to mean 0 and standard deviation 1 on each training
 * part.
 *
 * @param folds parts of cross-validation, at least 2
 * @param seed of the order and of training
 */
public record TwoSampleTest(Classifier classifier, int folds, long seed) implements GroupedMetric {

  /** Classifiers that tell real from generated samples, by Tribuo. */
  public enum Classifier {
    /** Logistic regression: sees means only. */
    LOGISTIC_REGRESSION("logistic regression") {
      @Override
      Trainer<Label> trainer(int features, long seed) {
        return new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1, 0.1), 5, -1, 1, seed);
      }
    },
    /**
     * A random forest (Breiman, 2001) of 30 trees of depth 6, whose splits look at about sqrt(n) of
     * n features each: sees shapes as well.
     */
    RANDOM_FOREST("random forest") {
      @Override
      Trainer<Label> trainer(int features, long seed) {
        // Tribuo takes no share of 1, and rounds a smaller one to whole features.
        float share = (float) Math.min(0.75, 1 / Math.sqrt(features));
        return new RandomForestTrainer<>(
            new CARTClassificationTrainer(6, share, seed), new VotingCombiner(), 30, seed);
      }
    };

    private final String label;

    Classifier(String label) {
      this.label = label;
    }

    /** A new trainer on that many features, whose every draw comes from the seed. */
    abstract Trainer<Label> trainer(int features, long seed);

    @Override
    public String toString() {
      return label;
    }
  }

  public TwoSampleTest {
    Require.argument(folds >= 2, "folds (%s) must be at least 2", folds);
  }

  /** Five folds. */
  public static TwoSampleTest of(Classifier classifier, long seed) {
    return new TwoSampleTest(classifier, 5, seed);
  }

  @Override
  public String name() {
    return "two-sample accuracy (" + classifier + ")";
  }

  @Override
  public Goal goal() {
    return Goal.LOWER;
  }

  @Override
  public String bias() {
    return "0.5 where nothing is learned, rising with the number of samples where there is"
        + " something to learn; its interval is of the samples judged, not of the training,"
        + " and is somewhat too narrow; sees what the classifier can";
  }

  @Override
  public boolean pairwise() {
    return true;
  }

  @Override
  public double most() {
    return 1;
  }

  /** One, because each floor trains its own classifier. */
  @Override
  public int floorDraws() {
    return 1;
  }

  @Override
  public Optional<String> refusal(float[][] real, float[][] generated) {
    return Math.min(real.length, generated.length) >= 2 * folds
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%s real and %s generated samples are too few for %s folds; take at least %s of"
                    + " each",
                real.length, generated.length, folds, 2 * folds));
  }

  /** Trains again on the requested groups, unless they are all groups. */
  @Override
  public OnGroups over(SamplePair pair) {
    return (r, g) -> {
      boolean all = r.length == pair.real().groups() && g.length == pair.generated().groups();
      Judged judged =
          all ? judgeAll(pair) : judge(pair.real().rowsOf(r), pair.generated().rowsOf(g));
      return (share(judged.real) + share(judged.generated)) / 2;
    };
  }

  /** Trains once on everything, and counts the judgements of each draw's samples. */
  @Override
  public double[] onHalves(SamplePair pair, List<HalfSampling.Draw> draws) {
    Judged judged = judgeAll(pair);
    return draws.stream()
        .mapToDouble(
            draw ->
                (share(pair.real().valuesOf(judged.real, draw.real()))
                        + share(pair.generated().valuesOf(judged.generated, draw.generated())))
                    / 2)
        .toArray();
  }

  /** 1 for each correctly classified sample, 0 for others, not-a-number for those left out. */
  @SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
  private record Judged(double[] real, double[] generated) {}

  private Judged judgeAll(SamplePair pair) {
    return pair.once(this, () -> judge(pair.real().shared(), pair.generated().shared()));
  }

  private Judged judge(float[][] real, float[][] generated) {
    int count = Math.min(real.length, generated.length);
    int[] realOrder = order(real.length, "real", count);
    int[] generatedOrder = order(generated.length, "generated", count);
    boolean[][] right =
        CrossValidation.judge(
            classifier, folds, seed, rows(real, realOrder), rows(generated, generatedOrder));
    return new Judged(
        scattered(right[0], realOrder, real.length),
        scattered(right[1], generatedOrder, generated.length));
  }

  private int[] order(int rows, String name, int count) {
    return Arrays.copyOf(
        RandomStreams.permutation(rows, RandomStreams.stream(seed, "two-sample " + name, 0)),
        count);
  }

  private static float[][] rows(float[][] rows, int[] order) {
    return Arrays.stream(order).mapToObj(i -> rows[i]).toArray(float[][]::new);
  }

  private static double[] scattered(boolean[] right, int[] order, int length) {
    double[] scattered = new double[length];
    Arrays.fill(scattered, Double.NaN);
    for (int i = 0; i < order.length; i++) {
      scattered[order[i]] = right[i] ? 1 : 0;
    }
    return scattered;
  }

  private static double share(double[] judged) {
    return Arrays.stream(judged).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }
}
