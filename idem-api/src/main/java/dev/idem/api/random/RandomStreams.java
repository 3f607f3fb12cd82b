package dev.idem.api.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent random streams, each a pure function of a seed, a name and an index. A run that draws
 * its weights, its batches and its evaluation samples from streams of different names can repeat
 * any one of them without the others.
 */
public final class RandomStreams {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private RandomStreams() {}

  /**
   * A fresh generator at the start of the stream.
   *
   * @param seed of the run
   * @param name what is drawn, such as {@code weights dense.0.kernel}
   * @param index such as the step or the epoch
   */
  public static RandomGenerator stream(long seed, String name, long index) {
    long state = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < name.length(); i++) {
      state = mix(state + GOLDEN_GAMMA * (name.charAt(i) + 1L));
    }
    return new SplittableRandom(mix(state + GOLDEN_GAMMA * (index + 1)));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): a bijection that mixes all bits. */
  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
