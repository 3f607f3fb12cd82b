package dev.idem.figures.generative;

import dev.idem.eval.distribution.Diversity;
import dev.idem.eval.metrics.CollapseVerdict;
import java.util.List;
import java.util.Locale;

/**
 * Measurements of a trained generator, on held-out images x and fresh noise z.
 *
 * @param reconstruction mean squared error of f(x), x held out
 * @param reconstructionAsInTraining the same with the statistics of the batch: equal, unless the
 *     network normalises by batch
 * @param relativeError E ||f(f(z)) - f(z)||^2 / E ||f(z)||^2
 * @param identityDistance E ||f(z) - z||^2 / E ||z||^2
 * @param verdict on f from z, by the thresholds of every other figure
 * @param diversity of f(z) beside held-out images
 * @param frechet squared Frechet distance of f^k(z) to held-out images among principal components
 *     of pixels, k = 1, 2, 3
 * @param nearest median distance of f(z) to the nearest training image, over that of held-out
 *     images, in the same space: 1 is as near as real
 * @param digitFrechet squared Frechet distance of f(z) to held-out images in the features of the
 *     digit classifier
 * @param coverage of held-out images by f(z) in the features of the digit classifier
 */
record Measurement(
    double reconstruction,
    double reconstructionAsInTraining,
    double relativeError,
    double identityDistance,
    CollapseVerdict verdict,
    Diversity diversity,
    List<Double> frechet,
    double nearest,
    double digitFrechet,
    double coverage) {

  /** The upper bound of the relative error. */
  static final double RELATIVE_ERROR = 0.02;

  /** The lower bound of the identity distance. */
  static final double IDENTITY_DISTANCE = 0.05;

  Measurement {
    frechet = List.copyOf(frechet);
  }

  boolean collapsed() {
    return verdict != CollapseVerdict.HEALTHY || !diversity.diverse();
  }

  boolean idempotent() {
    return relativeError < RELATIVE_ERROR;
  }

  boolean moves() {
    return identityDistance > IDENTITY_DISTANCE;
  }

  /** {@code diverse} or {@code COLLAPSED}, for tables and titles. */
  String state() {
    if (verdict != CollapseVerdict.HEALTHY) {
      return "COLLAPSED (" + verdict.name().toLowerCase(Locale.ROOT) + ")";
    }
    return diversity.diverse() ? "diverse" : "COLLAPSED";
  }
}
