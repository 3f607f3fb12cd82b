package dev.idem.models.data;

import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.random.RandomStreams;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Finitely many samples to train on, and others held out. The samples of step 0, 1, 2, ... in a row
 * are epoch after epoch, each stretch of n holding every sample once, in an order drawn from seed
 * and epoch; a batch may reach over the end of an epoch. Nothing is remembered between calls: each
 * shuffles its epoch again, which takes well under a millisecond for 60,000 samples, so that any
 * thread may ask for any step.
 */
public interface EpochSource extends FiniteDataSource {

  /** The number of samples held out. */
  int heldOutSize();

  /** A sample held out, row-major; a fresh array. */
  float[] heldOutSample(int index);

  @Override
  default float[][] batch(long seed, long step, int size) {
    return samples(batchIndices(seed, step, size), this::trainingSample);
  }

  @Override
  default float[][] heldOut(long seed, int size) {
    return samples(heldOutIndices(seed, size), this::heldOutSample);
  }

  private static float[][] samples(int[] indices, IntFunction<float[]> sample) {
    return Arrays.stream(indices).mapToObj(sample).toArray(float[][]::new);
  }

  /** The indices of the training samples in a batch. */
  default int[] batchIndices(long seed, long step, int size) {
    Require.notNegative("step", step);
    Require.positive("size", size);
    Require.argument(
        step < Long.MAX_VALUE / size,
        "step (%s) must be less than %s for batches of %s",
        step,
        Long.MAX_VALUE / size,
        size);
    int count = trainingSize();
    long position = step * size;
    int[] indices = new int[size];
    int filled = 0;
    while (filled < size) {
      int from = (int) (position % count);
      int taken = Math.min(count - from, size - filled);
      int[] order =
          RandomStreams.permutation(count, RandomStreams.stream(seed, "epoch", position / count));
      System.arraycopy(order, from, indices, filled, taken);
      filled += taken;
      position += taken;
    }
    return indices;
  }

  /** The indices of {@code size} samples held out, chosen and ordered by {@code seed}. */
  default int[] heldOutIndices(long seed, int size) {
    int count = heldOutSize();
    Require.positive("size", size);
    Require.argument(
        size <= count, "size (%s) must be at most %s, the number of samples held out", size, count);
    return Arrays.copyOf(
        RandomStreams.permutation(count, RandomStreams.stream(seed, "held-out", 0)), size);
  }
}
