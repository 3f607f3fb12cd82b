package dev.idem.generative.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.training.NetworkView.LiveNetwork;
import dev.idem.generative.model.PyTorchDcgan.Imported;
import dev.idem.generative.model.PyTorchDcgan.Row;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.Normalization;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.models.storage.SafeTensors;
import dev.idem.models.storage.SafeTensors.Tensor;
import dev.idem.models.storage.StateTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchDcganTest {

  private static final PyTorchDcgan DCGAN = PyTorchDcgan.DCGAN28;
  private static final Map<String, Tensor> BIASED = drawn();

  /** The state dict of DCGAN_MNIST_2, a copy. */
  private static Map<String, Tensor> stateDict(boolean biases) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(BIASED);
    if (!biases) {
      tensors.values().removeIf(tensor -> tensor.name().endsWith(".bias") && isOfKernel(tensor));
    }
    return tensors;
  }

  /** Whether it is of a layer with a kernel, not of a normalisation. */
  private static boolean isOfKernel(Tensor bias) {
    return BIASED.get(bias.name().replace(".bias", ".weight")).shape().rank() == 4;
  }

  /** With random values. */
  private static Map<String, Tensor> drawn() {
    StateDict dict = new StateDict();
    dict.kernel("encoder.model.0", 64, 64, 1, 4);
    dict.kernel("encoder.model.2", 128, 128, 64, 4);
    dict.normalization("encoder.model.3", 128);
    dict.kernel("encoder.model.5", 256, 256, 128, 3);
    dict.normalization("encoder.model.6", 256);
    dict.kernel("encoder.model.8", 256, 256, 256, 4);
    dict.kernel("decoder.model.0", 256, 256, 256, 4);
    dict.normalization("decoder.model.1", 256);
    dict.kernel("decoder.model.3", 128, 256, 128, 3);
    dict.normalization("decoder.model.4", 128);
    dict.kernel("decoder.model.6", 64, 128, 64, 4);
    dict.normalization("decoder.model.7", 64);
    dict.kernel("decoder.model.9", 1, 64, 1, 4);
    return dict.tensors;
  }

  private static final class StateDict {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Random random = new Random(5);

    /** [a, b, k, k], of a layer with so many outputs. */
    void kernel(String layer, int outputs, int a, int b, int k) {
      double deviation = 1.5 / Math.sqrt(a * b * k * k / (double) outputs);
      add(layer + ".weight", 0, deviation, a, b, k, k);
      add(layer + ".bias", 0, 0.3, outputs);
    }

    void normalization(String layer, int channels) {
      add(layer + ".weight", 1, 0.2, channels);
      add(layer + ".bias", 0, 0.2, channels);
      add(layer + ".running_mean", 0, 0.3, channels);
      add(layer + ".running_var", 1.5, 0.1, channels);
      tensors.put(
          layer + ".num_batches_tracked",
          new Tensor(layer + ".num_batches_tracked", Shape.SCALAR, new float[] {7}));
    }

    private void add(String name, double mean, double deviation, int... shape) {
      float[] values = new float[Shape.of(shape).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (mean + deviation * random.nextGaussian());
      }
      tensors.put(name, new Tensor(name, Shape.of(shape), values));
    }
  }

  private static SafeTensors file(Map<String, Tensor> tensors) throws MalformedFileException {
    return SafeTensors.parse(
        "w.safetensors", SafeTensors.content(Map.of(), List.copyOf(tensors.values())));
  }

  private static Map<String, Tensor> renamed(
      Map<String, Tensor> tensors, UnaryOperator<String> rename) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    for (Tensor tensor : tensors.values()) {
      String name = rename.apply(tensor.name());
      renamed.put(name, new Tensor(name, tensor.shape(), tensor.values()));
    }
    return renamed;
  }

  /** The forward pass as PyTorch defines it, on [channel][row][column]. */
  private record Forward(Map<String, Tensor> tensors) {

    double[][][] f(double[][][] x) {
      double[][][] y = each(convolution("encoder.model.0", x, 2, 1), Forward::leaky);
      y = convolution("encoder.model.2", y, 2, 1);
      y = each(normalized("encoder.model.3", y), Forward::leaky);
      y = convolution("encoder.model.5", y, 2, 1);
      y = each(normalized("encoder.model.6", y), Forward::leaky);
      y = convolution("encoder.model.8", y, 1, 0);
      y = transposed("decoder.model.0", y, 1, 0);
      y = each(normalized("decoder.model.1", y), Forward::relu);
      y = transposed("decoder.model.3", y, 2, 1);
      y = each(normalized("decoder.model.4", y), Forward::relu);
      y = transposed("decoder.model.6", y, 2, 1);
      y = each(normalized("decoder.model.7", y), Forward::relu);
      return each(transposed("decoder.model.9", y, 2, 1), Math::tanh);
    }

    private float[] values(String name) {
      return tensors.get(name).values();
    }

    private double bias(String layer, int channel) {
      return tensors.containsKey(layer + ".bias") ? values(layer + ".bias")[channel] : 0;
    }

    /** Conv2d: out[o][y][x] = b[o] + sum of w[o][i][h][v] in[i][s y + h - p][s x + v - p]. */
    private double[][][] convolution(String layer, double[][][] in, int stride, int padding) {
      Tensor weight = tensors.get(layer + ".weight");
      int outputs = weight.shape().dimension(0);
      int k = weight.shape().last();
      int size = (in[0].length + 2 * padding - k) / stride + 1;
      double[][][] out = new double[outputs][size][size];
      for (int o = 0; o < outputs; o++) {
        for (int y = 0; y < size; y++) {
          for (int x = 0; x < size; x++) {
            double sum = bias(layer, o);
            for (int i = 0; i < in.length; i++) {
              for (int h = 0; h < k; h++) {
                for (int v = 0; v < k; v++) {
                  int row = stride * y + h - padding;
                  int column = stride * x + v - padding;
                  if (inside(row, column, in[0].length)) {
                    sum +=
                        weight.values()[((o * in.length + i) * k + h) * k + v] * in[i][row][column];
                  }
                }
              }
            }
            out[o][y][x] = sum;
          }
        }
      }
      return out;
    }

    /** ConvTranspose2d: each in[i][y][x] adds w[i][o][h][v] of it at [s y + h - p][s x + v - p]. */
    private double[][][] transposed(String layer, double[][][] in, int stride, int padding) {
      Tensor weight = tensors.get(layer + ".weight");
      int outputs = weight.shape().dimension(1);
      int k = weight.shape().last();
      int size = (in[0].length - 1) * stride - 2 * padding + k;
      double[][][] out = new double[outputs][size][size];
      for (int o = 0; o < outputs; o++) {
        double bias = bias(layer, o);
        for (double[] row : out[o]) {
          Arrays.fill(row, bias);
        }
        for (int i = 0; i < in.length; i++) {
          for (int y = 0; y < in[0].length; y++) {
            for (int x = 0; x < in[0].length; x++) {
              for (int h = 0; h < k; h++) {
                for (int v = 0; v < k; v++) {
                  int row = stride * y + h - padding;
                  int column = stride * x + v - padding;
                  if (inside(row, column, size)) {
                    out[o][row][column] +=
                        weight.values()[((i * outputs + o) * k + h) * k + v] * in[i][y][x];
                  }
                }
              }
            }
          }
        }
      }
      return out;
    }

    private static boolean inside(int row, int column, int size) {
      return row >= 0 && row < size && column >= 0 && column < size;
    }

    private double[][][] normalized(String layer, double[][][] a) {
      for (int c = 0; c < a.length; c++) {
        double scale =
            values(layer + ".weight")[c] / Math.sqrt(values(layer + ".running_var")[c] + 1e-5);
        double mean = values(layer + ".running_mean")[c];
        double shift = values(layer + ".bias")[c];
        for (double[] row : a[c]) {
          for (int i = 0; i < row.length; i++) {
            row[i] = (row[i] - mean) * scale + shift;
          }
        }
      }
      return a;
    }

    private static double[][][] each(double[][][] a, DoubleUnaryOperator function) {
      for (double[][] channel : a) {
        for (double[] row : channel) {
          for (int i = 0; i < row.length; i++) {
            row[i] = function.applyAsDouble(row[i]);
          }
        }
      }
      return a;
    }

    private static double leaky(double x) {
      return x > 0 ? x : 0.2 * x;
    }

    private static double relu(double x) {
      return Math.max(x, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theImportedNetworkComputesWhatPyTorchDefines(boolean biases) throws MalformedFileException {
    Map<String, Tensor> tensors = stateDict(biases);
    Imported imported = DCGAN.imported(file(tensors));
    Random random = new Random(9);
    float[][] x = new float[2][28 * 28];
    for (float[] image : x) {
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) random.nextGaussian();
      }
    }
    try (LiveNetwork network = TrainedModel.ENGINE.open(DCGAN.network(), imported.state())) {
      float[][] y = network.apply(x, "x");
      for (int sample = 0; sample < x.length; sample++) {
        double[][][] expected = new Forward(tensors).f(image(x[sample]));
        double power = 0;
        for (int i = 0; i < y[sample].length; i++) {
          double pixel = expected[0][i / 28][i % 28];
          assertThat((double) y[sample][i]).isCloseTo(pixel, within(1e-4));
          power += pixel * pixel / y[sample].length;
        }
        assertThat(power).isBetween(0.003, 0.9);
      }
      assertThat(network.apply(x, "z")).isDeepEqualTo(y);
      assertThat(network.apply(x, "f()")).isDeepEqualTo(y);
    }
  }

  private static double[][][] image(float[] pixels) {
    double[][][] image = new double[1][28][28];
    for (int i = 0; i < pixels.length; i++) {
      image[0][i / 28][i % 28] = pixels[i];
    }
    return image;
  }

  @Test
  void everyTensorIsListedWithWhatBecameOfIt() throws MalformedFileException {
    List<Row> rows = DCGAN.imported(file(stateDict(false))).rows();
    assertThat(rows)
        .hasSize(DCGAN.network().parameters().size() + 2 * DCGAN.network().statistics().size())
        .contains(
            new Row(
                "deconv.1.kernel",
                "[3, 3, 128, 256]",
                "decoder.model.3.weight",
                "[256, 128, 3, 3]",
                "transposed"),
            new Row("conv.0.bias", "[64]", "", "", "zero"),
            new Row(
                "conv.2.normalization.shift", "[256]", "encoder.model.6.bias", "[256]", "copied"),
            new Row(
                "statistics.*.deconv.2.normalization.variance",
                "[64]",
                "decoder.model.7.running_var",
                "[64]",
                "copied"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "_orig_mod.module.", "model.", "model._orig_mod."})
  void aPrefixOfAllNamesIsRemoved(String prefix) throws MalformedFileException {
    Map<String, Tensor> tensors = stateDict(true);
    NetworkState expected = DCGAN.imported(file(tensors)).state();
    NetworkState state = DCGAN.imported(file(renamed(tensors, prefix::concat))).state();
    assertThat(content(state)).isEqualTo(content(expected));
  }

  private static byte[] content(NetworkState state) {
    return StateTensors.content(DCGAN.network(), state);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsExportedIsWhatWasImported(boolean biases) throws MalformedFileException {
    Map<String, Tensor> tensors = stateDict(biases);
    NetworkState state = DCGAN.imported(file(tensors)).state();
    SafeTensors exported = SafeTensors.parse("exported", DCGAN.content(state, "z"));
    tensors.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    assertThat(exported.names()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
    for (Tensor tensor : tensors.values()) {
      assertThat(exported.values(tensor.name(), tensor.shape())).isEqualTo(tensor.values());
    }
  }

  @ParameterizedTest
  @EnumSource
  void importUndoesExportToTheByte(PyTorchDcgan dcgan) throws MalformedFileException {
    Map<String, double[]> parameters = new LinkedHashMap<>();
    Random random = new Random(2);
    for (ParameterSpec parameter : dcgan.network().parameters()) {
      parameters.put(
          parameter.name(),
          IntStream.range(0, parameter.shape().size()).mapToDouble(i -> i % 251 - 125.1).toArray());
    }
    Map<String, ChannelStatistics> places = new LinkedHashMap<>();
    dcgan
        .network()
        .statistics()
        .forEach(
            place ->
                places.put(
                    place.name(),
                    ChannelStatistics.of(
                        random.doubles(place.channels()).toArray(),
                        random.doubles(place.channels()).toArray())));
    NetworkState state =
        new NetworkState(parameters, Map.of("x", places, "z", places, "f()", places));
    byte[] exported = dcgan.content(state, "x");
    NetworkState imported = dcgan.imported(SafeTensors.parse("w", exported)).state();
    assertThat(dcgan.content(imported, "z")).isEqualTo(exported);
    for (String name : state.parameterNames()) {
      assertThat(StateTensors.narrowed(imported.parameter(name)))
          .isEqualTo(StateTensors.narrowed(state.parameter(name)));
    }
  }

  @Test
  void theStatisticsOfTheKindAreExported() throws MalformedFileException {
    NetworkState state = DCGAN.imported(file(stateDict(false))).state();
    Map<String, Map<String, ChannelStatistics>> statistics =
        new LinkedHashMap<>(state.statistics());
    Map<String, ChannelStatistics> initial = new LinkedHashMap<>();
    DCGAN
        .network()
        .statistics()
        .forEach(place -> initial.put(place.name(), ChannelStatistics.initial(place.channels())));
    statistics.put("z", initial);
    Map<String, double[]> parameters = new LinkedHashMap<>();
    state.parameterNames().forEach(name -> parameters.put(name, state.parameter(name)));
    NetworkState differing = new NetworkState(parameters, statistics);
    String name = "decoder.model.7.running_mean";
    assertThat(SafeTensors.parse("w", DCGAN.content(differing, "z")).values(name)).containsOnly(0);
    assertThat(SafeTensors.parse("w", DCGAN.content(differing, "x")).values(name))
        .doesNotContain(0);
  }

  @Test
  void namesThatDoNotMatchAreAllListed() throws MalformedFileException {
    SafeTensors file =
        file(
            renamed(
                stateDict(false),
                name ->
                    name.equals("encoder.model.8.weight")
                        ? "encoder.model.8.wieght"
                        : name.replace("decoder.model.9.weight", "generator.last")));
    assertThatThrownBy(() -> DCGAN.imported(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(
            String.join(
                "\n  ",
                "w.safetensors: tensors are not those of dcgan28; rename them, or import weights of"
                    + " this network:",
                "'encoder.model.8.wieght' is unknown; did you mean 'encoder.model.8.weight'?",
                "'generator.last' is unknown",
                "'encoder.model.8.weight' is missing",
                "'decoder.model.9.weight' is missing"));
  }

  @Test
  void weightsOfTheOtherNetworkAreNamed() throws MalformedFileException {
    SafeTensors file = file(stateDict(false));
    assertThatThrownBy(() -> PyTorchDcgan.DCGAN64.imported(file))
        .hasMessage(
            "w.safetensors: tensors are not those of dcgan64 but of dcgan28; import it as that");
  }

  @Test
  void shapesAndValuesThatCannotBeUsedAreNamed() {
    assertRefused(
        "encoder.model.2.weight",
        new Tensor("encoder.model.2.weight", Shape.of(1), new float[1]),
        "tensor 'encoder.model.2.weight' has shape [1]; expected [128, 64, 4, 4]");
    float[] values = new float[128];
    values[3] = Float.NEGATIVE_INFINITY;
    assertRefused(
        "encoder.model.3.bias",
        Tensor.of("encoder.model.3.bias", values),
        "tensor 'encoder.model.3.bias' holds -Infinity at index 3");
    float[] variances = new float[128];
    variances[4] = -2;
    assertRefused(
        "encoder.model.3.running_var",
        Tensor.of("encoder.model.3.running_var", variances),
        "tensor 'encoder.model.3.running_var' holds -2.0 at index 4; a variance");
  }

  private static void assertRefused(String name, Tensor tensor, String message) {
    Map<String, Tensor> tensors = stateDict(false);
    tensors.put(name, tensor);
    assertThatThrownBy(() -> DCGAN.imported(file(tensors)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("w.safetensors: ")
        .hasMessageContaining(message);
  }

  @Test
  void networksAreKnownByWhatTheyCompute() {
    List<Normalization> others = new ArrayList<>(TrainedModel.normalizations());
    assertThat(others.remove(Normalization.batch())).isTrue();
    for (Normalization other : others) {
      assertThat(PyTorchDcgan.of(ConvAutoencoder.dcgan28(other))).isEmpty();
    }
    ConvAutoencoder batch = ConvAutoencoder.dcgan64(Normalization.batch());
    assertThat(PyTorchDcgan.of(ModelCard.NetworkCard.of(batch).network()))
        .contains(PyTorchDcgan.DCGAN64);
    assertThat(PyTorchDcgan.labelled("dcgan28")).contains(DCGAN);
    assertThat(PyTorchDcgan.labels()).containsExactly("dcgan64", "dcgan28");
  }
}
