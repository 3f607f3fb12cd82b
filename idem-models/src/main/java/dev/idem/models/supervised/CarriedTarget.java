package dev.idem.models.supervised;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * F([x, t]) = [f(x), t]: a map f on pairs of an input and its target. The target is carried along,
 * so that a target that differs from the input reaches the loss. F is idempotent if and only if f
 * is.
 *
 * <p>Pairs are flat, [2 n] for samples of f of n numbers; parameters are those of f.
 *
 * @param map f
 */
public record CarriedTarget(Network map) implements Network {

  @Override
  public Shape shape() {
    return Shape.of(2 * map.shape().size());
  }

  @Override
  public List<ParameterSpec> parameters() {
    return map.parameters();
  }

  @Override
  public List<StatisticsSpec> statistics() {
    return map.statistics();
  }

  @Override
  public <T> T apply(T pairs, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    int width = map.shape().size();
    T x = ops.reshape(ops.slice(pairs, 0, width), map.shape());
    return ops.concat(map.apply(x, pass), ops.slice(pairs, width, 2 * width));
  }

  @Override
  public String description() {
    return map.description() + ", target carried";
  }

  /**
   * f on rows [m][n], from F on pairs [m][2 n]. What is carried in place of targets is zero.
   *
   * @param onPairs F, such as a trained network's {@code apply}
   */
  public UnaryOperator<float[][]> onInputs(UnaryOperator<float[][]> onPairs) {
    return rows -> {
      float[][] pairs = new float[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        pairs[i] = PairedSource.pair(rows[i], new float[rows[i].length]);
      }
      return PairedSource.inputs(onPairs.apply(pairs));
    };
  }
}
