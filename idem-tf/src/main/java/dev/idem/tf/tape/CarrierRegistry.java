package dev.idem.tf.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.IdentityN;

/**
 * The one gradient this process registers with TensorFlow, and the table by which it finds the Java
 * function of a carrier.
 *
 * <p>Process-wide state, against the house rule, because TensorFlow's own table of gradients is: it
 * knows types of operations, not operations, takes each type once and for all, and TensorFlow Java
 * 1.1.0 ends the process at the eleventh registration. So a single one is made, for IdentityN,
 * which has no gradient of its own (Python's {@code tf.custom_gradient} uses the same carrier), and
 * which function is meant is decided here by graph and operation name.
 */
final class CarrierRegistry {

  /** Starts the last part of every carrier's name. */
  static final String NAME = "IdemCustomGradient";

  private record Key(Graph graph, String operation) {}

  private static final ConcurrentMap<Key, Carrier<?>> CARRIERS = new ConcurrentHashMap<>();

  private static final boolean REGISTERED = registered();

  private CarrierRegistry() {}

  private static boolean registered() {
    try {
      return TensorFlow.registerCustomGradient(IdentityN.OP_NAME, CarrierRegistry::backpropagate);
    } catch (UnsupportedOperationException onWindows) {
      return false;
    }
  }

  /** Whether IdentityN has our gradient: not on Windows, nor if another library came first. */
  static boolean available() {
    return REGISTERED;
  }

  static void add(Carrier<?> carrier) {
    CARRIERS.put(key(carrier.operation()), carrier);
  }

  static void remove(Graph graph, String operation) {
    CARRIERS.remove(new Key(graph, operation));
  }

  static int size() {
    return CARRIERS.size();
  }

  /** The carrier that {@code operation} is, or null. */
  static @Nullable Carrier<?> find(GraphOperation operation) {
    return CARRIERS.get(key(operation));
  }

  /** Whether {@code operation} was made as a carrier, by this process or before it was saved. */
  static boolean isNamedAsCarrier(GraphOperation operation) {
    String name = operation.name();
    return operation.type().equals(IdentityN.OP_NAME)
        && name.startsWith(NAME, name.lastIndexOf('/') + 1);
  }

  private static Key key(GraphOperation operation) {
    return new Key(operation.env(), operation.name());
  }

  private static List<Operand<?>> backpropagate(
      Ops tf, GraphOperation operation, List<Output<?>> upstream) {
    Carrier<?> carrier = find(operation);
    if (carrier != null) {
      return carrier.backpropagate(tf, upstream);
    }
    if (isNamedAsCarrier(operation)) {
      return List.of(); // Its function is gone: stops TensorFlow with an error.
    }
    List<Operand<?>> unchanged = new ArrayList<>();
    for (int i = 0; i < upstream.size(); i++) {
      unchanged.add(orZeros(tf, operation, upstream, i));
    }
    return unchanged;
  }

  /**
   * The gradient at output {@code i}, or zeros where nothing came back; TensorFlow Java wants no
   * null.
   */
  static Output<?> orZeros(Ops tf, GraphOperation operation, List<Output<?>> upstream, int i) {
    Output<?> gradient = upstream.get(i);
    return gradient.index() < 0 ? tf.zerosLike(operation.input(i)).asOutput() : gradient;
  }
}
