package dev.idem.tf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.NetworkView.LiveNetwork;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported network runs in a JVM that has TensorFlow Java and nothing of this project. */
class FreshJvmIT {

  private static final String READER =
      """
      import java.util.Map;
      import org.tensorflow.Result;
      import org.tensorflow.SavedModelBundle;
      import org.tensorflow.ndarray.Shape;
      import org.tensorflow.ndarray.buffer.DataBuffers;
      import org.tensorflow.types.TFloat32;
      import org.tensorflow.types.TInt32;

      /** Arguments: folder, k, then a sample of 4 x 6 x 1. Prints f(x) and f^k(x). */
      class Reader {
        public static void main(String[] arguments) throws Exception {
          try {
            Class.forName("dev.idem.api.network.Network");
            throw new IllegalStateException("a class of idem is there");
          } catch (ClassNotFoundException expected) {
            // As it should be.
          }
          float[] x = new float[arguments.length - 2];
          for (int i = 0; i < x.length; i++) {
            x[i] = Float.parseFloat(arguments[i + 2]);
          }
          try (SavedModelBundle model = SavedModelBundle.load(arguments[0]);
              TFloat32 samples = TFloat32.tensorOf(Shape.of(1, 4, 6, 1), DataBuffers.of(x));
              TInt32 k = TInt32.scalarOf(Integer.parseInt(arguments[1]));
              Result once = model.function("apply").call(Map.of("x", samples));
              Result often = model.function("iterate").call(Map.of("x", samples, "k", k))) {
            print(once);
            print(often);
          }
        }

        private static void print(Result result) {
          StringBuilder line = new StringBuilder("y");
          ((TFloat32) result.get("y").get())
              .scalars()
              .forEach(value -> line.append(' ').append(value.getFloat()));
          System.out.println(line);
        }
      }
      """;

  private final Path temporary;

  FreshJvmIT(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void exportedNetworkRunsWithTensorFlowAlone() throws IOException, InterruptedException {
    Network network = new ConvolutionalNetwork();
    NetworkState state = ConvolutionalNetwork.state(5);
    Path model = temporary.resolve("model");
    SavedModelExport.write(network, state, "noise", model);
    float[][] x = Samples.normal(4, 1, network.shape().size());

    List<float[]> printed = run(model, 3, x[0]);

    try (LiveNetwork live =
        new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1)).open(network, state)) {
      assertThat(printed).hasSize(2);
      assertThat(printed.get(0)).containsExactly(live.apply(x, "noise")[0], within(1e-6f));
      assertThat(printed.get(1)).containsExactly(live.iterate(x, "noise", 3)[0], within(1e-6f));
    }
  }

  private List<float[]> run(Path model, int k, float[] sample)
      throws IOException, InterruptedException {
    String classPath = tensorFlowAlone() + File.pathSeparator + temporary;
    compile(classPath);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.contains("native-access") || flag.contains("unsafe-memory"))
        .forEach(command::add);
    command.addAll(List.of("-cp", classPath, "Reader", model.toString(), Integer.toString(k)));
    for (float value : sample) {
      command.add(Float.toString(value));
    }
    Path output = temporary.resolve("output.txt");
    Path errors = temporary.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Files.readAllLines(output).stream()
        .filter(line -> line.startsWith("y "))
        .map(FreshJvmIT::numbers)
        .toList();
  }

  private void compile(String classPath) throws IOException {
    Path source = Files.writeString(temporary.resolve("Reader.java"), READER);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, "-proc:none", "-cp", classPath, source.toString()))
        .as("exit code of the compiler")
        .isZero();
  }

  /** TensorFlow Java's jars and what they need, out of this test's class path. */
  private static String tensorFlowAlone() {
    String jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    Path.of(entry)
                        .getFileName()
                        .toString()
                        .matches("(tensorflow-core|ndarray|javacpp|protobuf-java)-.*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(jars).contains("tensorflow-core-api", "tensorflow-core-native", "protobuf");
    return jars;
  }

  private static float[] numbers(String line) {
    double[] numbers =
        Pattern.compile(" ").splitAsStream(line).skip(1).mapToDouble(Float::parseFloat).toArray();
    float[] narrowed = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      narrowed[i] = (float) numbers[i];
    }
    return narrowed;
  }
}
