package dev.idem.tf.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.tf.tape.CustomGradients.CustomFunction.Value;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Jensen and Vicary's dL/dy := -(3 f(y) - 2 f(f(y)) - y) by each of the two means that this package
 * offers, and by the surrogate loss that has the same gradient.
 */
final class SubstitutedGradientTest {

  private static final int WIDTH = 4;
  private static final int BATCH = 5;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final GradientTape tape = new GradientTape(tf);
  private final CustomGradients custom = new CustomGradients(graph);
  private final Random random = new Random(17);

  private final List<Output<TFloat32>> parameters =
      Stream.of(matrix(WIDTH, 8), matrix(1, 8), matrix(8, WIDTH), matrix(1, WIDTH))
          .map(initial -> tape.watch(tf.variable(tf.constant(initial))))
          .toList();
  private final Operand<TFloat32> y = f(tf.constant(matrix(BATCH, WIDTH)));
  private final Operand<TFloat32> substituted = substituted();

  @AfterEach
  void close() {
    custom.close();
    graph.close();
  }

  private Operand<TFloat32> f(Operand<TFloat32> x) {
    Operand<TFloat32> hidden =
        tf.math.tanh(tf.math.add(tf.linalg.matMul(x, parameters.get(0)), parameters.get(1)));
    return tf.math.add(tf.linalg.matMul(hidden, parameters.get(2)), parameters.get(3));
  }

  private Operand<TFloat32> substituted() {
    Operand<TFloat32> fy = f(y);
    Operand<TFloat32> improved =
        tf.math.sub(tf.math.mul(tf.constant(3f), fy), tf.math.mul(tf.constant(2f), f(fy)));
    return tf.stopGradient(tf.math.neg(tf.math.sub(improved, y)));
  }

  @Test
  void asAnOutputGradientAndAsACustomGradientItIsTheSameBitForBit() {
    Output<TFloat32> carried =
        custom
            .apply(
                tf,
                List.of(y),
                (ops, in) ->
                    new Value<>(in, (back, dy) -> List.of(back.math.mul(substituted, dy.get(0)))))
            .get(0);

    List<Output<TFloat32>> asOutputGradient =
        tape.gradient(List.of(y), parameters, List.of(substituted));
    List<Output<TFloat32>> asCustomGradient = tape.gradient(carried, parameters);

    assertThat(elements(asCustomGradient)).isEqualTo(elements(asOutputGradient));
    assertThat(elements(asOutputGradient).get(0)).anyMatch(element -> element != 0);
  }

  @Test
  void itIsTheGradientOfTheSurrogateLoss() {
    // 1/2 ||y - stop_gradient(y')||^2, with y' = y - substituted.
    Operand<TFloat32> goal = tf.stopGradient(tf.math.sub(y, substituted));
    Operand<TFloat32> surrogate =
        tf.math.mul(
            tf.constant(0.5f),
            tf.reduceSum(tf.math.square(tf.math.sub(y, goal)), tf.constant(new int[] {0, 1})));

    List<List<Float>> expected = elements(tape.gradient(surrogate, parameters));
    List<List<Float>> actual =
        elements(tape.gradient(List.of(y), parameters, List.of(substituted)));

    for (int i = 0; i < expected.size(); i++) {
      for (int k = 0; k < expected.get(i).size(); k++) {
        assertThat(actual.get(i).get(k)).isCloseTo(expected.get(i).get(k), within(1e-5f));
      }
    }
  }

  private List<List<Float>> elements(List<Output<TFloat32>> gradients) {
    return gradients.stream().map(gradient -> Evaluated.elements(graph, gradient)).toList();
  }

  private float[][] matrix(int rows, int columns) {
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (random.nextGaussian() / Math.sqrt(rows));
      }
    }
    return matrix;
  }
}
