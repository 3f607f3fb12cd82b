package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import java.util.Arrays;

/**
 * Images to train on and others held out, with their labels; pixels in [-1, 1]. Immutable.
 */
public final class ImageDataSource implements EpochSource {

  private final String name;
  private final LabeledImages training;
  private final LabeledImages heldOut;

  /**
   * A source of {@code training} images, with {@code heldOut} ones that are not among them.
   *
   * @throws IllegalArgumentException if either is empty or their shapes differ
   */
  public ImageDataSource(String name, LabeledImages training, LabeledImages heldOut) {
    this.name = Require.notBlank("name", name);
    Require.positive("number of training images", training.size());
    Require.positive("number of held-out images", heldOut.size());
    Require.argument(
        training.shape().equals(heldOut.shape()),
        "held-out images of shape %s must have the shape %s of the training images",
        heldOut.shape(),
        training.shape());
    this.training = training;
    this.heldOut = heldOut;
  }

  @Override
  public Shape shape() {
    return training.shape();
  }

  /** The classes of the images that {@link #batch} gives for the same arguments, in order. */
  public int[] batchLabels(long seed, long step, int size) {
    return labels(training, batchIndices(seed, step, size));
  }

  /** The classes of the images that {@link #heldOut} gives for the same arguments, in order. */
  public int[] heldOutLabels(long seed, int size) {
    return labels(heldOut, heldOutIndices(seed, size));
  }

  /**
   * These images, each with its class as its target: one-hot, [classes].
   *
   * @param classes more than every label; a batch with a larger one is an {@link
   *     IllegalArgumentException}
   */
  public DataSource classified(int classes) {
    return new SupervisedSource(
        this, new Classes(this, classes), description() + ", each with its class");
  }

  private record Classes(ImageDataSource images, int classes) implements DataSource {
    @Override
    public Shape shape() {
      return Shape.of(classes);
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return oneHot(images.batchLabels(seed, step, size));
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return oneHot(images.heldOutLabels(seed, size));
    }

    @Override
    public String description() {
      return "classes of " + images.description();
    }

    private float[][] oneHot(int[] labels) {
      float[][] targets = new float[labels.length][classes];
      for (int i = 0; i < labels.length; i++) {
        Require.argument(
            labels[i] < classes,
            "label (%s) must be less than %s, the number of classes",
            labels[i],
            classes);
        targets[i][labels[i]] = 1;
      }
      return targets;
    }
  }

  @Override
  public int trainingSize() {
    return training.size();
  }

  @Override
  public float[] trainingSample(int index) {
    return training.image(index);
  }

  @Override
  public int heldOutSize() {
    return heldOut.size();
  }

  @Override
  public float[] heldOutSample(int index) {
    return heldOut.image(index);
  }

  /** All images to train on. */
  public LabeledImages trainingImages() {
    return training;
  }

  /** All images held out. */
  public LabeledImages heldOutImages() {
    return heldOut;
  }

  /** Such as {@code MNIST test digits, [28, 28, 1] in [-1, 1], 9000 to train on, 1000 held out}. */
  @Override
  public String description() {
    return "%s, %s in [-1, 1], %s to train on, %s held out"
        .formatted(name, shape(), training.size(), heldOut.size());
  }

  private static int[] labels(LabeledImages source, int[] indices) {
    return Arrays.stream(indices).map(source::label).toArray();
  }
}
