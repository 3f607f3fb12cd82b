package dev.idem.uses.tabular;

import dev.idem.api.check.Require;

/**
 * The area under the receiver operating characteristic of a score: the probability that an anomaly
 * scores higher than a normal sample, ties counted half (Hanley and McNeil, 1982).
 */
final class RocArea {

  private RocArea() {}

  /**
   * The area.
   *
   * @param normal scores, at least one
   * @param anomalies scores, at least one
   * @return from 0 to 1, 0.5 if all scores are equal; not-a-number if a score is
   */
  static double of(double[] normal, double[] anomalies) {
    Require.argument(
        normal.length > 0 && anomalies.length > 0,
        "scores of %s normal samples and %s anomalies: each must be at least one",
        normal.length,
        anomalies.length);
    double wins = 0;
    for (double anomaly : anomalies) {
      for (double other : normal) {
        if (Double.isNaN(anomaly) || Double.isNaN(other)) {
          return Double.NaN;
        }
        wins += anomaly > other ? 1 : anomaly == other ? 0.5 : 0;
      }
    }
    return wins / ((double) normal.length * anomalies.length);
  }
}
