package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.models.initializer.Initializers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A convolutional autoencoder of images [h, w, c]: convolutions, optionally a dense code, and the
 * mirror image in transposed convolutions. Every convolution may be normalised but the first, the
 * code and the last; by default none is, so that f depends on nothing but its argument.
 *
 * <p>The code, the output of the last encoding layer, is linear; every other encoding layer ends in
 * {@link #encoder}, every decoding layer but the last in {@link #decoder}, the last in {@link
 * #output}. Parameters, each a {@code kernel} and a {@code bias}: {@code conv.i}; {@code dense.0}
 * into the code and {@code dense.1} out of it, if it is dense; {@code deconv.i} in order of
 * application, so that {@code deconv.0} mirrors the last convolution. A normalised layer has a
 * {@code normalization.scale} and a {@code normalization.shift} besides.
 *
 * <p>Kernels of convolutions are [kernel, kernel, in, out], of transposed ones [kernel, kernel,
 * out, in]. Fans count connections, away from the border: fanIn is kernel^2 in for a convolution
 * and ceil(kernel / stride)^2 in for a transposed one, where PyTorch takes kernel^2 out.
 *
 * <p>The layer scheme follows Shocher et al., Idempotent Generative Network, ICLR 2024, whose
 * network for CelebA is {@link #dcgan64}.
 *
 * @param shape [h, w, c] of an image
 * @param layers the encoder's convolutions, first to last; at least one
 * @param code the width of the dense code; empty for the last convolution's output
 * @param encoder activation of encoding layers
 * @param decoder activation of decoding layers
 * @param output activation of the last layer
 * @param normalization of convolutions, but the first, the code and the last
 * @param kernelInitializer of every kernel
 * @param biasInitializer of every bias
 */
public record ConvAutoencoder(
    Shape shape,
    List<ConvLayer> layers,
    OptionalInt code,
    Activation encoder,
    Activation decoder,
    Activation output,
    Normalization normalization,
    Initializer kernelInitializer,
    Initializer biasInitializer)
    implements Layers.Sequential {

  public ConvAutoencoder {
    layers = List.copyOf(layers);
    Require.argument(shape.rank() == 3, "shape %s must be [height, width, channels]", shape);
    Require.argument(!layers.isEmpty(), "layers %s must hold at least one convolution", layers);
    code.ifPresent(width -> Require.positive("code", width));
    ConvLayer.output(shape, layers);
  }

  /**
   * DCGAN's layers for MNIST as re-implementers of IGN chose them, [28, 28, 1]: 64 (4/2/1), 128
   * (4/2/1), 256 (3/2/1), and a code of 256 (4/1/0); kernels from N(0, 0.02^2). With a
   * normalisation it has 2,953,985 parameters.
   */
  public static ConvAutoencoder dcgan28(Normalization normalization) {
    return dcgan(
        of(
            Shape.of(28, 28, 1),
            new ConvLayer(64, 4, 2, 1),
            new ConvLayer(128, 4, 2, 1),
            new ConvLayer(256, 3, 2, 1),
            new ConvLayer(256, 4, 1, 0)),
        normalization);
  }

  /**
   * IGN's network for CelebA, [64, 64, 3]: 64, 128, 256, 512 (4/2/1), and a code of 512 (4/1/0);
   * kernels from N(0, 0.02^2). With a normalisation it has 13,905,923 parameters.
   */
  public static ConvAutoencoder dcgan64(Normalization normalization) {
    return dcgan(
        of(
            Shape.of(64, 64, 3),
            new ConvLayer(64, 4, 2, 1),
            new ConvLayer(128, 4, 2, 1),
            new ConvLayer(256, 4, 2, 1),
            new ConvLayer(512, 4, 2, 1),
            new ConvLayer(512, 4, 1, 0)),
        normalization);
  }

  private static ConvAutoencoder dcgan(ConvAutoencoder layers, Normalization normalization) {
    return layers
        .withNormalization(normalization)
        .withInitializers(Initializers.normal(0.02), Initializers.zeros());
  }

  /**
   * Two convolutions, 4x4/2/1, to {@code channels} and twice as many, and a dense code: with 16 and
   * 24 it has 93,817 parameters for MNIST's [28, 28, 1], with 32 and 128 872,769.
   *
   * @param shape [h, w, c] with h and w divisible by 4
   */
  public static ConvAutoencoder compact(Shape shape, int channels, int code) {
    return of(shape, code, new ConvLayer(channels, 4, 2, 1), new ConvLayer(2 * channels, 4, 2, 1));
  }

  /**
   * The defaults: no dense code, no normalisation, leaky ReLU in the encoder, ReLU in the decoder,
   * tanh at the output, kernels from {@link Initializers#uniformFanIn}, biases from zero.
   *
   * @throws IllegalArgumentException if the decoder would not give images of the input's size
   */
  public static ConvAutoencoder of(Shape shape, ConvLayer... layers) {
    return of(shape, List.of(layers), OptionalInt.empty());
  }

  /** These defaults, with a dense code of that width. */
  public static ConvAutoencoder of(Shape shape, int code, ConvLayer... layers) {
    return of(shape, List.of(layers), OptionalInt.of(code));
  }

  private static ConvAutoencoder of(Shape shape, List<ConvLayer> layers, OptionalInt code) {
    return new ConvAutoencoder(
        shape,
        layers,
        code,
        Activation.LEAKY_RELU,
        Activation.RELU,
        Activation.TANH,
        Normalization.none(),
        Initializers.uniformFanIn(),
        Initializers.zeros());
  }

  /** This network with other activations. */
  public ConvAutoencoder withActivations(
      Activation encoding, Activation decoding, Activation last) {
    return new ConvAutoencoder(
        shape,
        layers,
        code,
        encoding,
        decoding,
        last,
        normalization,
        kernelInitializer,
        biasInitializer);
  }

  /** This network with another normalisation. */
  public ConvAutoencoder withNormalization(Normalization other) {
    return new ConvAutoencoder(
        shape, layers, code, encoder, decoder, output, other, kernelInitializer, biasInitializer);
  }

  /** This network with other initial values. */
  public ConvAutoencoder withInitializers(Initializer kernels, Initializer biases) {
    return new ConvAutoencoder(
        shape, layers, code, encoder, decoder, output, normalization, kernels, biases);
  }

  /** Such as {@code conv autoencoder [28, 28, 1] 16-32, code 24, leaky-relu / relu / tanh}. */
  @Override
  public String description() {
    return "conv autoencoder %s %s%s, %s / %s / %s%s"
        .formatted(
            shape,
            ConvLayer.channels(layers),
            code.isPresent() ? ", code " + code.getAsInt() : "",
            encoder.label(),
            decoder.label(),
            output.label(),
            normalization.suffix());
  }

  /**
   * The encoder alone, from images to their code, such as for {@link Idempotent#coupled(Split,
   * Network, Network)}.
   */
  public Network encoderHalf() {
    return new Half(this, true);
  }

  /** The decoder alone, from codes to images, with the names of its parameters as in the whole. */
  public Network decoderHalf() {
    return new Half(this, false);
  }

  private record Half(ConvAutoencoder whole, boolean encodes) implements Layers.Sequential {

    @Override
    public Shape shape() {
      return encodes ? whole.shape : codeShape();
    }

    @Override
    public Shape outputShape() {
      return encodes ? codeShape() : whole.shape;
    }

    private Shape codeShape() {
      return whole.code.isPresent()
          ? Shape.of(whole.code.getAsInt())
          : ConvLayer.output(whole.shape, whole.layers);
    }

    @Override
    public String description() {
      return (encodes ? "encoder of " : "decoder of ") + whole.description();
    }

    @Override
    public Layers layerSequence() {
      return encodes ? whole.encodingLayers() : whole.decodingLayers(whole.encodingLayers().next());
    }
  }

  @Override
  public Layers layerSequence() {
    return decodingLayers(encodingLayers());
  }

  private Layers encodingLayers() {
    Layers sequence = new Layers(kernelInitializer, Optional.of(biasInitializer), normalization);
    int last = layers.size() - 1;
    for (int i = 0; i <= last; i++) {
      boolean isCode = i == last && code.isEmpty();
      Activation activation = isCode ? Activation.IDENTITY : encoder;
      sequence.convolution(inputs(i), layers.get(i), activation, i > 0 && !isCode);
    }
    Shape image = ConvLayer.output(shape, layers);
    code.ifPresent(
        width ->
            sequence
                .reshape(Shape.of(image.size()))
                .dense(image.size(), width, Activation.IDENTITY, false));
    return sequence;
  }

  /** Adds the decoder to {@code sequence}. */
  private Layers decodingLayers(Layers sequence) {
    Shape image = ConvLayer.output(shape, layers);
    code.ifPresent(width -> sequence.dense(width, image.size(), decoder, false).reshape(image));
    for (int i = layers.size() - 1; i >= 0; i--) {
      sequence.transposed(layers.get(i), inputs(i), i > 0 ? decoder : output, i > 0);
    }
    return sequence;
  }

  private int inputs(int index) {
    return index == 0 ? shape.last() : layers.get(index - 1).channels();
  }
}
