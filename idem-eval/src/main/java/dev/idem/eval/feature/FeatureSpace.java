package dev.idem.eval.feature;

import dev.idem.api.check.Require;
import dev.idem.eval.linear.PrincipalComponents;
import dev.idem.eval.linear.Rows;
import java.util.function.UnaryOperator;

/**
 * Where samples are compared: a function from samples to features. Numbers from two spaces do not
 * compare, so every report names its space.
 */
public interface FeatureSpace {

  /** For reports, such as {@code "raw"} or {@code "64 principal components"}. */
  String name();

  /** The number of features, positive. */
  int width();

  /**
   * The features of samples.
   *
   * @param samples [m][n], at least one, finite, all of one width; not to be written to
   * @return [m][width()], finite
   */
  float[][] features(float[][] samples);

  /** The samples themselves, such as pixels. */
  static FeatureSpace raw(int width) {
    return checked("raw", width, samples -> samples);
  }

  /** The coordinates along principal components that were fitted to other real samples. */
  static FeatureSpace principal(PrincipalComponents components) {
    int width = components.variances().size();
    return checked(width + " principal components", width, components::projectFloats);
  }

  /**
   * Any function, such as a layer of a network. What it returns is checked: one row per sample, of
   * {@code width} finite numbers. It gets copies, and its results are copied: it may work in place
   * or hand out the same array each time.
   */
  static FeatureSpace of(String name, int width, UnaryOperator<float[][]> function) {
    return checked(name, width, samples -> Rows.onCopies(function, samples));
  }

  private static FeatureSpace checked(String name, int width, UnaryOperator<float[][]> function) {
    record Checked(String name, int width, UnaryOperator<float[][]> function)
        implements FeatureSpace {
      Checked {
        Require.notBlank("name", name);
        Require.positive("width", width);
      }

      @Override
      public float[][] features(float[][] samples) {
        float[][] rows = function.apply(Rows.requireSamples(samples));
        return Rows.requirePerSample("features '" + name + "'", width, samples, rows);
      }
    }
    return new Checked(name, width, function);
  }
}
