package dev.idem.eval.distribution;

/** A metric as a function of which groups of a {@link SamplePair} are looked at. */
@FunctionalInterface
public interface GroupMeasure {

  /**
   * The metric on the union of some groups of the real samples and of some of the generated ones.
   *
   * @param real numbers of groups, ascending, each once
   * @param generated the same
   */
  double measure(int[] real, int[] generated);
}
