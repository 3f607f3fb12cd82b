package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.models.initializer.Initializers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A convolutional classifier of images [h, w, c]: convolutions, a dense layer of features, a dense
 * layer of one logit for each class.
 *
 * <p>f(x) are the logarithms of the classes' probabilities, [classes]: a log-softmax of the logits.
 * Features are the sums before the activation that leads to the logits. After a leaky ReLU they
 * would hold the same, squeezed; after a ReLU a unit could be zero for every image.
 *
 * <p>Parameters, each a {@code kernel} and a {@code bias}: {@code conv.i}, {@code dense.0} to the
 * features, {@code dense.1} to the logits.
 *
 * @param image [h, w, c]
 * @param layers the convolutions, first to last; at least one
 * @param features the number of features, positive
 * @param classes the number of classes, at least 2
 * @param hidden activation of all layers but the last
 * @param initializer of kernels and biases
 */
public record ConvClassifier(
    Shape image,
    List<ConvLayer> layers,
    int features,
    int classes,
    Activation hidden,
    Initializer initializer)
    implements Network {

  public ConvClassifier {
    layers = List.copyOf(layers);
    Require.argument(image.rank() == 3, "image %s must be [height, width, channels]", image);
    Require.argument(!layers.isEmpty(), "layers %s must hold at least one convolution", layers);
    Require.positive("features", features);
    Require.argument(classes >= 2, "classes (%s) must be at least 2", classes);
    ConvLayer.output(image, layers);
  }

  /**
   * The network for MNIST, [28, 28, 1] and ten classes: 16 (4/2/1), 32 (4/2/1) and 64 (3/2/1)
   * channels, 64 features, leaky ReLU, kernels and biases from {@link Initializers#uniformFanIn}:
   * 93,242 parameters.
   */
  public static ConvClassifier digits() {
    return new ConvClassifier(
        Shape.of(28, 28, 1),
        List.of(new ConvLayer(16, 4, 2, 1), new ConvLayer(32, 4, 2, 1), new ConvLayer(64, 3, 2, 1)),
        64,
        10,
        Activation.LEAKY_RELU,
        Initializers.uniformFanIn());
  }

  /** [h, w, c]. */
  @Override
  public Shape shape() {
    return image;
  }

  @Override
  public Shape outputShape() {
    return Shape.of(classes);
  }

  /**
   * This network up to its logits, with its features before them: [features + classes]. Its
   * parameters are the same, so that it takes what this network was trained to.
   */
  public Network featuresAndLogits() {
    return new FeaturesAndLogits(this);
  }

  private record FeaturesAndLogits(ConvClassifier classifier) implements Network {
    @Override
    public Shape shape() {
      return classifier.shape();
    }

    @Override
    public Shape outputShape() {
      return Shape.of(classifier.features + classifier.classes);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return classifier.parameters();
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      T features = classifier.toFeatures().apply(x, pass);
      return pass.ops().concat(features, classifier.logits(features, pass));
    }

    @Override
    public String description() {
      return "features and logits of " + classifier.description();
    }
  }

  @Override
  public List<ParameterSpec> parameters() {
    Layers toFeatures = toFeatures();
    return Stream.of(toFeatures, toLogits(toFeatures))
        .flatMap(part -> part.parameters().stream())
        .toList();
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    return pass.ops().logSoftmax(logits(toFeatures().apply(x, pass), pass));
  }

  private <T> T logits(T features, ForwardPass<T> pass) {
    return toLogits(toFeatures()).apply(pass.ops().activate(features, hidden), pass);
  }

  /** Such as {@code conv classifier [28, 28, 1] 16-32-64, 64 features, 10 classes, leaky-relu}. */
  @Override
  public String description() {
    return "conv classifier %s %s, %s features, %s classes, %s"
        .formatted(image, ConvLayer.channels(layers), features, classes, hidden.label());
  }

  private Layers toFeatures() {
    Layers sequence = new Layers(initializer, Optional.of(initializer), Normalization.none());
    int in = image.last();
    for (ConvLayer layer : layers) {
      sequence.convolution(in, layer, hidden, false);
      in = layer.channels();
    }
    int size = ConvLayer.output(image, layers).size();
    return sequence.reshape(Shape.of(size)).dense(size, features, Activation.IDENTITY, false);
  }

  private Layers toLogits(Layers toFeatures) {
    return toFeatures.next().dense(features, classes, Activation.IDENTITY, false);
  }
}
