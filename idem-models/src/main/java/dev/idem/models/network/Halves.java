package dev.idem.models.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * An encoder E from n numbers to k and a decoder D from k to n, coupled along A [k, n] of a split:
 * what {@link Idempotent#coupled(Split, Network, Network)} and {@link Quantised} share.
 */
record Halves(Split split, Network encoder, Network decoder) {

  Halves {
    requireSizes("encoder", encoder, split.shape().size(), split.code(), split);
    requireSizes("decoder", decoder, split.code(), split.shape().size(), split);
    Part.requireNoStatistics(encoder);
    Part.requireNoStatistics(decoder);
  }

  private static void requireSizes(String role, Network part, int from, int to, Split split) {
    Require.argument(
        part.shape().size() == from && part.outputShape().size() == to,
        "%s (%s) maps %s numbers to %s; for a split of %s into %s it must map %s to %s",
        role,
        part.description(),
        part.shape().size(),
        part.outputShape().size(),
        split.shape(),
        split,
        from,
        to);
  }

  /** The parameters of an encoder, then those of a decoder, under their prefixes. */
  static List<ParameterSpec> parameters(Network encoder, Network decoder) {
    return Stream.concat(
            Part.parameters("encoder.", encoder).stream(),
            Part.parameters("decoder.", decoder).stream())
        .toList();
  }

  /** z = A x + E(x - A'A x), flat. */
  <T> T code(T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T sample = ops.reshape(x, Shape.of(split.shape().size()));
    T along = split.along(sample, ops);
    T rest = ops.subtract(sample, split.back(along, ops));
    return ops.add(along, Part.applyFlat("encoder.", encoder, rest, pass));
  }

  /** The point of code z: with r = D(z) - A'A D(z), A'(z - E(r)) + r, in the sample's shape. */
  <T> T point(T z, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T decoded = Part.applyFlat("decoder.", decoder, z, pass);
    T detail = ops.subtract(decoded, split.back(split.along(decoded, ops), ops));
    T kept = ops.subtract(z, Part.applyFlat("encoder.", encoder, detail, pass));
    return ops.reshape(ops.add(split.back(kept, ops), detail), split.shape());
  }

  /** Both descriptions. */
  String description() {
    return "(%s; %s)".formatted(encoder.description(), decoder.description());
  }
}
