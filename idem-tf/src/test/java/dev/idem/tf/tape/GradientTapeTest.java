package dev.idem.tf.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.tf.tape.GradientTape.UnconnectedGradients;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

final class GradientTapeTest {

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final GradientTape tape = new GradientTape(tf);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void contributionsOfTargetsOnThePathToOneAnotherAddUp() {
    // L = 4 x + 100 y with y = g(x) = x: 4 + 100 come from the loss, 500 start at y.
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> y = tf.identity(tf.identity(x));
    Operand<TFloat32> loss = lossThroughAndPast(x, y);
    List<Operand<TFloat32>> outputGradients = List.of(tf.constant(1f), tf.constant(500f));

    assertThat(values(tape.gradient(List.of(loss, y), List.of(x, y), outputGradients)))
        .containsExactly(604f, 600f);
  }

  @Test
  void addGradientsItselfDropsWhatReachesATargetFromAnother() {
    // Why every target starts at an identity of its own: once this fails, that can go.
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> y = tf.identity(tf.identity(x));
    Operand<TFloat32> loss = lossThroughAndPast(x, y);

    Output<?>[] gradient =
        graph.addGradients(
            null,
            new Output<?>[] {loss.asOutput(), y.asOutput()},
            new Output<?>[] {x.asOutput()},
            new Output<?>[] {tf.constant(1f).asOutput(), tf.constant(500f).asOutput()});

    assertThat(value(gradient[0].expect(TFloat32.class))).isEqualTo(504f);
  }

  private Operand<TFloat32> lossThroughAndPast(Operand<TFloat32> x, Operand<TFloat32> y) {
    return tf.math.add(
        tf.math.mul(x, tf.constant(4f)), tf.identity(tf.math.mul(y, tf.constant(100f))));
  }

  @Test
  void sourcesOnThePathToOneAnotherEachGetTheirOwnGradient() {
    // L = y^2 + 5 x, y = 2 x at x = 3: dL/dy = 2 y = 12, dL/dx = 2 * 12 + 5 = 29.
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> y = tf.math.mul(x, tf.constant(2f));
    Operand<TFloat32> loss = tf.math.add(tf.math.square(y), tf.math.mul(x, tf.constant(5f)));

    assertThat(values(tape.gradient(loss, List.of(x, y)))).containsExactly(29f, 12f);
    assertThat(values(tape.gradient(loss, List.of(y, x)))).containsExactly(12f, 29f);
  }

  @Test
  void aSourceThatIsTheTargetGetsTheOutputGradient() {
    Operand<TFloat32> x = tf.constant(3f);

    assertThat(value(tape.gradient(x, x))).isEqualTo(1f);
    assertThat(values(tape.gradient(List.of(x), List.of(x), List.of(tf.constant(7f)))))
        .containsExactly(7f);
  }

  @Test
  void aSourceMayAppearTwice() {
    Operand<TFloat32> x = tf.constant(3f);

    assertThat(values(tape.gradient(tf.math.square(x), List.of(x, x)))).containsExactly(6f, 6f);
  }

  @Test
  void theSameTargetTwiceCountsTwice() {
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> y = tf.math.square(x);

    assertThat(values(tape.gradient(List.of(y, y), List.of(x)))).containsExactly(12f);
  }

  @Test
  void outputGradientsWeighEveryElementOfATarget() {
    Operand<TFloat32> x = tf.constant(new float[] {1, 2, 3});
    Operand<TFloat32> outputGradient = tf.constant(new float[] {1, 10, 100});

    List<Output<TFloat32>> gradients =
        tape.gradient(List.of(tf.math.square(x)), List.of(x), List.of(outputGradient));

    assertThat(elements(gradients.get(0))).containsExactly(2f, 40f, 600f);
  }

  @Test
  void anAnswerCanBeDifferentiatedAgain() {
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> cube = tf.math.mul(x, tf.math.mul(x, x));

    Output<TFloat32> first = tape.gradient(cube, x);

    assertThat(value(first)).isEqualTo(27f);
    assertThat(value(tape.gradient(first, x))).isEqualTo(18f);
  }

  @Test
  void aTargetOfUnknownShapeStartsWithOnesOfItsShape() {
    Operand<TFloat32> x =
        tf.placeholderWithDefault(tf.constant(new float[] {1, 2, 3}), Shape.unknown());

    Output<TFloat32> first = tape.gradient(tf.math.mul(x, tf.math.square(x)), x);

    assertThat(elements(first)).containsExactly(3f, 12f, 27f);
    assertThat(elements(tape.gradient(first, x))).containsExactly(6f, 12f, 18f);
  }

  @Test
  void watchReadsAVariableOnce() {
    Variable<TFloat32> w = tf.variable(tf.constant(3f));

    Output<TFloat32> read = tape.watch(w);

    assertThat(tape.watch(w)).isEqualTo(read);
    assertThat(read.op().type()).isEqualTo("Identity");
  }

