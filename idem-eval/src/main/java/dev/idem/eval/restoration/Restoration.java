package dev.idem.eval.restoration;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How near the images f^k(x) are to the clean ones; each number is per sample, [m].
 *
 * @param applications k; 0 is the degraded images themselves
 * @param meanSquaredError over an image's numbers
 * @param peakSignalToNoise 10 log10(range^2 / mean squared error), in dB; +infinity for equal
 *     images
 * @param structuralSimilarity see {@link StructuralSimilarity}
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
