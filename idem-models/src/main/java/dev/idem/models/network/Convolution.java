package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.ParameterSpec;
import java.util.List;
import java.util.Optional;

/**
 * activation(convolution + b), or its transpose.
 *
 * <p>A number of the larger image reaches ceil(kernel / stride)^2 places of the smaller one, a
 * number of the smaller image kernel^2 places of the larger one: hence the fans. PyTorch reckons a
 * transposed convolution's fanIn from the kernel's layout alone, as kernel^2 out, which does not
 * keep a layer's power.
 */
record Convolution(Weights weights, ConvLayer geometry, boolean transposed, Activation activation)
    implements Layer {

  static Convolution of(
      int index,
      int in,
      ConvLayer geometry,
      Activation activation,
      Initializer kernel,
      Optional<Initializer> bias) {
    int out = geometry.channels();
    Shape shape = Shape.of(geometry.kernel(), geometry.kernel(), in, out);
    Weights weights =
        new Weights(
            "conv." + index,
            shape,
            out,
            area(geometry) * in,
            overlap(geometry) * out,
            kernel,
            bias);
    return new Convolution(weights, geometry, false, activation);
  }

  /** The transpose of a convolution from {@code out} channels with this geometry. */
  static Convolution transposed(
      int index,
      ConvLayer geometry,
      int out,
      Activation activation,
      Initializer kernel,
      Optional<Initializer> bias) {
    int in = geometry.channels();
    Shape shape = Shape.of(geometry.kernel(), geometry.kernel(), out, in);
    Weights weights =
        new Weights(
            "deconv." + index,
            shape,
            out,
            overlap(geometry) * in,
            area(geometry) * out,
            kernel,
            bias);
    return new Convolution(weights, geometry, true, activation);
  }

  private static int area(ConvLayer geometry) {
    return geometry.kernel() * geometry.kernel();
  }

  private static int overlap(ConvLayer geometry) {
    int along = (geometry.kernel() + geometry.stride() - 1) / geometry.stride();
    return along * along;
  }

  Convolution withActivation(Activation other) {
    return new Convolution(weights, geometry, transposed, other);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return weights.parameters();
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    T kernel = weights.kernel(pass);
    int stride = geometry.stride();
    int padding = geometry.padding();
    T sum =
        transposed
            ? pass.ops().conv2dTranspose(x, kernel, stride, padding)
            : pass.ops().conv2d(x, kernel, stride, padding);
    return weights.finish(sum, activation, pass);
  }
}
