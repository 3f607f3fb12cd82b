package dev.idem.onnx;

import dev.idem.api.algebra.Shape;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.Network;
import dev.idem.models.network.ConvAutoencoder;
import dev.idem.models.network.ConvClassifier;
import dev.idem.models.network.ExactAutoencoder;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Networks;
import dev.idem.models.network.Normalization;
import dev.idem.models.network.Quantised;
import dev.idem.models.network.SoftPermutation;
import dev.idem.models.network.Split;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime applies every network of this project as the reference does. */
class NetworksInOnnxTest {

  @TempDir private Path folder;

  static Stream<Arguments> networks() {
    Map<String, Network> networks = new LinkedHashMap<>(Networks.all());
    Shape digits = Shape.of(28, 28, 1);
    networks.put("compact", ConvAutoencoder.compact(digits, 16, 24));
    networks.put("classifier", ConvClassifier.digits());
    networks.put("sorting", SoftPermutation.of(6, 2, 8));
    networks.put(
        "quantised",
        Quantised.coupled(
            Split.first(Shape.of(12), 4), Mlp.between(12, 9, 4), Mlp.between(4, 9, 12), 0.25));
    networks.put("exact", new ExactAutoencoder(ConvAutoencoder.compact(digits, 8, 16)));
    for (Normalization normalization :
        List.of(Normalization.none(), Normalization.batch(), Normalization.group())) {
      networks.put("dcgan28 " + normalization.label(), ConvAutoencoder.dcgan28(normalization));
    }
    return networks.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void agreesWithTheReference(String name, Network network) throws Exception {
    int[] batches = network.shape().size() > 100 ? new int[] {1, 3} : new int[] {1, 2, 7, 64};
    OnnxAgreement.check(
        network,
        OnnxAgreement.state(network, "x", "z", BatchNormalization.OUTPUTS),
        List.of("z"),
        folder.resolve("network.onnx"),
        batches);
  }
}
