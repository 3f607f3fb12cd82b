package dev.idem.uses;

import dev.idem.api.check.Require;

/**
 * A number that is measured of a map.
 *
 * @param name with its unit, such as {@code PSNR, dB}
 * @param better which of two values is better
 */
public record Metric(String name, Better better) {

  /** The direction of a metric. */
  public enum Better {
    /** Less is better. */
    LOWER,
    /** More is better. */
    HIGHER,
    /** It describes, and does not judge. */
    NEITHER
  }

  public Metric {
    Require.notBlank("metric name", name);
  }

  /** A metric of which less is better. */
  public static Metric lower(String name) {
    return new Metric(name, Better.LOWER);
  }

  /** A metric of which more is better. */
  public static Metric higher(String name) {
    return new Metric(name, Better.HIGHER);
  }

  /** A metric that does not judge. */
  public static Metric plain(String name) {
    return new Metric(name, Better.NEITHER);
  }
}
