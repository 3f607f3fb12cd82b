package dev.idem.onnx;

import dev.idem.api.algebra.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value of an ONNX graph: an input, an initializer, or the output of a node.
 *
 * @param dimensions in idem's layout, images being [batch, h, w, channels]; the first is {@link
 *     #BATCH} if it is the batch's
 * @param channelsFirst whether the graph has it as [batch, channels, h, w], ONNX's layout
 */
record OnnxValue(String name, List<Integer> dimensions, boolean channelsFirst) {

  /** The size of the batch axis, which a graph leaves open. */
  static final int BATCH = -1;

  OnnxValue {
    dimensions = List.copyOf(dimensions);
  }

  /** A value in idem's layout, of samples of this shape. */
  static OnnxValue of(String name, int first, Shape sample) {
    List<Integer> dimensions = new ArrayList<>();
    dimensions.add(first);
    dimensions.addAll(sample.dimensions());
    return new OnnxValue(name, dimensions, false);
  }

  int rank() {
    return dimensions.size();
  }

  /** The size of the first axis, or {@link #BATCH}. */
  int first() {
    return dimensions.get(0);
  }

  int channels() {
    return dimensions.get(rank() - 1);
  }

  Shape sample() {
    return new Shape(dimensions.subList(1, rank()));
  }

  /** Written [batch, 28, 28, 1]. */
  @Override
  public String toString() {
    return dimensions.stream()
        .map(dimension -> dimension == BATCH ? "batch" : dimension.toString())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
