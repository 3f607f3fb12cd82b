package dev.idem.api.network;

import dev.idem.api.check.Require;

/**
 * A place in a network that normalises by the statistics of a batch, and therefore keeps running
 * statistics for inference.
 *
 * @param name unique in the network, such as {@code conv.1.normalization}
 * @param channels that have a mean and a variance each, positive
 */
public record StatisticsSpec(String name, int channels) {

  public StatisticsSpec {
    Require.argument(
        name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*"),
        "statistics name ('%s') must be letters, digits, '.', '_' and '-'",
        name);
    Require.positive("channels", channels);
  }
}
