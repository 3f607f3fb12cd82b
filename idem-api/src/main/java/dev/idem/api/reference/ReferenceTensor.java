package dev.idem.api.reference;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An array of doubles with its shape, and how it was computed: what exact reverse-mode
 * differentiation needs. Immutable.
 */
public final class ReferenceTensor {

  /**
   * A tensor that another was computed from.
   *
   * @param input that tensor
   * @param pullback from the gradient at the computed tensor to the gradient at the input
   */
  record Edge(ReferenceTensor input, UnaryOperator<double[]> pullback) {}

  private final Shape shape;
  private final double[] values;
  private final List<Edge> edges;

  ReferenceTensor(Shape shape, double[] values, Edge... edges) {
    this.shape = shape;
    this.values = values;
    this.edges = List.of(edges);
  }

  /**
   * A tensor that was given, not computed.
   *
   * @param values row-major, {@code shape.size()} of them; copied
   */
  public static ReferenceTensor of(Shape shape, double... values) {
    Require.argument(
        values.length == shape.size(),
        "shape %s holds %s values, not %s",
        shape,
        shape.size(),
        values.length);
    return new ReferenceTensor(shape, values.clone());
  }

  /** A batch of samples, one row each, as [rows.length, ...sampleShape]. */
  public static ReferenceTensor batch(Shape sampleShape, double[][] rows) {
    Require.argument(rows.length > 0, "a batch needs at least one sample");
    int width = sampleShape.size();
    double[] values = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      Require.argument(
          rows[i].length == width,
          "sample %s has width %s, but shape %s has %s",
          i,
          rows[i].length,
          sampleShape,
          width);
      System.arraycopy(rows[i], 0, values, i * width, width);
    }
    return new ReferenceTensor(sampleShape.batched(rows.length), values);
  }

  /** The shape, batch axis and all. */
  public Shape shape() {
    return shape;
  }

  /** The elements, row-major, as a fresh array. */
  public double[] values() {
    return values.clone();
  }

  /** The only element of a tensor of size 1. */
  public double scalar() {
    Require.argument(values.length == 1, "a tensor of shape %s is not a scalar", shape);
    return values[0];
  }

  /** The elements without a copy, for this package, which does not write to them. */
  double[] data() {
    return values;
  }

  List<Edge> edges() {
    return edges;
  }
}
