package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.tf.tape.GradientTape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Activations and their slopes at 0 and beside it, where TensorFlow's own may differ. */
class ActivationSlopesTest {

  private static final float[] PLACES = {
    -1, -1e-3f, -6e-8f, -1e-9f, -0f, 0, 1e-9f, 6e-8f, 1e-3f, 1
  };

  @ParameterizedTest
  @EnumSource
  void agreeWithTheReference(Activation activation) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = tf.identity(tf.constant(PLACES));
      Operand<TFloat32> y = new TensorFlowAlgebra(tf).activate(x, activation);
      Operand<TFloat32> slope =
          new GradientTape(tf).gradient(List.of(y), List.of(x), List.of(tf.onesLike(x))).get(0);
      try (Result result = session.runner().fetch(y).fetch(slope).run()) {
        for (int i = 0; i < PLACES.length; i++) {
          assertThat(((TFloat32) result.get(0)).getFloat(i))
              .as("value at %s", PLACES[i])
              .isCloseTo((float) activation.value(PLACES[i]), within(1e-6f));
          assertThat(((TFloat32) result.get(1)).getFloat(i))
              .as("slope at %s", PLACES[i])
              .isCloseTo((float) activation.derivative(PLACES[i]), within(1e-6f));
        }
      }
    }
  }
}
