package dev.idem.tf.engine;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.Iterates;
import dev.idem.tf.algebra.TensorFlowAlgebra;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A network's variables in a graph, and its applications to operands of that graph. */
final class NetworkGraph {

  private final Ops tf;
  private final Network network;
  private final TensorFlowAlgebra ops;
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloat32>> initialValues = new LinkedHashMap<>();
  private final List<Op> assignments = new ArrayList<>();
  private final Map<String, Operand<TFloat32>> values = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> frozenValues = new LinkedHashMap<>();

  NetworkGraph(Ops tf, Network network) {
    this.tf = tf;
    this.network = network;
    this.ops = new TensorFlowAlgebra(tf);
    for (ParameterSpec parameter : network.parameters()) {
      declare(parameter);
    }
  }

  private void declare(ParameterSpec parameter) {
    String name = parameter.name();
    org.tensorflow.ndarray.Shape shape = Rows.shape(parameter.shape());
    Variable<TFloat32> variable = tf.withName(name).variable(shape, TFloat32.class);
    Placeholder<TFloat32> initial =
        tf.withName(name + ".initial").placeholder(TFloat32.class, Placeholder.shape(shape));
    // Each variable is read once and everything is built on that: see the engine's rules.
    Operand<TFloat32> value = tf.withName(name + ".read").identity(variable);
    variables.put(name, variable);
    initialValues.put(name, initial);
    assignments.add(tf.withName(name + ".assign").assign(variable, initial));
    values.put(name, value);
    frozenValues.put(name, tf.withName(name + ".frozen").stopGradient(value));
  }

  TensorFlowAlgebra ops() {
    return ops;
  }

  Variable<TFloat32> variable(String name) {
    return Require.known(variables.get(name), "parameter", name, variables.keySet());
  }

  Placeholder<TFloat32> initialValue(String name) {
    return Require.known(initialValues.get(name), "parameter", name, initialValues.keySet());
  }

  List<Op> assignments() {
    return assignments;
  }

  /** The value of each parameter as the forward passes read it: what gradients are taken at. */
  Map<String, Operand<TFloat32>> values() {
    return values;
  }

  /** x, f(x), ... in this graph. */
  Iterates<Operand<TFloat32>> iterates(Operand<TFloat32> x) {
    return new Iterates<>(x, this::apply, y -> apply(y, frozenValues));
  }

  /** f(x) in this graph. */
  Operand<TFloat32> apply(Operand<TFloat32> x) {
    return apply(x, values);
  }

  private Operand<TFloat32> apply(Operand<TFloat32> x, Map<String, Operand<TFloat32>> read) {
    Operand<TFloat32> y = network.apply(x, new Pass(ops, read));
    Shape shape = ops.sampleShape(y);
    Require.argument(
        shape.equals(network.shape()),
        "network (%s) maps samples of shape %s to %s; an idempotent map keeps the shape",
        network.description(),
        network.shape(),
        shape);
    return y;
  }

  private record Pass(TensorFlowAlgebra algebra, Map<String, Operand<TFloat32>> values)
      implements ForwardPass<Operand<TFloat32>> {
    @Override
    public NetworkAlgebra<Operand<TFloat32>> ops() {
      return algebra;
    }

    @Override
    public Operand<TFloat32> parameter(String name) {
      return Require.known(values.get(name), "parameter", name, values.keySet());
    }
  }
}
