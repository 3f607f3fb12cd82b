package dev.idem.models.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;

/** Networks as parts of others: their parameters and statistics under a prefix. */
final class Part {

  private Part() {}

  /** The parameters of {@code part}, each name after {@code prefix}. */
  static List<ParameterSpec> parameters(String prefix, Network part) {
    return part.parameters().stream()
        .map(
            own ->
                new ParameterSpec(
                    prefix + own.name(), own.shape(), own.fanIn(), own.fanOut(), own.initializer()))
        .toList();
  }

  /** The places of {@code part} that normalise, each name after {@code prefix}. */
  static List<StatisticsSpec> statistics(String prefix, Network part) {
    return part.statistics().stream()
        .map(own -> new StatisticsSpec(prefix + own.name(), own.channels()))
        .toList();
  }

  /** Requires that a part is the same map at each application. */
  static void requireNoStatistics(Network part) {
    Require.argument(
        part.statistics().isEmpty(),
        "%s normalises by batch statistics, which differ from one application to the next; use"
            + " group or no normalisation",
        part.description());
  }

  /** {@code part} applied within {@code pass} of the whole. */
  static <T> T apply(String prefix, Network part, T x, ForwardPass<T> pass) {
    return part.apply(x, new Prefixed<>(prefix, pass));
  }

  /** {@code part} from flat samples to flat samples. */
  static <T> T applyFlat(String prefix, Network part, T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T y = apply(prefix, part, ops.reshape(x, part.shape()), pass);
    return ops.reshape(y, Shape.of(part.outputShape().size()));
  }

  private record Prefixed<T>(String prefix, ForwardPass<T> pass) implements ForwardPass<T> {

    @Override
    public NetworkAlgebra<T> ops() {
      return pass.ops();
    }

    @Override
    public T parameter(String name) {
      return pass.parameter(prefix + name);
    }

    @Override
    public T normalizeBatch(String name, T a) {
      return pass.normalizeBatch(prefix + name, a);
    }
  }
}
