package dev.idem.tf.engine;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A network and a strategy that between them use every operation of the algebra. */
final class EveryOperation {

  private static final Shape IMAGE = Shape.of(4, 4, 2);

  /** The operations that were used: names of methods of the algebra. */
  private final Set<String> used = new TreeSet<>();

  Set<String> used() {
    return used;
  }

  Network network() {
    return new EveryNetwork();
  }

  IdempotencyStrategy strategy() {
    return new EveryStrategy();
  }

  @SuppressWarnings("unchecked") // the proxy is of the algebra's own interface
  private <A extends TensorAlgebra<?>> A recorded(Class<?> type, A algebra) {
    return (A)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              used.add(method.getName());
              try {
                return method.invoke(algebra, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private final class EveryNetwork implements Network {
    @Override
    public Shape shape() {
      return IMAGE;
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(
          parameter("down", Shape.of(2, 2, 2, 4)),
          parameter("dense", Shape.of(36, 36)),
          parameter("bias", Shape.of(36)),
          parameter("scale", Shape.of(4)),
          parameter("pointwise", Shape.of(1, 1, 4, 4)),
          parameter("up", Shape.of(2, 2, 2, 4)));
    }

    private ParameterSpec parameter(String name, Shape shape) {
      return new ParameterSpec(
          name,
          shape,
          8,
          8,
          (spec, random) -> random.doubles(spec.shape().size(), -0.3, 0.3).toArray());
    }

    @Override
    public List<StatisticsSpec> statistics() {
      return List.of(new StatisticsSpec("norm", 4));
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = recorded(NetworkAlgebra.class, pass.ops());
      T small = pass.normalizeBatch("norm", ops.conv2d(x, pass.parameter("down"), 2, 1));
      T flat = ops.matMul(ops.reshape(small, Shape.of(36)), pass.parameter("dense"));
      for (Activation activation : Activation.values()) {
        flat = ops.activate(ops.addBias(flat, pass.parameter("bias")), activation);
      }
      T image = ops.normalizeGroups(ops.reshape(flat, Shape.of(3, 3, 4)), 2, 1e-5);
      T scaled = ops.scaleChannels(image, pass.parameter("scale"));
      T centred = ops.addBias(scaled, ops.multiply(ops.channelMean(image), -1));
      T shifted = ops.addBias(centred, ops.constant(Shape.of(4), 1, 2, 3, 4));
      T halves = ops.concat(ops.slice(shifted, 0, 8), ops.slice(shifted, 8, 36));
      T pointwise = pass.parameter("pointwise");
      T sparse = ops.conv2d(ops.reshape(halves, Shape.of(3, 3, 4)), pointwise, 2, 0);
      T classes = ops.logSoftmax(ops.conv2dTranspose(sparse, pointwise, 2, 0));
      T rounded = ops.add(classes, ops.round(classes));
      return ops.conv2dTranspose(rounded, pass.parameter("up"), 2, 1);
    }

    @Override
    public String description() {
      return "every operation";
    }
  }

  private final class EveryStrategy implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> plain) {
      TensorAlgebra<T> ops = recorded(TensorAlgebra.class, plain);
      T y = f.output();
      T target = ops.stopGradient(f.applyFrozen(y));
      T sum = ops.add(ops.square(ops.subtract(y, target)), ops.abs(y));
      T ratio = ops.divide(sum, ops.sqrt(ops.add(ops.square(y), 1)));
      T bounded = ops.maximum(ops.minimum(ops.tanh(ratio), 0.9), -0.9);
      T weighted = ops.multiplyPerSample(bounded, ops.sumPerSample(ops.multiply(y, target)));
      int samples = ops.batchSize(weighted) * ops.sampleShape(weighted).size();
      return new Loss<>(ops.add(ops.mean(weighted), ops.multiply(ops.sum(bounded), 1.0 / samples)));
    }
  }
}
