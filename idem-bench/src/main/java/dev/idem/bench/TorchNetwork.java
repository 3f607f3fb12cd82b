package dev.idem.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.idem.api.algebra.Activation;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.bench.Workload.Net;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The networks of {@link Net} as one would write them in PyTorch: its linear layer, its
 * convolutions, its batch normalisation, channels first.
 */
final class TorchNetwork {

  /** A layer on weights by name, with the prefix of its own. */
  private record Layer(String name, Kernel kernel, boolean normalized, Activation activation) {}

  private sealed interface Kernel {
    record Dense() implements Kernel {}

    record Convolution(int stride, int padding) implements Kernel {}

    record Transposed(TransposedConvolution script) implements Kernel {}
  }

  private final Net net;
  private final List<Layer> layers;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final Map<String, NDArray> running = new LinkedHashMap<>();

  /**
   * The network on weights of its own.
   *
   * @param initial by idem's names, in idem's layouts
   */
  TorchNetwork(Net net, Map<String, float[]> initial, NDManager manager) {
    this.net = net;
    layers =
        switch (net) {
          case MLP_64, MLP_784 -> mlp(3);
          case DEEP_MLP -> mlp(10);
          case DCGAN_28 -> dcgan();
        };
    net.network()
        .parameters()
        .forEach(
            spec -> {
              Layout layout = Layout.of(spec.name(), spec.shape().toLongArray());
              float[] values =
                  Require.known(initial.get(spec.name()), "weight", spec.name(), initial.keySet());
              NDArray weight = manager.create(layout.toTorch(values), layout.torch());
              weight.setRequiresGradient(true);
              weights.put(spec.name(), weight);
            });
    net.network()
        .statistics()
        .forEach(
            place -> {
              Shape channels = new Shape(place.channels());
              running.put(place.name() + ".mean", manager.zeros(channels));
              running.put(place.name() + ".variance", manager.ones(channels));
            });
  }

  private static List<Layer> mlp(int depth) {
    return IntStream.range(0, depth)
        .mapToObj(
            i ->
                new Layer(
                    "dense." + i,
                    new Kernel.Dense(),
                    false,
                    i < depth - 1 ? Activation.LEAKY_RELU : Activation.IDENTITY))
        .toList();
  }

  private static List<Layer> dcgan() {
    TransposedConvolution plain = new TransposedConvolution(1, 0);
    TransposedConvolution doubling = new TransposedConvolution(2, 1);
    Kernel halved = new Kernel.Convolution(2, 1);
    return List.of(
        new Layer("conv.0", halved, false, Activation.LEAKY_RELU),
        new Layer("conv.1", halved, true, Activation.LEAKY_RELU),
        new Layer("conv.2", halved, true, Activation.LEAKY_RELU),
        new Layer("conv.3", new Kernel.Convolution(1, 0), false, Activation.IDENTITY),
        new Layer("deconv.0", new Kernel.Transposed(plain), true, Activation.RELU),
        new Layer("deconv.1", new Kernel.Transposed(doubling), true, Activation.RELU),
        new Layer("deconv.2", new Kernel.Transposed(doubling), true, Activation.RELU),
        new Layer("deconv.3", new Kernel.Transposed(doubling), false, Activation.TANH));
  }

  Map<String, NDArray> weights() {
    return weights;
  }

  /** The weights in idem's layouts. */
  Map<String, float[]> inIdemsLayout() {
    Map<String, float[]> values = new LinkedHashMap<>();
    net.network()
        .parameters()
        .forEach(
            spec ->
                values.put(
                    spec.name(),
                    Layout.of(spec.name(), spec.shape().toLongArray())
                        .toIdem(weight(spec.name()).toFloatArray())));
    return values;
  }

  /** f(x), through which gradients reach the weights. */
  NDArray apply(NDArray x) {
    return apply(x, this::weight);
  }