  @Test
  void theGradientAtAWatchedVariableIsThatAtItsReading() {
    Variable<TFloat32> w = tf.variable(tf.constant(3f));
    Output<TFloat32> loss = tf.math.square(tape.watch(w)).asOutput();

    assertThat(values(tape.gradient(loss, List.of(w, tape.watch(w))))).containsExactly(6f, 6f);
  }

  @Test
  void anUnconnectedSourceIsAnErrorNamingSourceAndTarget() {
    Operand<TFloat32> x = tf.withName("alpha").constant(3f);
    Operand<TFloat32> y = tf.withName("beta").constant(4f);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(y, x))
        .withMessageContaining("alpha")
        .withMessageContaining("beta");
  }

  @Test
  void aStoppedGradientLeavesItsSourceUnconnected() {
    Operand<TFloat32> x = tf.withName("alpha").constant(3f);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(tf.stopGradient(tf.math.square(x)), x))
        .withMessageContaining("alpha");
  }

  @Test
  void unconnectedSourcesGetZerosWhenAskedFor() {
    GradientTape zeros = new GradientTape(tf, UnconnectedGradients.ZERO);
    Operand<TFloat32> x = tf.constant(new float[] {1, 2});
    Operand<TFloat32> y = tf.constant(4f);
    Operand<TFloat32> stopped = tf.math.mul(y, tf.stopGradient(tf.reduceSum(x, tf.constant(0))));

    List<Output<TFloat32>> gradients = zeros.gradient(stopped, List.of(x, y));

    assertThat(elements(gradients.get(0))).containsExactly(0f, 0f);
    assertThat(value(gradients.get(1))).isEqualTo(3f);
    assertThat(elements(zeros.gradient(y, x))).containsExactly(0f, 0f);
  }

  @Test
  void anUnconnectedVariableGetsZerosToo() {
    Variable<TFloat32> w = tf.variable(tf.constant(new float[] {1, 2}));
    GradientTape zeros = new GradientTape(tf, UnconnectedGradients.ZERO);

    assertThat(elements(zeros.gradient(tf.constant(3f), w))).containsExactly(0f, 0f);
  }

  @Test
  void wholeNumbersHaveNoGradient() {
    Operand<TFloat32> x = tf.constant(3f);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(tf.constant(3), x))
        .withMessageContaining("target")
        .withMessageContaining("floating-point");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(x, tf.constant(3)))
        .withMessageContaining("source");
  }

  @Test
  void anOutputGradientMustHaveTheShapeAndTypeOfItsTarget() {
    Operand<TFloat32> x = tf.constant(new float[] {1, 2, 3});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(List.of(x), List.of(x), List.of(tf.constant(1f))))
        .withMessageContaining("shape of its target");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> tape.gradient(List.of(x), List.of(x), List.of(tf.constant(new double[3]))))
        .withMessageContaining("type of its target");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(List.of(x), List.of(x), List.of()))
        .withMessageContaining("as many as targets");
  }

  @Test
  void anOutputGradientMayHaveAnUnknownShape() {
    Operand<TFloat32> x = tf.constant(new float[] {1, 2, 3});
    Operand<TFloat32> unknown =
        tf.placeholderWithDefault(tf.constant(new float[] {1, 2, 3}), Shape.of(-1));

    assertThat(elements(tape.gradient(List.of(x), List.of(x), List.of(unknown)).get(0)))
        .containsExactly(1f, 2f, 3f);
  }

  @Test
  void thereMustBeATarget() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(List.of(), List.of(tf.constant(3f))))
        .withMessageContaining("targets");
  }

  @Test
  void tensorsOfAnotherGraphAreRefused() {
    Operand<TFloat32> x = tf.constant(3f);
    try (Graph other = new Graph()) {
      Operand<TFloat32> stranger = Ops.create(other).constant(3f);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> tape.gradient(x, stranger))
          .withMessageContaining("tape's graph");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tape.gradient(stranger, x))
          .withMessageContaining("tape's graph");
      assertThatIllegalArgumentException().isThrownBy(() -> tape.watch(stranger));
    }
  }

  @Test
  void aTapeNeedsAGraph() {
    try (EagerSession session = EagerSession.create()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new GradientTape(Ops.create(session)))
          .withMessageContaining("must build a graph");
    }
  }

  private float value(Operand<TFloat32> operand) {
    return elements(operand).get(0);
  }

  private List<Float> values(List<Output<TFloat32>> scalars) {
    return scalars.stream().map(this::value).toList();
  }

  private List<Float> elements(Operand<TFloat32> operand) {
    return Evaluated.elements(graph, operand);
  }
}
