package dev.idem.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Random states, and how far ONNX Runtime is from the reference with them. */
final class OnnxAgreement {

  /** The largest difference allowed, in parts of the largest output. */
  static final double ALLOWED = 1e-5;

  private OnnxAgreement() {}

  /**
   * A state in which no parameter is zero, of numbers that single precision holds, with statistics
   * of these kinds of input if the network keeps any.
   */
  static NetworkState state(Network network, String... kinds) {
    Map<String, double[]> parameters = new LinkedHashMap<>();
    for (ParameterSpec spec : network.parameters()) {
      double scale = spec.fanIn() > 0 ? 1 / Math.sqrt(spec.fanIn()) : 1;
      parameters.put(spec.name(), normal(spec.name(), spec.shape().size(), scale));
    }
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    if (!network.statistics().isEmpty()) {
      for (String kind : kinds) {
        Map<String, ChannelStatistics> places = new LinkedHashMap<>();
        for (StatisticsSpec place : network.statistics()) {
          String name = kind + place.name();
          double[] variances = normal(name + "variance", place.channels(), 1);
          Arrays.setAll(variances, i -> 0.5 + variances[i] * variances[i]);
          places.put(
              place.name(), ChannelStatistics.of(normal(name, place.channels(), 0.3), variances));
        }
        statistics.put(kind, places);
      }
    }
    return new NetworkState(parameters, statistics);
  }

  /** Draws that single precision holds, of mean 0 and this deviation. */
  static double[] normal(String name, int size, double scale) {
    RandomGenerator random = RandomStreams.stream(11, name, 0);
    double[] values = new double[size];
    Arrays.setAll(values, i -> (float) (scale * random.nextGaussian()));
    return values;
  }

  /** f^k by the reference, f being for a kind of input at first and for outputs from then on. */
  static double[] reference(
      Network network, NetworkState state, List<String> kinds, double[] x, int batch) {
    ReferenceTensor y = ReferenceTensor.of(network.shape().batched(batch), x);
    for (String kind : kinds) {
      y = new ReferenceModel(network, state).infer(y, kind);
    }
    return y.values();
  }

  /**
   * Compares an exported file with the reference, with and without ONNX Runtime's optimisations.
   *
   * @param kinds of input of each application
   */
  static void check(
      Network network, NetworkState state, List<String> kinds, Path file, int... batches)
      throws IOException, OrtException {
    double worst = 0;
    OnnxExport.write(network, state, kinds.get(0), kinds.size(), file);
    for (OptLevel level : List.of(OptLevel.NO_OPT, OptLevel.ALL_OPT)) {
      try (OnnxFunction function = new OnnxFunction(file, level)) {
        for (int batch : batches) {
          double[] x = normal("x", batch * network.shape().size(), 1);
          double[] expected = reference(network, state, kinds, x, batch);
          float[] actual =
              function.apply(narrowed(x), network.shape().batched(batch).toLongArray());
          assertThat(actual).hasSize(expected.length);
          worst = Math.max(worst, difference(actual, expected));
        }
      }
    }
    assertThat(worst).as("%s: largest difference", network.description()).isLessThan(ALLOWED);
  }

  static float[] narrowed(double[] x) {
    float[] narrowed = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      narrowed[i] = (float) x[i];
    }
    return narrowed;
  }

  /** The largest difference, in parts of the largest expected number. */
  static double difference(float[] actual, double[] expected) {
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isFinite();
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    assertThat(scale).as("outputs that say something").isGreaterThan(1e-3);
    return largest / scale;
  }
}
