package dev.idem.models.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The share of a sample that {@link Idempotent#coupled(Split, dev.idem.api.network.Network,
 * dev.idem.api.network.Network)} shifts its code by: k numbers a = A x, with A [k, n] of
 * orthonormal rows. The rest of the sample is x - A'a. Immutable.
 */
public final class Split {

  private static final double ORTHONORMAL = 1e-6;

  private final Shape shape;
  private final double[][] rows;
  private final String description;

  private Split(Shape shape, double[][] rows, String description) {
    this.shape = shape;
    this.rows = rows;
    this.description = description;
  }

  /**
   * The first k numbers of a sample, in row-major order.
   *
   * @param shape of a sample, n numbers
   * @param code k, positive and less than n
   */
  public static Split first(Shape shape, int code) {
    requireCode(shape, code);
    double[][] rows = new double[code][shape.size()];
    for (int i = 0; i < code; i++) {
      rows[i][i] = 1;
    }
    return new Split(shape, rows, "first " + code);
  }

  /**
   * An image's k cosines of lowest frequency: with u, v the frequencies along height and width in
   * half periods per image, those of least u^2 / h^2 + v^2 / w^2, every channel by itself (the
   * type-II discrete cosine transform; Ahmed, Natarajan and Rao, 1974). The rest of the image is
   * its detail.
   *
   * @param shape [h, w, c] of an image
   * @param code k, positive and less than h w c
   */
  public static Split cosines(Shape shape, int code) {
    return cosines(shape, code, Comparator.naturalOrder(), code + " cosines");
  }

  /**
   * An image's k cosines of highest frequency, as {@link #cosines} of lowest: there, natural images
   * hold next to nothing, so that the encoder decides the code nearly alone, and the rest is nearly
   * the image.
   *
   * @param shape [h, w, c] of an image
   * @param code k, positive and less than h w c
   */
  public static Split finestCosines(Shape shape, int code) {
    return cosines(shape, code, Comparator.reverseOrder(), code + " finest cosines");
  }

  private static Split cosines(
      Shape shape, int code, Comparator<Double> order, String description) {
    Require.argument(shape.rank() == 3, "shape %s must be [height, width, channels]", shape);
    requireCode(shape, code);
    List<int[]> frequencies = new ArrayList<>();
    for (int u = 0; u < shape.dimension(0); u++) {
      for (int v = 0; v < shape.dimension(1); v++) {
        for (int channel = 0; channel < shape.last(); channel++) {
          frequencies.add(new int[] {u, v, channel});
        }
      }
    }
    // The sort is stable, so that equal frequencies keep their order.
    frequencies.sort(Comparator.comparing(f -> squaredFrequency(shape, f), order));
    double[][] rows = new double[code][];
    Arrays.setAll(rows, i -> cosine(shape, frequencies.get(i)));
    return new Split(shape, rows, description);
  }

  private static double squaredFrequency(Shape shape, int[] frequency) {
    double u = (double) frequency[0] / shape.dimension(0);
    double v = (double) frequency[1] / shape.dimension(1);
    return u * u + v * v;
  }

  private static double[] cosine(Shape shape, int[] frequency) {
    double[] row = new double[shape.size()];
    int i = 0;
    for (int y = 0; y < shape.dimension(0); y++) {
      for (int x = 0; x < shape.dimension(1); x++) {
        row[i + frequency[2]] =
            cosine(frequency[0], y, shape.dimension(0))
                * cosine(frequency[1], x, shape.dimension(1));
        i += shape.last();
      }
    }
    return row;
  }

  private static double cosine(int frequency, int at, int size) {
    double scale = Math.sqrt((frequency == 0 ? 1.0 : 2.0) / size);
    return scale * Math.cos(Math.PI * frequency * (at + 0.5) / size);
  }

