package dev.idem.eval.distribution;

import dev.idem.api.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Half of the groups of each side of a pair, drawn without replacement.
 *
 * @param real numbers of groups, ascending
 * @param generated numbers of groups, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // a value handed from step to step, never compared
public record HalfDraw(int[] real, int[] generated) {

  /** Independent halves of either side. */
  static HalfDraw independent(SamplePair pair, RandomGenerator random) {
    return new HalfDraw(
        half(RandomStreams.permutation(pair.real().groups(), random), false),
        half(RandomStreams.permutation(pair.generated().groups(), random), false));
  }

  /** A half of one set of groups, and the other half. */
  static HalfDraw disjoint(int groups, RandomGenerator random) {
    int[] order = RandomStreams.permutation(groups, random);
    return new HalfDraw(half(order, false), half(order, true));
  }

  private static int[] half(int[] order, boolean second) {
    int size = order.length / 2;
    int from = second ? size : 0;
    int[] half = Arrays.copyOfRange(order, from, from + size);
    Arrays.sort(half);
    return half;
  }
}
