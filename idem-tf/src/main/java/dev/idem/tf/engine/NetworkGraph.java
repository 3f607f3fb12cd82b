package dev.idem.tf.engine;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.training.Precision;
import dev.idem.tf.algebra.TensorFlowAlgebra;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A network's variables in a graph, and its applications to operands of that graph. */
final class NetworkGraph {

  /**
   * A variable that is given its value through a placeholder.
   *
   * @param variable holds it
   * @param fed what it is to be
   * @param assignment makes it so
   * @param value the variable, read once: everything is built on this, see the engine's rules
   */
  record FedVariable(
      Variable<TFloat32> variable,
      Placeholder<TFloat32> fed,
      Op assignment,
      Operand<TFloat32> value) {

    static FedVariable of(Ops tf, String name, long... dimensions) {
      org.tensorflow.ndarray.Shape shape = org.tensorflow.ndarray.Shape.of(dimensions);
      Variable<TFloat32> variable = tf.withName(name).variable(shape, TFloat32.class);
      Placeholder<TFloat32> fed =
          tf.withName(name + ".initial").placeholder(TFloat32.class, Placeholder.shape(shape));
      return new FedVariable(
          variable,
          fed,
          tf.withName(name + ".assign").assign(variable, fed),
          tf.withName(name + ".read").identity(variable));
    }

    int size() {
      return Math.toIntExact(variable.shape().size());
    }
  }

  /** A place's normalisation in one application: name and tensor to tensor. */
  @FunctionalInterface
  private interface Normalization {
    Operand<TFloat32> apply(String name, Operand<TFloat32> a);
  }

  private final Network network;
  private final TensorFlowAlgebra ops;
  private final RunningStatistics statistics;
  private final Map<String, FedVariable> variables = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> values = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> frozenValues = new LinkedHashMap<>();

  NetworkGraph(Ops tf, Network network, Precision precision) {
    this.network = network;
    this.ops = new TensorFlowAlgebra(tf, precision);
    this.statistics = new RunningStatistics(tf, ops, network.statistics());
    for (ParameterSpec parameter : network.parameters()) {
      String name = parameter.name();
      FedVariable variable = FedVariable.of(tf, name, parameter.shape().toLongArray());
      variables.put(name, variable);
      values.put(name, variable.value());
      frozenValues.put(name, tf.withName(name + ".frozen").stopGradient(variable.value()));
    }
  }

  Network network() {
    return network;
  }

  TensorFlowAlgebra ops() {
    return ops;
  }

  RunningStatistics statistics() {
    return statistics;
  }

  Variable<TFloat32> variable(String name) {
    return Require.known(variables.get(name), "parameter", name, variables.keySet()).variable();
  }

  /** The value to assign to each variable so that the network's state is {@code state}. */
  Map<FedVariable, double[]> assignments(NetworkState state) {
    Map<FedVariable, double[]> assigned = new LinkedHashMap<>();
    variables.forEach((name, variable) -> assigned.put(variable, state.parameter(name)));
    assigned.putAll(statistics.assignments(state));
    return assigned;
  }

  /** The value of each parameter as the forward passes read it: what gradients are taken at. */
  Map<String, Operand<TFloat32>> values() {
    return values;
  }

  /** x, f(x), ... in training, x being the objective's input of that name, with its target. */
  Iterates<Operand<TFloat32>> iterates(
      String input, Operand<TFloat32> x, @Nullable Operand<TFloat32> target) {
    return new Iterates<>(
        x,
        target,
        first -> applied(first, values, byBatch(input)),
        y -> applied(y, values, byBatch(BatchNormalization.OUTPUTS)),
        y -> applied(y, frozenValues, byBatch(BatchNormalization.OUTPUTS)));
  }

  private Normalization byBatch(String kind) {
    return (name, a) -> statistics.byBatch(kind, name, a);
  }

  /** f(x) in inference, for inputs of a kind. */
  Operand<TFloat32> infer(Operand<TFloat32> x, String kind) {
    return applied(x, values, (name, a) -> statistics.byRunning(kind, name, a));
  }

  /** f(x) by the statistics of x itself, which are not followed. */
  Operand<TFloat32> applyAsInTraining(Operand<TFloat32> x) {
    return applied(x, values, (name, a) -> BatchNormalization.ofBatch(a, ops).normalized());
  }

  private Operand<TFloat32> applied(
      Operand<TFloat32> x, Map<String, Operand<TFloat32>> read, Normalization normalization) {
    Require.argument(
        ops.sampleShape(x).equals(network.shape()),
        "network (%s) takes samples of shape %s, not %s",
        network.description(),
        network.shape(),
        ops.sampleShape(x));
    Operand<TFloat32> y = network.apply(x, new Pass(ops, read, normalization));
    Require.argument(
        y != null,
        "network (%s) gave null; return a tensor of the shape of its input",
        network.description());
    Shape shape = ops.sampleShape(y);
    Require.argument(
        shape.equals(network.outputShape()),
        "network (%s) maps samples of shape %s to %s; %s",
        network.description(),
        network.shape(),
        shape,
        network.outputShape().equals(network.shape())
            ? "an idempotent map keeps the shape"
            : "its outputShape() is " + network.outputShape());
    return y;
  }

  private record Pass(
      TensorFlowAlgebra algebra, Map<String, Operand<TFloat32>> values, Normalization normalization)
      implements ForwardPass<Operand<TFloat32>> {
    @Override
    public NetworkAlgebra<Operand<TFloat32>> ops() {
      return algebra;
    }

    @Override
    public Operand<TFloat32> parameter(String name) {
      return Require.known(values.get(name), "parameter", name, values.keySet());
    }

    @Override
    public Operand<TFloat32> normalizeBatch(String name, Operand<TFloat32> a) {
      return normalization.apply(name, a);
    }
  }
}