  /**
   * Any k directions, such as the principal components of the data.
   *
   * @param shape of a sample, n numbers
   * @param rows A, [k][n], orthonormal; k positive and less than n
   * @param description in words
   * @throws IllegalArgumentException if the rows are not orthonormal
   */
  public static Split of(Shape shape, double[][] rows, String description) {
    requireCode(shape, rows.length);
    double[][] copied = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      Require.argument(
          rows[i].length == shape.size(),
          "direction %s has %s numbers; a sample of shape %s has %s",
          i,
          rows[i].length,
          shape,
          shape.size());
      copied[i] = rows[i].clone();
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int t = 0; t < rows[i].length; t++) {
          product += rows[i][t] * rows[j][t];
        }
        Require.argument(
            Math.abs(product - (i == j ? 1 : 0)) < ORTHONORMAL,
            "directions %s and %s have the inner product %s; orthonormal ones have %s",
            j,
            i,
            product,
            i == j ? 1 : 0);
      }
    }
    return new Split(shape, copied, Require.notBlank("description of a split", description));
  }

  private static void requireCode(Shape shape, int code) {
    Require.positive("code", code);
    Require.argument(
        code < shape.size(),
        "code (%s) must be less than the %s numbers of a sample of shape %s",
        code,
        shape.size(),
        shape);
  }

  /** The shape of a sample. */
  public Shape shape() {
    return shape;
  }

  /** k. */
  public int code() {
    return rows.length;
  }

  /** a = A x of flat samples. */
  <T> T along(T x, NetworkAlgebra<T> ops) {
    int n = shape.size();
    double[] transposed = new double[n * rows.length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < rows.length; j++) {
        transposed[i * rows.length + j] = rows[j][i];
      }
    }
    return ops.matMul(x, ops.constant(Shape.of(n, rows.length), transposed));
  }

  /** A'a, flat samples again. */
  <T> T back(T a, NetworkAlgebra<T> ops) {
    double[] matrix = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return ops.matMul(a, ops.constant(Shape.of(rows.length, shape.size()), matrix));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Split that
        && shape.equals(that.shape)
        && description.equals(that.description)
        && Arrays.deepEquals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape, description, Arrays.deepHashCode(rows));
  }

  /** Such as {@code 16 cosines}. */
  @Override
  public String toString() {
    return description;
  }

  /**
   * An encoder E from n numbers to k and a decoder D from k to n, coupled along A [k, n] of a
   * split: what {@link Idempotent#coupled(Split, Network, Network)} and {@link Quantised} share.
   */
  record Halves(Split split, Network encoder, Network decoder) {

    Halves {
      requireSizes("encoder", encoder, split.shape().size(), split.code(), split);
      requireSizes("decoder", decoder, split.code(), split.shape().size(), split);
      Part.requireNoStatistics(encoder);
      Part.requireNoStatistics(decoder);
    }

    private static void requireSizes(String role, Network part, int from, int to, Split split) {
      Require.argument(
          part.shape().size() == from && part.outputShape().size() == to,
          "%s (%s) maps %s numbers to %s; for a split of %s into %s it must map %s to %s",
          role,
          part.description(),
          part.shape().size(),
          part.outputShape().size(),
          split.shape(),
          split,
          from,
          to);
    }

    /** The parameters of an encoder, then those of a decoder, under their prefixes. */
    static List<ParameterSpec> parameters(Network encoder, Network decoder) {
      return Stream.concat(
              Part.parameters("encoder.", encoder).stream(),
              Part.parameters("decoder.", decoder).stream())
          .toList();
    }

    /** z = A x + E(x - A'A x), flat. */
    <T> T code(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T sample = ops.reshape(x, Shape.of(split.shape().size()));
      T along = split.along(sample, ops);
      T rest = ops.subtract(sample, split.back(along, ops));
      return ops.add(along, Part.applyFlat("encoder.", encoder, rest, pass));
    }

    /** The point of code z: with r = D(z) - A'A D(z), A'(z - E(r)) + r, in the sample's shape. */
    <T> T point(T z, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T decoded = Part.applyFlat("decoder.", decoder, z, pass);
      T detail = ops.subtract(decoded, split.back(split.along(decoded, ops), ops));
      T kept = ops.subtract(z, Part.applyFlat("encoder.", encoder, detail, pass));
      return ops.reshape(ops.add(split.back(kept, ops), detail), split.shape());
    }

    /** Both descriptions. */
    String description() {
      return "(%s; %s)".formatted(encoder.description(), decoder.description());
    }
  }
}
