package dev.idem.api.reference;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;

/**
 * The linear map of a two-dimensional convolution, its transpose, and its gradient at the kernel:
 * all three walk the same pairs of input and output positions.
 *
 * @param inputShape [batch, h, w, in]
 * @param kernelShape [kh, kw, in, out]
 * @param outputShape [batch, h', w', out]
 */
record Convolution(
    Shape inputShape, Shape kernelShape, Shape outputShape, int stride, int padding) {

  /** The convolution of an input of this shape. */
  static Convolution of(Shape input, Shape kernel, int stride, int padding) {
    requireLayout("conv2d", input, kernel, 2, stride, padding);
    int height = outputSize(input.dimension(1), kernel.dimension(0), stride, padding);
    int width = outputSize(input.dimension(2), kernel.dimension(1), stride, padding);
    Require.argument(
        height > 0 && width > 0,
        "conv2d kernel %s is larger than its padded input %s (padding %s)",
        kernel,
        input,
        padding);
    Shape output = Shape.of(input.dimension(0), height, width, kernel.dimension(3));
    return new Convolution(input, kernel, output, stride, padding);
  }

  /** The convolution whose transpose takes a tensor of this shape. */
  static Convolution transposedBy(Shape output, Shape kernel, int stride, int padding) {
    requireLayout("conv2dTranspose", output, kernel, 3, stride, padding);
    int height = (output.dimension(1) - 1) * stride - 2 * padding + kernel.dimension(0);
    int width = (output.dimension(2) - 1) * stride - 2 * padding + kernel.dimension(1);
    Require.argument(
        height > 0 && width > 0,
        "conv2dTranspose of %s by kernel %s with padding %s leaves nothing",
        output,
        kernel,
        padding);
    Shape input = Shape.of(output.dimension(0), height, width, kernel.dimension(2));
    return new Convolution(input, kernel, output, stride, padding);
  }

  private static int outputSize(int input, int kernel, int stride, int padding) {
    return Math.floorDiv(input + 2 * padding - kernel, stride) + 1;
  }

  private static void requireLayout(
      String name, Shape images, Shape kernel, int channelAxis, int stride, int padding) {
    Require.positive("stride", stride);
    Require.notNegative("padding", (long) padding);
    Require.argument(
        images.rank() == 4 && kernel.rank() == 4 && images.last() == kernel.dimension(channelAxis),
        "%s cannot apply kernel %s to %s",
        name,
        kernel,
        images);
  }

  /** Input to output. */
  double[] apply(double[] input, double[] kernel) {
    double[] output = new double[outputShape.size()];
    walk((in, k, out) -> output[out] += input[in] * kernel[k]);
    return output;
  }

  /** Output to input: the adjoint of {@link #apply}. */
  double[] transpose(double[] output, double[] kernel) {
    double[] input = new double[inputShape.size()];
    walk((in, k, out) -> input[in] += output[out] * kernel[k]);
    return input;
  }

  /** The gradient at the kernel of the inner product of {@code output} with apply(input). */
  double[] kernelGradient(double[] input, double[] output) {
    double[] gradient = new double[kernelShape.size()];
    walk((in, k, out) -> gradient[k] += input[in] * output[out]);
    return gradient;
  }

  private interface Visit {
    void at(int input, int kernel, int output);
  }

  private void walk(Visit visit) {
    for (int n = 0; n < outputShape.dimension(0); n++) {
      for (int y = 0; y < outputShape.dimension(1); y++) {
        for (int x = 0; x < outputShape.dimension(2); x++) {
          walkWindow(n, y, x, visit);
        }
      }
    }
  }

  private void walkWindow(int n, int y, int x, Visit visit) {
    int out = index(outputShape, n, y, x);
    for (int ky = 0; ky < kernelShape.dimension(0); ky++) {
      int inY = y * stride + ky - padding;
      for (int kx = 0; kx < kernelShape.dimension(1); kx++) {
        int inX = x * stride + kx - padding;
        boolean inside =
            inY >= 0 && inY < inputShape.dimension(1) && inX >= 0 && inX < inputShape.dimension(2);
        if (inside) {
          walkChannels(index(inputShape, n, inY, inX), ky, kx, out, visit);
        }
      }
    }
  }

  private void walkChannels(int in, int ky, int kx, int out, Visit visit) {
    int outputs = kernelShape.dimension(3);
    for (int ci = 0; ci < kernelShape.dimension(2); ci++) {
      int k = ((ky * kernelShape.dimension(1) + kx) * kernelShape.dimension(2) + ci) * outputs;
      for (int co = 0; co < outputs; co++) {
        visit.at(in + ci, k + co, out + co);
      }
    }
  }

  private static int index(Shape shape, int n, int y, int x) {
    return ((n * shape.dimension(1) + y) * shape.dimension(2) + x) * shape.dimension(3);
  }
}
