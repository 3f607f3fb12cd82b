package dev.idem.tf.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.types.TFloat32;

final class BackpropagationGuardTest {

  private static final List<Long> TWO = List.of(1L, 2L, 2L, 1L);
  private static final List<Long> ONE = List.of(1L, 1L, 1L, 1L);
  private static final List<Long> DILATED = List.of(1L, 2L, 2L, 1L);

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final GradientTape tape = new GradientTape(tf);
  private final Variable<TFloat32> w = tf.withName("weight").variable(tf.constant(0.5f));

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void anOperationThatDiesOfReadingAVariableIsRefusedAndNamed() {
    Operand<TFloat32> loss = tf.withName("penalty").math.square(w);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(loss, w))
        .withMessageContaining("Square 'penalty'")
        .withMessageContaining("variable 'weight'")
        .withMessageContaining("tape.watch(variable)");
  }

  @Test
  void itIsRefusedForGradientsAtOtherSourcesToo() {
    Operand<TFloat32> x = tf.constant(3f);
    Operand<TFloat32> power = tf.math.pow(x, w);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(power, x))
        .withMessageContaining("Pow");
  }

  @Test
  void itIsRefusedInTheGradientOfAGradient() {
    // lgamma' = digamma, which reads the variable where lgamma did.
    Output<TFloat32> first = tape.gradient(tf.math.lgamma(w), w);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(first, w))
        .withMessageContaining("Digamma")
        .withMessageContaining("tape.watch(variable)");
  }

  @Test
  void offThePathSuchAReadingDoesNoHarm() {
    Operand<TFloat32> x = tf.constant(3f);

    Operand<TFloat32> loss = tf.math.mul(x, tf.math.square(w));

    assertThat(Evaluated.elements(graph, tape.gradient(loss, x))).containsExactly(0.25f);
  }

  @Test
  void throughWatchEveryOperationMayReadAVariable() {
    Output<TFloat32> read = tape.watch(w);
    Operand<TFloat32> loss = tf.math.add(tf.math.square(read), tf.math.log1p(read));

    assertThat(Evaluated.elements(graph, tape.gradient(loss, w)).get(0)).isEqualTo(1f + 1f / 1.5f);
  }

  @Test
  void dilatedKernelsAreRefused() {
    Operand<TFloat32> image = tf.constant(new float[1][6][6][1]);
    Operand<TFloat32> kernel = tf.constant(new float[2][2][1][1]);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                tape.gradient(
                    tf.nn.conv2d(image, kernel, ONE, "VALID", Conv2d.dilations(DILATED)), kernel))
        .withMessageContaining("Conv2D")
        .withMessageContaining("[1, 2, 2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                tape.gradient(
                    tf.nn.depthwiseConv2dNative(
                        image, kernel, ONE, "VALID", DepthwiseConv2dNative.dilations(DILATED)),
                    kernel))
        .withMessageContaining("DepthwiseConv2dNative");
  }

  @Test
  void pointwiseKernelsWithStridesAreRefused() {
    Operand<TFloat32> image = tf.constant(new float[1][6][6][3]);
    Operand<TFloat32> kernel = tf.constant(new float[1][1][3][8]);
    Operand<TFloat32> convolved = tf.nn.conv2d(image, kernel, TWO, "VALID");
    Operand<TFloat32> transposed =
        tf.nn.conv2dBackpropInput(
            tf.constant(new int[] {1, 6, 6, 3}),
            kernel,
            tf.constant(new float[1][3][3][8]),
            TWO,
            "VALID");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(convolved, kernel))
        .withMessageContaining("Conv2D 'Conv2d' with a 1 x 1 kernel [1, 1, 3, 8]")
        .withMessageContaining("strides [1, 2, 2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradient(transposed, kernel))
        .withMessageContaining("Conv2DBackpropInput");
    assertThat(tape.gradient(convolved, image).shape()).isEqualTo(image.shape());
  }

  @Test
  void pointwiseKernelsOfManyChannelsAreNot() {
    Operand<TFloat32> image = tf.constant(new float[1][6][6][16]);
    Operand<TFloat32> kernel = tf.constant(new float[1][1][16][8]);

    assertThat(tape.gradient(tf.nn.conv2d(image, kernel, TWO, "VALID"), kernel).shape())
        .isEqualTo(kernel.shape());
  }

  @Test
  void everyOperationOnTheListReadsVariablesAsWellAsValues(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                DirectReadProbe.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    probe.waitFor();

    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);

    assertThat(lines)
        .containsExactlyInAnyOrderElementsOf(
            BackpropagationGuard.READ_REFERENCES_SAFELY.stream()
                .map(type -> "equal " + type)
                .toList());
  }
}
