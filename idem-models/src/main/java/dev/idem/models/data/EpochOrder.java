package dev.idem.models.data;

import dev.idem.api.check.Require;
import dev.idem.api.random.RandomStreams;
import java.util.Arrays;

/**
 * Which of n samples a training batch holds: the samples of step 0, 1, 2, ... in a row are epoch
 * after epoch, each stretch of n holding every sample once, in an order drawn from seed and epoch.
 * A batch may reach over the end of an epoch. Nothing is remembered between calls: each shuffles
 * its epoch again, which takes well under a millisecond for 60,000 samples and buys batches that
 * are pure, so that any thread may ask for any step.
 */
public final class EpochOrder {

  private EpochOrder() {}

  /**
   * The indices of a batch.
   *
   * @param count n, positive
   * @param seed of the run
   * @param step from 0
   * @param size of the batch, positive
   * @return {@code size} numbers in [0, count)
   * @throws IllegalArgumentException if {@code step} is negative or {@code size} not positive
   */
  public static int[] batch(int count, long seed, long step, int size) {
    Require.notNegative("step", step);
    Require.positive("size", size);
    Require.argument(
        step < Long.MAX_VALUE / size,
        "step (%s) must be less than %s for batches of %s",
        step,
        Long.MAX_VALUE / size,
        size);
    long position = step * size;
    int[] indices = new int[size];
    int filled = 0;
    while (filled < size) {
      int from = (int) (position % count);
      int taken = Math.min(count - from, size - filled);
      int[] order = order(seed, "epoch", position / count, count);
      System.arraycopy(order, from, indices, filled, taken);
      filled += taken;
      position += taken;
    }
    return indices;
  }

  /**
   * Which of the samples held out are asked for.
   *
   * @param count the number held out
   * @param seed chooses and orders them
   * @param size positive, at most {@code count}
   * @throws IllegalArgumentException if there are fewer than {@code size}
   */
  public static int[] heldOut(int count, long seed, int size) {
    Require.positive("size", size);
    Require.argument(
        size <= count, "size (%s) must be at most %s, the number of images held out", size, count);
    return Arrays.copyOf(order(seed, "held-out", 0, count), size);
  }

  private static int[] order(long seed, String stream, long index, int count) {
    return RandomStreams.permutation(count, RandomStreams.stream(seed, stream, index));
  }
}
