package dev.idem.eval.distribution;

import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.optimisers.AdaGrad;

/** Classifiers that tell real from generated samples, by Tribuo. */
public enum TwoSampleClassifier {
  /** Logistic regression: sees means only. */
  LOGISTIC_REGRESSION("logistic regression") {
    @Override
    Trainer<Label> trainer(int features, long seed) {
      return new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1, 0.1), 5, -1, 1, seed);
    }
  },
  /**
   * A random forest (Breiman, 2001) of 30 trees of depth 6, whose splits look at about sqrt(n) of n
   * features each: sees shapes as well.
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

  TwoSampleClassifier(String label) {
    this.label = label;
  }

  /** A new trainer on that many features, whose every draw comes from the seed. */
  abstract Trainer<Label> trainer(int features, long seed);

  @Override
  public String toString() {
    return label;
  }
}
