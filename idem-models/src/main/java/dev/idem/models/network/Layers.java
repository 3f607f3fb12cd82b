package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import dev.idem.models.initializer.Initializers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A feed-forward sequence of layers. Those of one kind are numbered from 0 in order of application:
 * {@code conv.0}, {@code conv.1}, {@code dense.0}, ...; the names of their parameters begin so.
 */
final class Layers {

  private final Initializer kernel;
  private final Optional<Initializer> bias;
  private final Normalization normalization;
  private final List<Layer> sequence = new ArrayList<>();
  private int dense;
  private int convolutions;
  private int transposed;

  /**
   * An empty sequence.
   *
   * @param bias empty for layers without bias
   * @param normalization of the layers that are added as normalised
   */
  Layers(Initializer kernel, Optional<Initializer> bias, Normalization normalization) {
    this.kernel = kernel;
    this.bias = bias;
    this.normalization = normalization;
  }

  /** An empty sequence like this one, whose layers are numbered on from it. */
  Layers next() {
    Layers next = new Layers(kernel, bias, normalization);
    next.dense = dense;
    next.convolutions = convolutions;
    next.transposed = transposed;
    return next;
  }

  /** Adds activation(x W + b), with W [in, out] and samples as rows. */
  Layers dense(int in, int out, Activation activation, boolean normalized) {
    String name = "dense." + dense++;
    return add(
        new Weighted(name, Kind.DENSE, 1, 0, Shape.of(in, out), out, in, out, kernel, bias),
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
  Layers convolution(int in, ConvLayer geometry, Activation activation, boolean normalized) {
    String name = "conv." + convolutions++;
    int out = geometry.channels();
    int fanIn = area(geometry) * in;
    int fanOut = overlap(geometry) * out;
    Shape shape = Shape.of(geometry.kernel(), geometry.kernel(), in, out);
    return add(
        weighted(name, Kind.CONVOLUTION, geometry, shape, out, fanIn, fanOut),
        activation,
        normalized);
  }

  /** Adds the transpose of a convolution from {@code out} channels with this geometry. */
  Layers transposed(ConvLayer geometry, int out, Activation activation, boolean normalized) {
    String name = "deconv." + transposed++;
    int in = geometry.channels();
    int fanIn = overlap(geometry) * in;
    int fanOut = area(geometry) * out;
    Shape shape = Shape.of(geometry.kernel(), geometry.kernel(), out, in);
    return add(
        weighted(name, Kind.TRANSPOSED, geometry, shape, out, fanIn, fanOut),
        activation,
        normalized);
  }

  private Weighted weighted(
      String name, Kind kind, ConvLayer geometry, Shape shape, int out, int fanIn, int fanOut) {
    return new Weighted(
        name, kind, geometry.stride(), geometry.padding(), shape, out, fanIn, fanOut, kernel, bias);
  }

  private static int area(ConvLayer geometry) {
    return geometry.kernel() * geometry.kernel();
  }

  private static int overlap(ConvLayer geometry) {
    int along = (geometry.kernel() + geometry.stride() - 1) / geometry.stride();
    return along * along;
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
