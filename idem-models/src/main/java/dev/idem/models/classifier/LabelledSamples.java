package dev.idem.models.classifier;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.network.ConvClassifier;
import java.util.Arrays;

/**
 * Images as samples of a {@link ConvClassifier}: the pixels, zeros for the features, and the class,
 * one-hot, in the place of the logits.
 */
final class LabelledSamples implements DataSource {

  private final ImageDataSource images;
  private final ConvClassifier network;

  LabelledSamples(ImageDataSource images, ConvClassifier network) {
    Require.argument(
        images.shape().equals(network.image()),
        "images (%s) must have the shape %s that the classifier takes",
        images.description(),
        network.image());
    this.images = images;
    this.network = network;
  }

  @Override
  public Shape shape() {
    return network.shape();
  }

  @Override
  public float[][] batch(long seed, long step, int size) {
    return labelled(images.batch(seed, step, size), images.batchLabels(seed, step, size));
  }

  @Override
  public float[][] heldOut(long seed, int size) {
    return labelled(images.heldOut(seed, size), images.heldOutLabels(seed, size));
  }

  @Override
  public String description() {
    return images.description() + ", each with its class";
  }

  private float[][] labelled(float[][] pixels, int[] labels) {
    float[][] samples = new float[pixels.length][];
    for (int i = 0; i < samples.length; i++) {
      Require.argument(
          labels[i] < network.classes(),
          "label (%s) must be less than %s, the number of classes",
          labels[i],
          network.classes());
      samples[i] = Arrays.copyOf(pixels[i], network.shape().size());
      samples[i][network.logitsStart() + labels[i]] = 1;
    }
    return samples;
  }
}
