package dev.idem.api.contract;

import dev.idem.api.data.DataSource;
import dev.idem.api.data.DataSource.FiniteDataSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DataSource} must keep. Extend it and say how the source is made:
 *
 * <pre>{@code
 * class SpiralsTest extends DataSourceContractTest {
 *   @Override
 *   protected DataSource source() {
 *     return new Spirals(2);
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.idem.api.contract} lists the dependencies that a POM needs for it.
 */
public abstract class DataSourceContractTest {

  private static final int SIZE = 4;

  /** The source under test, of the same samples on each call. */
  protected abstract DataSource source();

  @Test
  final void samplesHaveTheShapesWidthAndAreFinite() {
    for (int size : new int[] {1, SIZE}) {
      requireSamples("batch", batch(source(), 1, 0, size), size);
      requireSamples("heldOut", heldOut(source(), 1, size), size);
    }
  }

  @Test
  final void targetsKeepTheirShapeAndBelongToTheArguments() {
    DataSource targets = source().targets().orElse(null);
    if (targets == null) {
      return;
    }
    float[][] third = batch(targets, 1, 3, SIZE);
    float[][] held = heldOut(targets, 1, SIZE);
    requireSamples("targets().batch", targets, third, SIZE);
    requireSamples("targets().heldOut", targets, held, SIZE);
    batch(targets, 1, 4, SIZE);
    batch(source(), 1, 4, SIZE);
    DataSource again = source().targets().orElseThrow();
    Rule.require(
        Arrays.deepEquals(third, batch(targets, 1, 3, SIZE))
            && Arrays.deepEquals(third, batch(again, 1, 3, SIZE))
            && Arrays.deepEquals(held, heldOut(again, 1, SIZE)),
        "%s gave other targets for the same arguments; they must be those of the samples that it"
            + " gives for them",
        culprit());
  }

  private void requireSamples(String method, float[][] samples, int size) {
    requireSamples(method, source(), samples, size);
  }

  private void requireSamples(String method, DataSource source, float[][] samples, int size) {
    Rule.require(
        samples != null && samples.length == size,
        "%s: %s gave %s samples instead of %s",
        culprit(),
        method,
        samples == null ? null : samples.length,
        size);
    int width = source.shape().size();
    for (float[] sample : samples) {
      Rule.require(
          sample.length == width,
          "%s: %s gave a sample of %s numbers, shape %s has %s",
          culprit(),
          method,
          sample.length,
          source.shape(),
          width);
      for (float value : sample) {
        Rule.require(
            Float.isFinite(value), "%s: %s gave a number that is %s", culprit(), method, value);
      }
    }
  }

  @Test
  final void theSameArgumentsGiveTheSameBitsInAnyOrder() {
    DataSource source = source();
    float[][] third = batch(source, 1, 3, SIZE);
    float[][] held = heldOut(source, 1, SIZE);
    batch(source, 1, 4, SIZE);
    heldOut(source, 2, SIZE);
    Rule.require(
        Arrays.deepEquals(third, batch(source, 1, 3, SIZE))
            && Arrays.deepEquals(held, heldOut(source, 1, SIZE)),
        "%s gave other samples for the same arguments after other calls; there must be no hidden"
            + " position",
        culprit());
    Rule.require(
        Arrays.deepEquals(third, batch(source(), 1, 3, SIZE))
            && Arrays.deepEquals(held, heldOut(source(), 1, SIZE)),
        "%s gave other samples for the same arguments when made again; draw from"
            + " RandomStreams.stream(seed, ...)",
        culprit());
  }

  @Test
  final void seedsAndStepsGiveOtherBatches() {
    DataSource source = source();
    float[][] first = batch(source, 1, 0, SIZE);
    boolean seed = false;
    boolean step = false;
    for (int other = 1; other <= 5; other++) {
      seed |= !Arrays.deepEquals(first, batch(source, 1 + other, 0, SIZE));
      step |= !Arrays.deepEquals(first, batch(source, 1, other, SIZE));
    }
    Rule.require(seed, "%s gives the same batch for six seeds", culprit());
    Rule.require(step, "%s gives the same batch at six steps", culprit());
  }

  @Test
  final void writingToABatchChangesNoOther() {
    DataSource source = source();
    float[][] batch = batch(source, 1, 0, SIZE);
    float[][] held = heldOut(source, 1, SIZE);
    for (int i = 0; i < SIZE; i++) {
      Arrays.fill(batch[i], Float.NaN);
      Arrays.fill(held[i], Float.NaN);
    }
    requireSamples("batch, after a batch was written to,", batch(source, 1, 0, SIZE), SIZE);
    requireSamples("heldOut, after samples were written to,", heldOut(source, 1, SIZE), SIZE);
  }

  @Test
  final void heldOutSamplesAreInNoBatch() {
    DataSource source = source();
    Set<List<Float>> held = new HashSet<>();
    for (float[] sample : heldOut(source, 1, SIZE)) {
      held.add(boxed(sample));
    }
    for (int step = 0; step < 20; step++) {
      for (float[] sample : batch(source, 1, step, SIZE)) {
        Rule.require(
            !held.contains(boxed(sample)),
            "%s: the batch of step %s has a sample that is held out",
            culprit(),
            step);
      }
    }
  }

  @Test
  final void aFiniteSourceHandsOutFreshSamplesAndRefusesWhatItHasNot() {
    if (!(source() instanceof FiniteDataSource source)) {
      return;
    }
    Rule.require(source.trainingSize() > 0, "%s has no samples to train on", culprit());
    float[] last = source.trainingSample(source.trainingSize() - 1);
    float[] copy = last.clone();
    Arrays.fill(last, Float.NaN);
    Rule.require(
        Arrays.equals(copy, source.trainingSample(source.trainingSize() - 1)),
        "%s: writing to a training sample changed it; give a copy",
        culprit());
    for (int index : new int[] {-1, source.trainingSize()}) {
      requireThrown(
          "trainingSample(" + index + ")",
          IndexOutOfBoundsException.class,
          () -> source.trainingSample(index));
    }
    requireThrown(
        "heldOut of 2^31 - 1 samples",
        IllegalArgumentException.class,
        () -> source.heldOut(1, Integer.MAX_VALUE));
  }

  private void requireThrown(
      String what, Class<? extends RuntimeException> expected, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException thrown) {
      Rule.require(
          expected.isInstance(thrown),
          "%s: %s threw %s instead of a %s",
          culprit(),
          what,
          thrown,
          expected.getSimpleName());
      return;
    }
    throw Rule.broken("%s: %s threw no %s", culprit(), what, expected.getSimpleName());
  }

  @Test
  final void itSaysWhatItsSamplesAre() {
    Rule.oneLine(culprit(), "description", source().description());
  }

  private float[][] batch(DataSource source, long seed, long step, int size) {
    return Rule.of(culprit(), "for a batch of " + size, () -> source.batch(seed, step, size));
  }

  private float[][] heldOut(DataSource source, long seed, int size) {
    return Rule.of(culprit(), "for " + size + " held out", () -> source.heldOut(seed, size));
  }

  private static List<Float> boxed(float[] sample) {
    List<Float> boxed = new ArrayList<>();
    for (float value : sample) {
      boxed.add(value);
    }
    return boxed;
  }

  private String culprit() {
    return "data source " + source().getClass().getName();
  }
}
