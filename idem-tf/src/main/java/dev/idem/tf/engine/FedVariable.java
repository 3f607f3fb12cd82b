package dev.idem.tf.engine;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

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
    Shape shape = Shape.of(dimensions);
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
