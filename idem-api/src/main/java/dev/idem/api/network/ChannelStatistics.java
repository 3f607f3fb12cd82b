package dev.idem.api.network;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The running mean and variance of each channel.
 *
 * @param mean of each channel, finite
 * @param variance of each channel, finite and not negative; as many
 */
public record ChannelStatistics(List<Double> mean, List<Double> variance) {

  public ChannelStatistics {
    mean = List.copyOf(mean);
    variance = List.copyOf(variance);
    Require.argument(
        mean.size() == variance.size(), "%s means and %s variances", mean.size(), variance.size());
    mean.forEach(
        value -> Require.argument(Double.isFinite(value), "mean (%s) must be finite", value));
    variance.forEach(value -> Require.notNegative("variance", value));
  }

  /** What running statistics start from: mean 0, variance 1. */
  public static ChannelStatistics initial(int channels) {
    return new ChannelStatistics(
        Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
  }

  /** The statistics with these numbers, one a channel. */
  public static ChannelStatistics of(double[] mean, double[] variance) {
    return new ChannelStatistics(
        Arrays.stream(mean).boxed().toList(), Arrays.stream(variance).boxed().toList());
  }

  /** The means as a fresh array. */
  public double[] means() {
    return mean.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The variances as a fresh array. */
  public double[] variances() {
    return variance.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
