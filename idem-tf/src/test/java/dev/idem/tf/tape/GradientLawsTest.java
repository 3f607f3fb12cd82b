package dev.idem.tf.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Against what needs no tape: differences of values, and linearity. */
final class GradientLawsTest {

  private static final double STEP = 1e-5;

  @Property(tries = 15)
  void theGradientIsTheLimitOfDifferenceQuotients(@ForAll long seed) {
    Random random = new Random(seed);
    double[] at = uniform(random, 3);
    double[] outputGradient = uniform(random, 4);
    double[][] weights = {uniform(random, 4), uniform(random, 4), uniform(random, 4)};
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat64> x = tf.placeholderWithDefault(tf.constant(new double[][] {at}), shape());
      Operand<TFloat64> y = layer(tf, x, weights);
      Operand<TFloat64> atY = tf.constant(new double[][] {outputGradient});
      Output<TFloat64> gradient =
          new GradientTape(tf).gradient(List.of(y), List.of(x), List.of(atY)).get(0);
      double[] found = fetch(session, gradient, x, at);

      for (int i = 0; i < at.length; i++) {
        double[] above = fetch(session, y, x, moved(at, i, STEP));
        double[] below = fetch(session, y, x, moved(at, i, -STEP));
        double expected = 0;
        for (int k = 0; k < outputGradient.length; k++) {
          expected += outputGradient[k] * (above[k] - below[k]) / (2 * STEP);
        }
        assertThat(found[i]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Property(tries = 15)
  void severalTargetsGiveTheSumOfTheirGradients(@ForAll long seed) {
    Random random = new Random(seed);
    double[] at = uniform(random, 3);
    double[][] weights = {uniform(random, 3), uniform(random, 3), uniform(random, 3)};
    List<double[][]> outputGradients =
        List.of(new double[][] {uniform(random, 3)}, new double[][] {uniform(random, 3)});
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      GradientTape tape = new GradientTape(tf);
      Operand<TFloat64> x = tf.placeholderWithDefault(tf.constant(new double[][] {at}), shape());
      Operand<TFloat64> y = layer(tf, x, weights);
      Operand<TFloat64> z = tf.math.add(layer(tf, y, weights), x);
      Operand<TFloat64> atY = tf.constant(outputGradients.get(0));
      Operand<TFloat64> atZ = tf.constant(outputGradients.get(1));

      double[] together =
          fetch(session, tape.gradient(List.of(z, y), List.of(x), List.of(atZ, atY)).get(0), x, at);
      double[] ofY =
          fetch(session, tape.gradient(List.of(y), List.of(x), List.of(atY)).get(0), x, at);
      double[] ofZ =
          fetch(session, tape.gradient(List.of(z), List.of(x), List.of(atZ)).get(0), x, at);

      for (int i = 0; i < at.length; i++) {
        assertThat(together[i]).isCloseTo(ofY[i] + ofZ[i], within(1e-12));
      }
    }
  }

  private static Shape shape() {
    return Shape.of(-1, 3);
  }

  private static Operand<TFloat64> layer(Ops tf, Operand<TFloat64> x, double[][] weights) {
    return tf.math.tanh(tf.linalg.matMul(x, tf.constant(weights)));
  }

  private static double[] fetch(
      Session session, Operand<TFloat64> value, Operand<TFloat64> x, double[] at) {
    try (TFloat64 fed = TFloat64.tensorOf(StdArrays.ndCopyOf(new double[][] {at}));
        Result result = session.runner().feed(x, fed).fetch(value).run()) {
      TFloat64 tensor = (TFloat64) result.get(0);
      double[] elements = new double[(int) tensor.size()];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = tensor.getDouble(0, i);
      }
      return elements;
    }
  }

  private static double[] moved(double[] at, int index, double step) {
    double[] moved = at.clone();
    moved[index] += step;
    return moved;
  }

  private static double[] uniform(Random random, int count) {
    return random.doubles(count, -1, 1).toArray();
  }
}
