package dev.idem.generative.noise;

import java.util.function.Consumer;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * The discrete Fourier transform of a plane [h, w] of complex numbers, in place; real and imaginary
 * parts alternate. Forward F(u, v) = sum over (y, x) of f(y, x) exp(-2 pi i (u y / h + v x / w)),
 * inverse with the factor 1 / (h w).
 *
 * <p>Rows first, then columns, rather than by the library's transform of two dimensions: that one
 * changes its own fields while it works, starts threads that outlive the caller for planes of
 * 65,536 numbers, and refuses a size of 1. The transform of one dimension uses no threads below
 * 8,192.
 */
final class PlaneTransform {

  private final int height;
  private final int width;
  private final DoubleFFT_1D alongRow;
  private final DoubleFFT_1D alongColumn;

  PlaneTransform(int height, int width) {
    this.height = height;
    this.width = width;
    this.alongRow = new DoubleFFT_1D(width);
    this.alongColumn = new DoubleFFT_1D(height);
  }

  void forward(double[] plane) {
    for (int y = 0; y < height; y++) {
      alongRow.complexForward(plane, 2 * width * y);
    }
    columns(plane, alongColumn::complexForward);
  }

  void inverse(double[] plane) {
    for (int y = 0; y < height; y++) {
      alongRow.complexInverse(plane, 2 * width * y, true);
    }
    columns(plane, column -> alongColumn.complexInverse(column, true));
  }

  private void columns(double[] plane, Consumer<double[]> transform) {
    double[] column = new double[2 * height];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(plane, 2 * (width * y + x), column, 2 * y, 2);
      }
      transform.accept(column);
      for (int y = 0; y < height; y++) {
        System.arraycopy(column, 2 * y, plane, 2 * (width * y + x), 2);
      }
    }
  }
}
