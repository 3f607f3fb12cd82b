package dev.idem.eval.distribution;

import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostTrainer.BoosterType;
import org.tribuo.common.xgboost.XGBoostTrainer.LoggingVerbosity;
import org.tribuo.common.xgboost.XGBoostTrainer.TreeMethod;
import org.tribuo.math.optimisers.AdaGrad;

/** What tells real from generated samples, by Tribuo, on one thread. */
public enum TwoSampleClassifier {
  /** Logistic regression: sees means only. */
  LOGISTIC_REGRESSION("logistic regression") {
    @Override
    Trainer<Label> trainer(long seed) {
      return new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1, 0.1), 5, -1, 1, seed);
    }
  },
  /**
   * XGBoost's 30 trees of depth 3: sees shapes as well. Thresholds are halfway between samples,
   * which those of XGBoost's histograms are not. Tribuo's version has native libraries for x86-64
   * only; elsewhere the test is refused.
   */
  BOOSTED_TREES("boosted trees") {
    @Override
    Trainer<Label> trainer(long seed) {
      return new XGBoostClassificationTrainer(
          BoosterType.GBTREE,
          TreeMethod.EXACT,
          30,
          0.3,
          0,
          3,
          1,
          1,
          1,
          1,
          0,
          1,
          LoggingVerbosity.SILENT,
          seed);
    }
  };

  private final String label;

  TwoSampleClassifier(String label) {
    this.label = label;
  }

  /** A new trainer whose every draw comes from the seed. */
  abstract Trainer<Label> trainer(long seed);

  @Override
  public String toString() {
    return label;
  }
}
