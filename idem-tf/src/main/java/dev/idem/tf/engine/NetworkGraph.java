package dev.idem.tf.engine;

import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ForwardPass.Bound;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.training.EngineOptions.Precision;
import dev.idem.tf.tape.CustomGradients;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
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

  private final Network network;
  private final TensorFlowAlgebra ops;
  private final RunningStatistics statistics;
  private final Map<String, FedVariable> variables = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> values = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> frozenValues = new LinkedHashMap<>();

  NetworkGraph(Ops tf, Network network, Precision precision, @Nullable CustomGradients onCpu) {
    this.network = network;
    this.ops = new TensorFlowAlgebra(tf, precision, onCpu);
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
        training(values, input)::apply,
        training(values, BatchNormalization.OUTPUTS)::apply,
        training(frozenValues, BatchNormalization.OUTPUTS)::apply);
  }

  private Bound<Operand<TFloat32>> training(Map<String, Operand<TFloat32>> read, String kind) {
    return bound(read, (place, a) -> statistics.byBatch(kind, place, a));
  }

  /** f(x) in inference, for inputs of a kind. */
  Operand<TFloat32> infer(Operand<TFloat32> x, String kind) {
    return bound(values, (place, a) -> statistics.byRunning(kind, place, a)).apply(x);
  }

  /** f(x) by the statistics of x itself, which are not followed. */
  Operand<TFloat32> applyAsInTraining(Operand<TFloat32> x) {
    return bound(values, (place, a) -> BatchNormalization.ofBatch(a, ops).normalized()).apply(x);
  }

  private Bound<Operand<TFloat32>> bound(
      Map<String, Operand<TFloat32>> read,
      BiFunction<String, Operand<TFloat32>, Operand<TFloat32>> normalization) {
    return new Bound<>(network, ops, read, normalization);
  }
}
