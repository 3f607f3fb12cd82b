package dev.idem.api.reference;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.reference.ReferenceTensor.Edge;

/** Parts of samples, each sample taken as a row of numbers. */
final class Segments {

  private Segments() {}

  static ReferenceTensor slice(ReferenceTensor a, int from, int to) {
    int batch = a.shape().dimension(0);
    int width = a.data().length / batch;
    Require.argument(
        0 <= from && from < to && to <= width,
        "slice from %s to %s must be within the %s elements of a sample of %s",
        from,
        to,
        width,
        a.shape());
    int part = to - from;
    return new ReferenceTensor(
        Shape.of(batch, part),
        copied(batch, part, a.data(), width, from, part, 0),
        new Edge(a, g -> copied(batch, part, g, part, 0, width, from)));
  }

  static ReferenceTensor concat(ReferenceTensor a, ReferenceTensor b) {
    int batch = a.shape().dimension(0);
    Require.argument(
        b.shape().dimension(0) == batch,
        "concat needs as many samples of each, not %s and %s",
        a.shape(),
        b.shape());
    int first = a.data().length / batch;
    int second = b.data().length / batch;
    int width = first + second;
    double[] values = copied(batch, first, a.data(), first, 0, width, 0);
    copy(batch, second, b.data(), second, 0, values, width, first);
    return new ReferenceTensor(
        Shape.of(batch, width),
        values,
        new Edge(a, g -> copied(batch, first, g, width, 0, first, 0)),
        new Edge(b, g -> copied(batch, second, g, width, first, second, 0)));
  }

  /** Rows of {@code toWidth} zeros, with {@code count} numbers of each row of {@code from}. */
  private static double[] copied(
      int rows, int count, double[] from, int fromWidth, int fromStart, int toWidth, int toStart) {
    double[] to = new double[rows * toWidth];
    copy(rows, count, from, fromWidth, fromStart, to, toWidth, toStart);
    return to;
  }

  private static void copy(
      int rows,
      int count,
      double[] from,
      int fromWidth,
      int fromStart,
      double[] to,
      int toWidth,
      int toStart) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, i * fromWidth + fromStart, to, i * toWidth + toStart, count);
    }
  }
}
