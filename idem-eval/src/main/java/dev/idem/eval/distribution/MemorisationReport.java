package dev.idem.eval.distribution;

/**
 * How near generated samples are to training samples, beside real held-out ones.
 *
 * @param share of generated samples no farther from a training sample than {@code threshold}
 * @param quantile the share of held-out samples that are; what {@code share} is to be about
 * @param threshold that distance
 * @param medianDistance of generated samples to the nearest training sample
 * @param realMedianDistance of held-out samples
 * @param nearest the nearest training sample of each generated one, to draw beside it
 */
public record MemorisationReport(
    double share,
    double quantile,
    double threshold,
    double medianDistance,
    double realMedianDistance,
    NearestReal.Neighbours nearest) {

  /**
   * medianDistance / realMedianDistance: about 1 for samples of the real distribution, 0 for
   * copies; not-a-number if half of the held-out samples are themselves training samples.
   */
  public double medianRatio() {
    return realMedianDistance == 0 ? Double.NaN : medianDistance / realMedianDistance;
  }
}
