package dev.idem.api.algebra;

import dev.idem.api.check.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The size of a tensor along each axis, outermost first; a scalar has none. Images are [height,
 * width, channels]. Where a method speaks of a sample's shape, the batch axis is not in it.
 *
 * @param dimensions each at least 1
 */
public record Shape(List<Integer> dimensions) {

  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    dimensions = List.copyOf(dimensions);
    for (int dimension : dimensions) {
      Require.argument(dimension > 0, "shape %s must have positive dimensions", dimensions);
    }
    long size = dimensions.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    Require.argument(
        size <= Integer.MAX_VALUE, "shape %s must hold fewer than 2^31 elements", dimensions);
  }

  /** The shape with these dimensions. */
  public static Shape of(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /** The number of axes. */
  public int rank() {
    return dimensions.size();
  }

  /** The size along {@code axis}. */
  public int dimension(int axis) {
    return dimensions.get(axis);
  }

  /** The size along the innermost axis. */
  public int last() {
    return dimensions.get(rank() - 1);
  }

  /** The number of elements: the product of the dimensions. */
  public int size() {
    return dimensions.stream().mapToInt(Integer::intValue).reduce(1, (a, b) -> a * b);
  }

  /**
   * Whether a row-major row means the same in both shapes: they are the same but for dimensions of
   * 1, or hold as many elements and one of them is flat. [16, 16, 3] and [3, 16, 16] differ: their
   * rows are as long, and in another order.
   */
  public boolean sameRows(Shape other) {
    List<Integer> own = withoutOnes();
    List<Integer> others = other.withoutOnes();
    return own.equals(others)
        || (size() == other.size() && Math.min(own.size(), others.size()) <= 1);
  }

  private List<Integer> withoutOnes() {
    return dimensions.stream().filter(dimension -> dimension > 1).toList();
  }

  /** This shape with an axis of size {@code count} prepended. */
  public Shape batched(int count) {
    return new Shape(
        Stream.concat(Stream.of(count), dimensions.stream()).collect(Collectors.toList()));
  }

  /** This shape without its first axis. */
  public Shape unbatched() {
    return new Shape(dimensions.subList(1, rank()));
  }

  /** The dimensions as a fresh array. */
  public int[] toArray() {
    return dimensions.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The dimensions as a fresh array of {@code long}. */
  public long[] toLongArray() {
    return dimensions.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Written [28, 28, 1]. */
  @Override
  public String toString() {
    return IntStream.of(toArray())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
