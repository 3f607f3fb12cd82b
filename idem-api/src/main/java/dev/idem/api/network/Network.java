package dev.idem.api.network;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import java.util.List;

/**
 * A parametrised map f. What is made idempotent maps samples of one shape to samples of the same
 * shape; only a map that is trained on targets alone, such as a classifier, may give outputs of
 * another. A definition holds no values and knows no engine; {@link #apply} is generic, so that one
 * definition runs on each.
 */
public interface Network {

  /**
   * The shape of one input sample, and of one output sample unless {@link #outputShape} differs.
   */
  Shape shape();

  /**
   * The shape of one output sample: that of the input, unless f cannot be applied to its outputs.
   */
  default Shape outputShape() {
    return shape();
  }

  /** The trainable tensors, in a fixed order, with unique names. */
  List<ParameterSpec> parameters();

  /**
   * f(x).
   *
   * @param x [batch, ...shape]
   * @return [batch, ...outputShape]
   */
  <T> T apply(T x, ForwardPass<T> pass);

  /** A line that tells a reader the architecture, such as {@code mlp 16-64-64-16 leaky-relu}. */
  String description();

  /**
   * The places that normalise by batch statistics, in a fixed order, with unique names; none unless
   * a network says otherwise.
   */
  default List<StatisticsSpec> statistics() {
    return List.of();
  }

  /** The number of trainable values. */
  default long parameterCount() {
    return parameters().stream().mapToLong(parameter -> parameter.shape().size()).sum();
  }
}
