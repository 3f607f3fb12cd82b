package dev.idem.eval.distribution;

import dev.idem.api.check.Require;

/**
 * The least shares of real samples' diversity that count as diverse. They are this project's own
 * choice.
 *
 * @param rankShare of the effective rank, positive
 * @param pairShare of the closest pair's distance, positive
 */
public record DiversityThresholds(double rankShare, double pairShare) {

  public DiversityThresholds {
    Require.positive("rankShare", rankShare);
    Require.positive("pairShare", pairShare);
  }

  /** Half of either. */
  public static DiversityThresholds defaults() {
    return new DiversityThresholds(0.5, 0.5);
  }
}
