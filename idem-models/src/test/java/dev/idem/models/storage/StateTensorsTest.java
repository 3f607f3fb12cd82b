package dev.idem.models.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.util.passthrough.PassthroughNDManager;
import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ConvLayer;
import dev.idem.models.network.LinearMap;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Normalization;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import dev.idem.models.storage.SafeTensors.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateTensorsTest {

  private static final Network NORMALIZED =
      Networks.skipped(
          ConvAutoencoder.of(
                  Shape.of(8, 8, 2), new ConvLayer(4, 4, 2, 1), new ConvLayer(6, 4, 2, 1))
              .withNormalization(Normalization.batch()));

  static Stream<Network> networks() {
    return Stream.concat(Networks.all().values().stream(), Stream.of(NORMALIZED));
  }

  private static NetworkState state(Network network, String... kinds) {
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    for (String kind : network.statistics().isEmpty() ? new String[0] : kinds) {
      Map<String, ChannelStatistics> places = new LinkedHashMap<>();
      for (StatisticsSpec place : network.statistics()) {
        double start = kind.hashCode() % 7 + place.name().length();
        double[] values = DoubleStream.iterate(start, x -> x / 3).limit(place.channels()).toArray();
        places.put(place.name(), ChannelStatistics.of(values, values));
      }
      statistics.put(kind, places);
    }
    return new NetworkState(InitialParameters.of(network, 1), statistics);
  }

  private static SafeTensors parsed(byte[] content) throws MalformedFileException {
    return SafeTensors.parse("w", content);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aStateComesBackExactlyInSinglePrecision(Network network) throws MalformedFileException {
    NetworkState state = state(network, "x", "z", "f()");
    byte[] content = StateTensors.content(network, state);
    NetworkState back = StateTensors.state(network, parsed(content));
    assertThat(back.kinds()).isEqualTo(state.kinds());
    back.requireFits(network);
    for (String name : state.parameterNames()) {
      assertThat(back.parameter(name)).containsExactly(rounded(state.parameter(name)));
    }
    for (String kind : state.kinds()) {
      for (StatisticsSpec place : network.statistics()) {
        ChannelStatistics expected = state.statistics(kind, place.name());
        ChannelStatistics found = back.statistics(kind, place.name());
        assertThat(found.means()).containsExactly(rounded(expected.means()));
        assertThat(found.variances()).containsExactly(rounded(expected.variances()));
      }
    }
    assertThat(StateTensors.content(network, back)).isEqualTo(content);
  }

  private static double[] rounded(double[] values) {
    return DoubleStream.of(values).map(value -> (float) value).toArray();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void anotherReaderFindsTheParametersByNameAndShape(Network network) throws IOException {
    NetworkState state = state(network, "x");
    byte[] content = StateTensors.content(network, state);
    Map<String, NDArray> read = new LinkedHashMap<>();
    NDList.decode(PassthroughNDManager.INSTANCE, new ByteArrayInputStream(content))
        .forEach(array -> read.put(array.getName(), array));
    for (ParameterSpec parameter : network.parameters()) {
      NDArray array = read.get(parameter.name());
      assertThat(array.getShape().getShape()).isEqualTo(parameter.shape().toLongArray());
      float[] values = new float[parameter.shape().size()];
      array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      assertThat(values).isEqualTo(StateTensors.narrowed(state.parameter(parameter.name())));
    }
    assertThat(read).hasSize(network.parameters().size() + 2 * network.statistics().size());
  }

  @Test
  void statisticsAreNamedByKindAndPlace() throws MalformedFileException {
    assertThat(parsed(StateTensors.content(NORMALIZED, state(NORMALIZED, "f()"))).names())
        .contains("skip.kernel", "inner.conv.1.bias")
        .endsWith(
            "statistics.f().inner.deconv.0.normalization.mean",
            "statistics.f().inner.deconv.0.normalization.variance");
  }

  @Test
  void namesShapesAndValuesOfAnotherNetworkAreRefused() {
    LinearMap network = new LinearMap(2);
    float[] four = new float[4];
    assertRefused(
        network,
        List.of(new Tensor("dense.0.kernels", Shape.of(2, 2), four)),
        "w: tensors are not those of "
            + network.description()
            + ": 'dense.0.kernels' is unknown; did you"
            + " mean 'dense.0.kernel'?, 'dense.0.kernel' is missing");
    assertRefused(
        network,
        List.of(new Tensor("dense.0.kernel", Shape.of(4), four)),
        "tensor 'dense.0.kernel' has shape [4]; expected [2, 2]");
    four[2] = Float.NaN;
    assertRefused(
        network,
        List.of(new Tensor("dense.0.kernel", Shape.of(2, 2), four)),
        "tensor 'dense.0.kernel' holds NaN at index 2");
  }

  @Test
  void aNegativeVarianceIsRefused() throws MalformedFileException {
    SafeTensors file =
        parsed(
            SafeTensors.content(
                Map.of(),
                List.of(Tensor.of("m", new float[2]), Tensor.of("v", new float[] {1, -0.5f}))));
    assertThatThrownBy(() -> StateTensors.statistics("m", "v", 2, file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(
            "w: tensor 'v' holds -0.5 at index 1; a variance must not be negative");
  }

  private static void assertRefused(Network network, List<Tensor> tensors, String message) {
    assertThatThrownBy(
            () -> StateTensors.state(network, parsed(SafeTensors.content(Map.of(), tensors))))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(message);
  }
}
