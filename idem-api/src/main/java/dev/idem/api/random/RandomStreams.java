package dev.idem.api.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent random streams, each a pure function of a seed, a name and an index. A run that draws
 * its weights, its batches and its evaluation samples from streams of different names can repeat
 * any one of them without the others.
 *
 * <p>The three are mixed into one state, h := mix(mix(mix(seed) xor mix(name)) + index), mix being
 * a bijection of 64 bits: so for one seed and name no two indices share a state. The generator made
 * from it is split once, which gives each stream an increment of its own; without that, all streams
 * would be stretches of one sequence and could overlap.
 */
public final class RandomStreams {

  /** 2^64 divided by the golden ratio, odd: keeps small seeds apart. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private RandomStreams() {}

  /** The stream {@code name} number {@code index} of {@code seed}, from its beginning. */
  public static RandomGenerator stream(long seed, String name, long index) {
    return new SplittableRandom(mix(derive(seed, name) + index)).split();
  }

  /** A seed of its own for {@code name}, so that two users of one seed draw different numbers. */
  public static long derive(long seed, String name) {
    return mix(mix(seed + GOLDEN) ^ mix(hash(name)));
  }

  /**
   * The numbers 0 to {@code count} - 1 in a random order, each order as likely as another (Fisher
   * and Yates).
   */
  public static int[] permutation(int count, RandomGenerator random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Stafford's variant 13 of the finaliser of MurmurHash3. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }

  /** FNV-1a over the name's UTF-16 units: a String's own hash has too few bits. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
