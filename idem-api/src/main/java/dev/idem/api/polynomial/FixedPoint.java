package dev.idem.api.polynomial;

/**
 * A real fixed point k = g(k) of an iterator.
 *
 * @param location k, correct to the last place or so
 * @param multiplier g'(k), by which a small distance from k grows in one step
 * @param nature what the multiplier means for nearby starts
 */
public record FixedPoint(double location, double multiplier, Nature nature) {

  /** What an iterator does near a fixed point, by the size of the multiplier. */
  public enum Nature {
    /** Multiplier 0: nearby starts converge quadratically or faster. */
    SUPERATTRACTING,
    /** Between 0 and 1 in size: nearby starts converge linearly. */
    ATTRACTING,
    /** 1 in size: the multiplier alone does not decide. */
    NEUTRAL,
    /** Above 1 in size: nearby starts move away. */
    REPELLING
  }
}
