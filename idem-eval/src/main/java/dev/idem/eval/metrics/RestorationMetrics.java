package dev.idem.eval.metrics;

import dev.idem.api.check.Require;
import dev.idem.eval.feature.LabelClassifier;
import dev.idem.eval.linear.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Measures how near a function on images brings degraded images to the clean ones, at f, f^2, f^3:
 * mean squared error, peak signal-to-noise ratio, structural similarity, and whether a classifier
 * still predicts the same class. An average of all plausible images has the least error and is
 * blurred: read the error beside the similarity.
 *
 * @param similarity the images' size and range
 * @param applications how many times f is applied at most, positive
 */
public record RestorationMetrics(
    StructuralSimilarity similarity, int applications, Optional<LabelClassifier> classifier) {

  /**
   * How near the images f^k(x) are to the clean ones; each number is per sample, [m].
   *
   * @param applications k; 0 is the degraded images themselves
   * @param meanSquaredError over an image's numbers
   * @param peakSignalToNoise 10 log10(range^2 / mean squared error), in dB; +infinity for equal
   *     images
   * @param labelKept whether the most probable class is that of the clean image; null without a
   *     classifier
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers to draw and average, never compared
  public record Restoration(
      int applications,
      double[] meanSquaredError,
      double[] peakSignalToNoise,
      double[] structuralSimilarity,
      boolean @Nullable [] labelKept) {

    /** The mean over samples. */
    public double averageMeanSquaredError() {
      return mean(meanSquaredError);
    }

    /** The mean over samples of the dB; +infinity if one image is restored exactly. */
    public double averagePeakSignalToNoise() {
      return mean(peakSignalToNoise);
    }

    /** The mean over samples. */
    public double averageStructuralSimilarity() {
      return mean(structuralSimilarity);
    }

    /** The share of samples whose label is kept; empty without a classifier. */
    public OptionalDouble labelKeptShare() {
      if (labelKept == null) {
        return OptionalDouble.empty();
      }
      int kept = 0;
      for (boolean one : labelKept) {
        kept += one ? 1 : 0;
      }
      return OptionalDouble.of((double) kept / labelKept.length);
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).average().orElseThrow();
    }
  }

  public RestorationMetrics {
    Require.positive("applications", applications);
  }

  /** Three applications, no labels; see {@link StructuralSimilarity} for the numbers. */
  public static RestorationMetrics of(int height, int width, int channels, double range) {
    return new RestorationMetrics(
        new StructuralSimilarity(height, width, channels, range), 3, Optional.empty());
  }

  /** These, with labels judged. */
  public RestorationMetrics withClassifier(LabelClassifier labels) {
    return new RestorationMetrics(similarity, applications, Optional.of(labels));
  }

  /**
   * The mean over images of 10 log10(range^2 / mean squared error), in dB; +infinity if one image
   * is restored exactly.
   *
   * @param restored [m][n]
   * @param clean as many of the same size, at least one
   * @param range the largest less the least value that a number can have, positive
   */
  public static double peakSignalToNoise(float[][] restored, float[][] clean, double range) {
    Rows.requireSameShape("restored images", restored, "clean images", clean);
    double sum = 0;
    for (int i = 0; i < clean.length; i++) {
      sum += decibels(Rows.squaredDifference(restored[i], clean[i]) / clean[i].length, range);
    }
    return sum / clean.length;
  }

  private static double decibels(double meanSquaredError, double range) {
    return 10 * Math.log10(range * range / meanSquaredError);
  }

  /**
   * Measures f. It gets copies, and its results are copied.
   *
   * @param degraded [m][height * width * channels], at least one, finite
   * @param clean what each was made from, of the same shape
   * @return of f^0, the degraded images themselves, f^1, ... in this order
   * @throws IllegalArgumentException if the images are not such, or f returns another shape or a
   *     value that is not finite
   */
  public List<Restoration> measure(
      UnaryOperator<float[][]> f, float[][] degraded, float[][] clean) {
    Rows.requireSameShape("degraded images", degraded, "clean images", clean);
    List<Restoration> results = new ArrayList<>();
    float[][] image = degraded;
    results.add(compare(0, image, clean));
    for (int k = 1; k <= applications; k++) {
      image = Rows.require("f^" + k + " of the degraded images", Rows.apply(f, image));
      results.add(compare(k, image, clean));
    }
    return List.copyOf(results);
  }

  private Restoration compare(int k, float[][] restored, float[][] clean) {
    double[] error = new double[clean.length];
    double[] ratio = new double[clean.length];
    double[] structure = new double[clean.length];
    for (int i = 0; i < clean.length; i++) {
      error[i] = Rows.squaredDifference(restored[i], clean[i]) / clean[i].length;
      ratio[i] = decibels(error[i], similarity.range());
      structure[i] = similarity.of(restored[i], clean[i]);
    }
    return new Restoration(
        k,
        error,
        ratio,
        structure,
        classifier.map(c -> kept(c.labels(restored), c.labels(clean))).orElse(null));
  }

  private static boolean[] kept(int[] labels, int[] clean) {
    boolean[] kept = new boolean[labels.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = labels[i] == clean[i];
    }
    return kept;
  }
}
