package dev.idem.models.data;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import java.util.Arrays;

/**
 * Images to train on and others held out, with their labels; pixels in [-1, 1]. Immutable.
 *
 * @param name of the set, such as {@code MNIST}
 * @param trainingImages at least one
 * @param heldOutImages at least one, of the same shape, none of them among the others
 */
public record ImageDataSource(
    String name, LabeledImages trainingImages, LabeledImages heldOutImages) implements EpochSource {

  public ImageDataSource {
    Require.notBlank("name", name);
    Require.positive("number of training images", trainingImages.size());
    Require.positive("number of held-out images", heldOutImages.size());
    Require.argument(
        trainingImages.shape().equals(heldOutImages.shape()),
        "held-out images of shape %s must have the shape %s of the training images",
        heldOutImages.shape(),
        trainingImages.shape());
  }

  @Override
  public Shape shape() {
    return trainingImages.shape();
  }

  /** The classes of the images that {@link #batch} gives for the same arguments, in order. */
  public int[] batchLabels(long seed, long step, int size) {
    return labels(trainingImages, batchIndices(seed, step, size));
  }

  /** The classes of the images that {@link #heldOut} gives for the same arguments, in order. */
  public int[] heldOutLabels(long seed, int size) {
    return labels(heldOutImages, heldOutIndices(seed, size));
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
    return trainingImages.size();
  }

  @Override
  public float[] trainingSample(int index) {
    return trainingImages.image(index);
  }

  @Override
  public int heldOutSize() {
    return heldOutImages.size();
  }

  @Override
  public float[] heldOutSample(int index) {
    return heldOutImages.image(index);
  }

  /** Such as {@code MNIST test digits, [28, 28, 1] in [-1, 1], 9000 to train on, 1000 held out}. */
  @Override
  public String description() {
    return "%s, %s in [-1, 1], %s to train on, %s held out"
        .formatted(name, shape(), trainingImages.size(), heldOutImages.size());
  }

  private static int[] labels(LabeledImages source, int[] indices) {
    return Arrays.stream(indices).map(source::label).toArray();
  }
}
