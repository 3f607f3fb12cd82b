package dev.idem.eval.distribution;

import dev.idem.api.check.Require;
import dev.idem.eval.Quantiles;
import dev.idem.eval.linear.Rows;
import java.util.Arrays;

/**
 * Whether generated samples are copies of training samples: the share that are as near to their
 * nearest training sample as only the nearest {@code quantile} of real held-out samples are to
 * theirs. A generator that has learned the distribution has a share of about {@code quantile}, one
 * that copies has 1.
 *
 * <p>Held-out samples must not be among the training samples. Blurred samples are near to many
 * training samples without being copies of one: look at the pairs that {@link #report} names.
 */
public final class Memorisation implements GroupedMetric {

  /**
   * How near generated samples are to training samples, beside real held-out ones.
   *
   * @param share of generated samples no farther from a training sample than {@code threshold}
   * @param quantile the share of held-out samples that are; what {@code share} is to be about
   * @param medianDistance of generated samples to the nearest training sample
   * @param nearest the nearest training sample of each generated one, to draw beside it
   */
  public record Report(
      double share,
      double quantile,
      double threshold,
      double medianDistance,
      double realMedianDistance,
      NearestReal nearest) {

    /**
     * medianDistance / realMedianDistance: about 1 for samples of the real distribution, 0 for
     * copies; not-a-number if half of the held-out samples are themselves training samples.
     */
    public double medianRatio() {
      return realMedianDistance == 0 ? Double.NaN : medianDistance / realMedianDistance;
    }
  }

  private final float[][] training;
  private final double quantile;

  /**
   * A check.
   *
   * @param training features [t][n], at least one, finite; kept, so that they must not change
   * @param quantile in (0, 1), such as 0.05
   */
  public Memorisation(float[][] training, double quantile) {
    Require.argument(
        quantile > 0 && quantile < 1, "quantile (%s) must be between 0 and 1", quantile);
    this.training = Rows.require("training samples", training);
    this.quantile = quantile;
  }

  @Override
  public String name() {
    return "memorised share";
  }

  @Override
  public Goal goal() {
    return Goal.AS_REAL;
  }

  @Override
  public String bias() {
    return "about "
        + quantile
        + " for samples of the real distribution, and unsteady for few held-out ones; blurred"
        + " samples raise it as copies do: look at the nearest pairs";
  }

  @Override
  public boolean pairwise() {
    return true;
  }

  @Override
  public double most() {
    return 1;
  }

  @Override
  public OnGroups over(SamplePair pair) {
    double[] real = NearestReal.of(pair.real().shared(), training).distance();
    double[] generated =
        pair.generated() == pair.real()
            ? real
            : NearestReal.of(pair.generated().shared(), training).distance();
    return (r, g) ->
        shareUpTo(
            threshold(pair.real().valuesOf(real, r)), pair.generated().valuesOf(generated, g));
  }

  /**
   * The check with what it comes from.
   *
   * @param heldOut real samples that are not among the training ones [h][n], at least one, finite
   * @param generated [m][n], the same
   */
  public Report report(float[][] heldOut, float[][] generated) {
    DistributionMetric.requireSamples(heldOut, generated);
    NearestReal ofHeldOut = NearestReal.of(heldOut, training);
    NearestReal ofGenerated = NearestReal.of(generated, training);
    double threshold = threshold(ofHeldOut.distance());
    return new Report(
        shareUpTo(threshold, ofGenerated.distance()),
        quantile,
        threshold,
        ofGenerated.medianDistance(),
        ofHeldOut.medianDistance(),
        ofGenerated);
  }

  private double threshold(double[] heldOutDistances) {
    return Quantiles.least(heldOutDistances, quantile);
  }

  private static double shareUpTo(double threshold, double[] distances) {
    return (double) Arrays.stream(distances).filter(d -> d <= threshold).count() / distances.length;
  }
}
