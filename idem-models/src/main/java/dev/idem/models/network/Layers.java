package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.models.initializer.Initializers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A feed-forward sequence of layers. Those of one kind are numbered from 0 in order of application:
 * {@code conv.0}, {@code conv.1}, {@code dense.0}, ...; the names of their parameters begin so.
 */
final class Layers {

  /** A network that is a sequence of layers. */
  interface Sequential extends Network {

    /** The layers, made anew. */
    Layers layerSequence();

    @Override
    default List<ParameterSpec> parameters() {
      return layerSequence().parameters();
    }

    @Override
    default List<StatisticsSpec> statistics() {
      return layerSequence().statistics();
    }

    @Override
    default <T> T apply(T x, ForwardPass<T> pass) {
      return layerSequence().apply(x, pass);
    }
  }

  private final Initializer kernels;
  private final Optional<Initializer> biases;
  private final Normalization normalization;
  private final List<Layer> sequence = new ArrayList<>();
  private int dense;
  private int convolutions;
  private int transposed;

  /**
   * An empty sequence.
   *
   * @param biases empty for layers without bias
   * @param normalization of the layers that are added as normalised
   */
  Layers(Initializer kernels, Optional<Initializer> biases, Normalization normalization) {
    this.kernels = kernels;
    this.biases = biases;
    this.normalization = normalization;
  }

  /** An empty sequence like this one, whose layers are numbered on from it. */
  Layers next() {
    Layers next = new Layers(kernels, biases, normalization);
    next.dense = dense;
    next.convolutions = convolutions;
    next.transposed = transposed;
    return next;
  }

  /** Adds activation(x W + b), with W [in, out] and samples as rows. */
  Layers dense(int in, int out, Activation activation, boolean normalized) {
    Shape kernel = Shape.of(in, out);
    return add(
        new Weighted("dense." + dense++, Kind.DENSE, 1, 0, kernel, out, in, out, kernels, biases),
        activation,
        normalized);
  }

  /**
   * Adds activation(convolution + b), from {@code in} channels.
   *
   * <p>A value of the larger image reaches ceil(kernel / stride)^2 places of the smaller one, a
   * value of the smaller image kernel^2 places of the larger one: hence the fans of this and of
   * {@link #transposed}. PyTorch takes a transposed convolution's fanIn from the kernel's layout
   * alone, as kernel^2 out, which does not keep a layer's power.
   */
  Layers convolution(int in, ConvLayer layer, Activation activation, boolean normalized) {
    String name = "conv." + convolutions++;
    return convolution(name, Kind.CONVOLUTION, layer, in, activation, normalized);
  }

  /** Adds the transpose of a convolution from {@code out} channels with this geometry. */
  Layers transposed(ConvLayer layer, int out, Activation activation, boolean normalized) {
    String name = "deconv." + transposed++;
    return convolution(name, Kind.TRANSPOSED, layer, out, activation, normalized);
  }

  /** Between an image of {@code large} channels and a smaller one of the layer's channels. */
  private Layers convolution(
      String name,
      Kind kind,
      ConvLayer layer,
      int large,
      Activation activation,
      boolean normalized) {
    int small = layer.channels();
    int along = (layer.kernel() + layer.stride() - 1) / layer.stride();
    int toSmall = layer.kernel() * layer.kernel() * large;
    int toLarge = along * along * small;
    boolean down = kind == Kind.CONVOLUTION;
    return add(
        new Weighted(
            name,
            kind,
            layer.stride(),
            layer.padding(),
            Shape.of(layer.kernel(), layer.kernel(), large, small),
            down ? small : large,
            down ? toSmall : toLarge,
            down ? toLarge : toSmall,
            kernels,
            biases),
        activation,
        normalized);
  }

  /** Adds the same values, each sample in another shape. */
  Layers reshape(Shape sampleShape) {
    sequence.add(new Reshape(sampleShape));
    return this;
  }

  private Layers add(Weighted layer, Activation activation, boolean normalized) {
    sequence.add(layer);
    if (normalized && !(normalization instanceof Normalization.None)) {
      sequence.add(new Normalized(layer.name() + ".normalization", layer.outputs(), normalization));
    }
    if (activation != Activation.IDENTITY) {
      sequence.add(new Activated(activation));
    }
    return this;
  }

  /** The trainable tensors, in order. */
  List<ParameterSpec> parameters() {
    return sequence.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** The places that normalise by batch statistics, in order. */
  List<StatisticsSpec> statistics() {
    return sequence.stream().flatMap(layer -> layer.statistics().stream()).toList();
  }

  /** The output of the last layer, each fed the output of the one before. */
  <T> T apply(T x, ForwardPass<T> pass) {
    T y = x;
    for (Layer layer : sequence) {
      y = layer.apply(y, pass);
    }
    return y;
  }

  private sealed interface Layer {

    default List<ParameterSpec> parameters() {
      return List.of();
    }

    default List<StatisticsSpec> statistics() {
      return List.of();
    }

    <T> T apply(T x, ForwardPass<T> pass);
  }

  private enum Kind {
    DENSE,
    CONVOLUTION,
    TRANSPOSED
  }

  /**
   * A product with the kernel, plus the bias if there is one.
   *
   * @param shape of the kernel
   * @param outputs the number of output channels
   * @param fanIn inputs that reach one output
   * @param fanOut outputs that one input reaches
   */
  private record Weighted(
      String name,
      Kind kind,
      int stride,
      int padding,
      Shape shape,
      int outputs,
      int fanIn,
      int fanOut,
      Initializer kernel,
      Optional<Initializer> bias)
      implements Layer {

    @Override
    public List<ParameterSpec> parameters() {
      List<ParameterSpec> parameters = new ArrayList<>();
      parameters.add(new ParameterSpec(name + ".kernel", shape, fanIn, fanOut, kernel));
      bias.ifPresent(
          initializer ->
              parameters.add(
                  new ParameterSpec(
                      name + ".bias", Shape.of(outputs), fanIn, fanOut, initializer)));
      return parameters;
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      T weights = pass.parameter(name + ".kernel");
      T y =
          switch (kind) {
            case DENSE -> pass.ops().matMul(x, weights);
            case CONVOLUTION -> pass.ops().conv2d(x, weights, stride, padding);
            case TRANSPOSED -> pass.ops().conv2dTranspose(x, weights, stride, padding);
          };
      return bias.isPresent() ? pass.ops().addBias(y, pass.parameter(name + ".bias")) : y;
    }
  }

  /**
   * scale * normalised + shift, with a scale and a shift for each channel, from one and zero.
   *
   * @param name of the place, prefix of the parameters' names
   */
  private record Normalized(String name, int channels, Normalization normalization)
      implements Layer {

    @Override
    public List<ParameterSpec> parameters() {
      Shape shape = Shape.of(channels);
      return List.of(
          new ParameterSpec(name + ".scale", shape, 1, 1, Initializers.constant(1)),
          new ParameterSpec(name + ".shift", shape, 1, 1, Initializers.zeros()));
    }

    @Override
    public List<StatisticsSpec> statistics() {
      return normalization.statistics(name, channels);
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      T normalized = normalization.apply(name, x, pass);
      T scaled = pass.ops().scaleChannels(normalized, pass.parameter(name + ".scale"));
      return pass.ops().addBias(scaled, pass.parameter(name + ".shift"));
    }
  }

  private record Activated(Activation activation) implements Layer {
    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().activate(x, activation);
    }
  }

  private record Reshape(Shape sampleShape) implements Layer {
    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().reshape(x, sampleShape);
    }
  }
}
