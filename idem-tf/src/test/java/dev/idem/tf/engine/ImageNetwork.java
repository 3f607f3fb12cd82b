package dev.idem.tf.engine;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;

/** Small images to themselves: a convolution, two dense layers, a transposed convolution. */
record ImageNetwork() implements Network {

  private static final int CODE = 5;

  @Override
  public Shape shape() {
    return Shape.of(4, 6, 1);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        parameter("down", Shape.of(4, 4, 1, 4), 16),
        parameter("in", Shape.of(24, CODE), 24),
        parameter("bias", Shape.of(CODE), 24),
        parameter("out", Shape.of(CODE, 24), CODE),
        parameter("up", Shape.of(4, 4, 1, 4), 16));
  }

  private static ParameterSpec parameter(String name, Shape shape, int fanIn) {
    double bound = 1 / Math.sqrt(fanIn);
    return new ParameterSpec(
        name,
        shape,
        fanIn,
        fanIn,
        (spec, random) -> random.doubles(spec.shape().size(), -bound, bound).toArray());
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T small = ops.activate(ops.conv2d(x, pass.parameter("down"), 2, 1), Activation.LEAKY_RELU);
    T flat = ops.reshape(small, Shape.of(24));
    T code = ops.addBias(ops.matMul(flat, pass.parameter("in")), pass.parameter("bias"));
    T image = ops.reshape(ops.matMul(code, pass.parameter("out")), Shape.of(2, 3, 4));
    return ops.tanh(ops.conv2dTranspose(image, pass.parameter("up"), 2, 1));
  }

  @Override
  public String description() {
    return "small images";
  }
}