  /** f(x) by weights that gradients do not reach. */
  NDArray applyFrozen(NDArray x) {
    return apply(x, name -> weight(name).stopGradient());
  }

  private NDArray weight(String name) {
    return Require.known(weights.get(name), "weight", name, weights.keySet());
  }

  private NDArray apply(NDArray x, Function<String, NDArray> weight) {
    NDArray y = x;
    for (Layer layer : layers) {
      y = product(layer, y, weight);
      if (layer.normalized()) {
        String place = layer.name() + ".normalization";
        y =
            y.getNDArrayInternal()
                .batchNorm(
                    y,
                    statistic(place + ".mean"),
                    statistic(place + ".variance"),
                    weight.apply(place + ".scale"),
                    weight.apply(place + ".shift"),
                    1,
                    1 - (float) BatchNormalization.MOMENTUM,
                    (float) BatchNormalization.EPSILON,
                    true)
                .singletonOrThrow();
      }
      y = activation(layer.activation()).apply(y);
    }
    return y;
  }

  private NDArray statistic(String name) {
    return Require.known(running.get(name), "statistic", name, running.keySet());
  }

  private static NDArray product(Layer layer, NDArray x, Function<String, NDArray> weight) {
    NDArray kernel = weight.apply(layer.name() + ".kernel");
    NDArray bias = weight.apply(layer.name() + ".bias");
    if (layer.kernel() instanceof Kernel.Convolution geometry) {
      Shape stride = new Shape(geometry.stride(), geometry.stride());
      Shape padding = new Shape(geometry.padding(), geometry.padding());
      return x.getNDArrayInternal()
          .convolution(x, kernel, bias, stride, padding, new Shape(1, 1), 1)
          .singletonOrThrow();
    }
    if (layer.kernel() instanceof Kernel.Transposed transposed) {
      return transposed.script().apply(x, kernel, bias);
    }
    return x.getNDArrayInternal().linear(x, kernel, bias).singletonOrThrow();
  }

  private static UnaryOperator<NDArray> activation(Activation activation) {
    return switch (activation) {
      case IDENTITY -> a -> a;
      case RELU -> a -> a.getNDArrayInternal().relu();
      case LEAKY_RELU -> a -> a.getNDArrayInternal().leakyRelu((float) Activation.LEAKY_SLOPE);
      case TANH -> NDArray::tanh;
      default -> throw new IllegalArgumentException("no network here has " + activation);
    };
  }

  /**
   * A permutation of axes between the two engines.
   *
   * @param idem the shape there
   * @param axes of idem's that are PyTorch's, in order
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Layout(long[] idem, int[] axes) {

    static Layout of(String name, long[] shape) {
      if (!name.endsWith(".kernel")) {
        return new Layout(shape, new int[] {0});
      }
      // [in, out] to [out, in]; [k, k, in, out] to [out, in, k, k], or, transposed, [k, k, out, in]
      // to [in, out, k, k]: the same permutation.
      return new Layout(shape, shape.length == 2 ? new int[] {1, 0} : new int[] {3, 2, 0, 1});
    }

    Shape torch() {
      return new Shape(IntStream.of(axes).mapToLong(axis -> idem[axis]).toArray());
    }

    float[] toTorch(float[] values) {
      float[] permuted = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        permuted[i] = values[indexInIdem(i)];
      }
      return permuted;
    }

    float[] toIdem(float[] values) {
      float[] permuted = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        permuted[indexInIdem(i)] = values[i];
      }
      return permuted;
    }

    private int indexInIdem(int inTorch) {
      long[] place = new long[axes.length];
      int rest = inTorch;
      for (int i = axes.length - 1; i >= 0; i--) {
        long size = idem[axes[i]];
        place[axes[i]] = rest % size;
        rest = (int) (rest / size);
      }
      long index = 0;
      for (int axis = 0; axis < idem.length; axis++) {
        index = index * idem[axis] + place[axis];
      }
      return (int) index;
    }
  }
}
