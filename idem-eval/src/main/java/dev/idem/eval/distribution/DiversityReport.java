package dev.idem.eval.distribution;

import dev.idem.api.check.Require;

/**
 * How generated samples vary, beside as many real ones. Neither number suffices alone: samples that
 * differ by next to nothing in every direction have a high effective rank, and samples along one
 * line may lie far apart.
 *
 * @param effectiveRank of the samples, {@link dev.idem.eval.metrics.EffectiveRank}
 * @param realEffectiveRank of the real samples, positive
 * @param closestPair the least Euclidean distance between two samples
 * @param realClosestPair the same of as many real samples, positive
 */
public record DiversityReport(
    double effectiveRank, double realEffectiveRank, double closestPair, double realClosestPair) {

  public DiversityReport {
    Require.notNegative("effectiveRank", effectiveRank);
    Require.notNegative("closestPair", closestPair);
    Require.argument(
        realEffectiveRank > 0,
        "realEffectiveRank (%s) must be positive: the real samples do not vary",
        realEffectiveRank);
    Require.argument(
        realClosestPair > 0,
        "realClosestPair (%s) must be positive: two real samples are equal; take others",
        realClosestPair);
  }

  /** effectiveRank / realEffectiveRank. */
  public double rankShare() {
    return effectiveRank / realEffectiveRank;
  }

  /** closestPair / realClosestPair. */
  public double pairShare() {
    return closestPair / realClosestPair;
  }

  /** {@link #diverse(DiversityThresholds)} by the default thresholds. */
  public boolean diverse() {
    return diverse(DiversityThresholds.defaults());
  }

  /** Whether both shares reach their threshold. */
  public boolean diverse(DiversityThresholds thresholds) {
    return rankShare() >= thresholds.rankShare() && pairShare() >= thresholds.pairShare();
  }
}
