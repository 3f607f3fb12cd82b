package dev.idem.api.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.ParameterSpec.Initializer;
import java.util.ArrayList;
import java.util.List;

/** A plain multi-layer perceptron for tests. */
public record DenseNetwork(Activation activation, List<Integer> widths) implements Network {

  public DenseNetwork(Activation activation, Integer... widths) {
    this(activation, List.of(widths));
  }

  /** A linear map without bias. */
  public static DenseNetwork linear(int width) {
    return new DenseNetwork(Activation.IDENTITY, width, width);
  }

  @Override
  public Shape shape() {
    return Shape.of(widths.get(0));
  }

  @Override
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> parameters = new ArrayList<>();
    for (int i = 0; i + 1 < widths.size(); i++) {
      int in = widths.get(i);
      int out = widths.get(i + 1);
      parameters.add(new ParameterSpec("kernel." + i, Shape.of(in, out), in, out, uniform(in)));
      if (widths.size() > 2) {
        parameters.add(new ParameterSpec("bias." + i, Shape.of(out), in, out, uniform(in)));
      }
    }
    return parameters;
  }

  private static Initializer uniform(int fanIn) {
    double bound = 1 / Math.sqrt(fanIn);
    return (parameter, random) -> random.doubles(parameter.shape().size(), -bound, bound).toArray();
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    T y = x;
    for (int i = 0; i + 1 < widths.size(); i++) {
      y = pass.ops().matMul(y, pass.parameter("kernel." + i));
      if (widths.size() > 2) {
        y = pass.ops().addBias(y, pass.parameter("bias." + i));
        y = i + 2 < widths.size() ? pass.ops().activate(y, activation) : y;
      }
    }
    return y;
  }

  @Override
  public String description() {
    return "dense " + widths + " " + activation.label();
  }
}
