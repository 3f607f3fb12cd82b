package dev.idem.models.network;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The geometry of one convolution of an encoder, and of the transposed convolution that mirrors it.
 *
 * @param channels the number of output channels, positive
 * @param kernel the size of the square kernel along each axis, positive
 * @param stride the step along both axes, positive
 * @param padding zeros added on every side, not negative and less than {@code kernel}
 */
public record ConvLayer(int channels, int kernel, int stride, int padding) {

  public ConvLayer {
    Require.positive("channels", channels);
    Require.positive("kernel", kernel);
    Require.positive("stride", stride);
    Require.notNegative("padding", (long) padding);
    Require.argument(
        padding < kernel, "padding (%s) must be less than the kernel (%s)", padding, kernel);
  }

  /**
   * The shape of the output for images of shape {@code input} [h, w, in]: [(h + 2 padding - kernel)
   * / stride + 1, likewise for w, channels].
   *
   * @throws IllegalArgumentException if the transposed convolution does not give h and w back
   */
  Shape output(Shape input) {
    return Shape.of(
        outputSize("height", input.dimension(0)),
        outputSize("width", input.dimension(1)),
        channels);
  }

  /** The shape of the output of {@code layers}, first to last. */
  static Shape output(Shape input, List<ConvLayer> layers) {
    Shape output = input;
    for (ConvLayer layer : layers) {
      output = layer.output(output);
    }
    return output;
  }

  /** The output channels of {@code layers}, such as {@code 16-32}. */
  static String channels(List<ConvLayer> layers) {
    return layers.stream().map(layer -> "" + layer.channels).collect(Collectors.joining("-"));
  }

  private int outputSize(String axis, int size) {
    int travel = size + 2 * padding - kernel;
    Require.argument(
        travel >= 0,
        "%s (%s) is too small for %s: at least %s is needed",
        axis,
        size,
        this,
        kernel - 2 * padding);
    int output = travel / stride + 1;
    int back = (output - 1) * stride - 2 * padding + kernel;
    Require.argument(
        back == size,
        "%s %s becomes %s under %s, which its mirror image takes to %s:"
            + " choose kernel and padding so that stride divides %s + 2 padding - kernel",
        axis,
        size,
        output,
        this,
        back,
        size);
    return output;
  }

  /** Written {@code 4x4/2/1 to 16 channels}: kernel, stride, padding. */
  @Override
  public String toString() {
    return kernel + "x" + kernel + "/" + stride + "/" + padding + " to " + channels + " channels";
  }
}
