package dev.idem.eval.feature;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import java.util.function.UnaryOperator;

/** A function whose results are checked to be probabilities. */
record FunctionClassifier(int classes, UnaryOperator<float[][]> function)
    implements LabelClassifier {

  private static final double ROUNDING = 1e-3;

  @Override
  public float[][] probabilities(float[][] samples) {
    float[][] rows =
        FunctionSpace.checked(
            "probabilities", classes, samples, function.apply(Rows.requireSamples(samples)));
    for (int i = 0; i < rows.length; i++) {
      double sum = 0;
      for (float probability : rows[i]) {
        Require.argument(
            probability >= 0,
            "probabilities, row %s (%s) must not be negative; apply a softmax",
            i,
            probability);
        sum += probability;
      }
      Require.argument(
          Math.abs(sum - 1) <= ROUNDING,
          "probabilities, row %s must have sum 1, not %s; apply a softmax",
          i,
          sum);
    }
    return rows;
  }
}
