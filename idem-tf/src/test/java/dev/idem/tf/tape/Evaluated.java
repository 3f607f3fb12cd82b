package dev.idem.tf.tape;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** The numbers a tensor of a graph comes to, in a session of its own. */
final class Evaluated {

  private Evaluated() {}

  /** The elements of {@code operand} in row-major order; variables have their initial values. */
  static List<Float> elements(Graph graph, Operand<TFloat32> operand) {
    try (Session session = new Session(graph)) {
      session.initialize();
      try (Result result = session.runner().fetch(operand).run()) {
        List<Float> elements = new ArrayList<>();
        ((TFloat32) result.get(0)).scalars().forEach(scalar -> elements.add(scalar.getFloat()));
        return elements;
      }
    }
  }
}
