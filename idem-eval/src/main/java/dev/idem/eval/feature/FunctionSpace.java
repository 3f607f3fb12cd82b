package dev.idem.eval.feature;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.Rows;
import java.util.function.UnaryOperator;

/** A function whose results are checked. */
record FunctionSpace(String name, int width, UnaryOperator<float[][]> function)
    implements FeatureSpace {

  FunctionSpace {
    Require.notBlank("name", name);
    Require.positive("width", width);
  }

  @Override
  public float[][] features(float[][] samples) {
    return checked(
        "features '" + name + "'", width, samples, function.apply(Rows.requireSamples(samples)));
  }

  static float[][] checked(String name, int width, float[][] samples, float[][] rows) {
    Require.argument(
        rows.length == samples.length,
        "%s must be one row per sample: given %s samples, returned %s rows",
        name,
        samples.length,
        rows.length);
    Rows.require(name, rows);
    Require.argument(
        rows[0].length == width,
        "%s must have the stated width %s, not %s; state the width that the function returns",
        name,
        width,
        rows[0].length);
    return rows;
  }
}
