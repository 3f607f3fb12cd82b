package dev.idem.models.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.models.initializer.Initializers;
import dev.idem.models.network.Split.Halves;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Networks with f(f(x)) = f(x) for all values of their parameters, up to rounding. They are an
 * architecture, not a strategy: what they are trained for is the task alone, and what they are
 * compared with is a plain network of as many parameters.
 */
public final class Idempotent {
  private Idempotent() {}

  /** {@link #coupled(Shape, Network, Network)} of vectors. */
  public static Network coupled(Network encoder, Network decoder) {
    int width = encoder.shape().size() + encoder.outputShape().size();
    return new Coupled(Shape.of(width), encoder, decoder);
  }

  /**
   * The map that an encoder E, from n - k numbers to k, and a decoder D, from k to n - k, make of
   * samples of n numbers. With the sample split in row-major order into x_a, its first k numbers,
   * and x_b, the rest:
   *
   * <pre>z = x_a + E(x_b),   f(x) = [z - E(D(z)), D(z)]</pre>
   *
   * <p>f(x) has the code z again, whatever E and D are, so f is idempotent. f = g^-1 P g with the
   * additive coupling g(x) = [x_a + E(x_b), x_b - D(x_a + E(x_b))] and P the projection onto the
   * first k coordinates: an instance of Linearizers (Berman et al., arXiv 2510.08570). The image of
   * f is a copy of R^k, as the code is a continuous function of its points: neither a circle nor
   * two pieces. {@link #turned} frees it from the choice of coordinates. Beside a plain autoencoder
   * it costs one more pass of E.
   *
   * @param shape of a sample, n numbers
   * @param encoder E, of any shapes of those sizes; without batch statistics, which would make it
   *     another map at each application
   * @param decoder D, likewise
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public static Network coupled(Shape shape, Network encoder, Network decoder) {
    return new Coupled(shape, encoder, decoder);
  }

  /**
   * The same for an encoder of whole samples, such as half of an autoencoder, so that any plain
   * autoencoder has an exact twin of as many parameters. With A [k, n] of orthonormal rows, see
   * {@link Split}, an encoder E from n numbers to k and a decoder D from k to n:
   *
   * <pre>z = A x + E(x - A'A x),   r = D(z) - A'A D(z),   f(x) = A'(z - E(r)) + r</pre>
   *
   * <p>f(x) has the code z again. Of D's n outputs the k along A are not used.
   *
   * @param split A
   * @param encoder E, of any shapes of those sizes; without batch statistics
   * @param decoder D, likewise
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public static Network coupled(Split split, Network encoder, Network decoder) {
    return new CoupledAlong(new Halves(split, encoder, decoder));
  }

  /**
   * g^-1 P g for an invertible g of additive couplings and the projection P onto the first {@code
   * rank} numbers: a Linearizer (Berman et al., arXiv 2510.08570) with a fixed binary projector. A
   * sample is cut into a, its first ceil(n / 2) numbers, and b, the rest; the couplings add in turn
   *
   * <pre>b &lt;- b + c_0(a),   a &lt;- a + c_1(b),   b &lt;- b + c_2(a),   ...</pre>
   *
   * <p>and g^-1 subtracts them in the opposite order.
   *
   * @param width n, at least 2
   * @param rank positive, less than n
   * @param couplings c_i, from ceil(n / 2) numbers to floor(n / 2) and back in turn; without batch
   *     statistics
   */
  public static Network linearizer(int width, int rank, List<? extends Network> couplings) {
    return new Linearizer(width, rank, List.copyOf(couplings));
  }

  /**
   * H^-1 f(H x) for an idempotent f and a trained orthogonal H = R_m ... R_1 of Householder
   * reflections, R_i x = x - 2 v_i (v_i . x) / (v_i . v_i): idempotent as f is.
   *
   * @param inner f, without batch statistics
   * @param reflections m, positive; as many as the code has numbers turn it into any direction
   */
  public static Network turned(Network inner, int reflections) {
    return new Turned(inner, reflections);
  }

  /**
   * An orthogonal projection onto a trained subspace, f(x) = Q Q^T x with Q [width, rank]: the
   * projection onto the first coordinates, {@link #turned} by as many reflections.
   *
   * @param rank positive, less than {@code width}
   */
  public static Network projection(int width, int rank) {
    return turned(new FirstCoordinates(width, rank), rank);
  }

  private record Coupled(Shape shape, Network encoder, Network decoder) implements Network {

    Coupled {
      int code = encoder.outputShape().size();
      int rest = encoder.shape().size();
      Require.argument(
          code + rest == shape.size(),
          "encoder (%s) takes %s numbers and gives %s; together they must be the %s of a sample of shape %s",
          encoder.description(),
          rest,
          code,
          shape.size(),
          shape);
      Require.argument(
          decoder.shape().size() == code && decoder.outputShape().size() == rest,
          "decoder (%s) maps %s numbers to %s; of this encoder (%s) it must map %s to %s",
          decoder.description(),
          decoder.shape().size(),
          decoder.outputShape().size(),
          encoder.description(),
          code,
          rest);
      Part.requireNoStatistics(encoder);
      Part.requireNoStatistics(decoder);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return Halves.parameters(encoder, decoder);
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      int code = encoder.outputShape().size();
      T z =
          ops.add(
              ops.slice(x, 0, code),
              Part.applyFlat("encoder.", encoder, ops.slice(x, code, shape.size()), pass));
      T decoded = Part.applyFlat("decoder.", decoder, z, pass);
      T kept = ops.subtract(z, Part.applyFlat("encoder.", encoder, decoded, pass));
      return ops.reshape(ops.concat(kept, decoded), shape);
    }

    /** Such as {@code coupled (mlp 8-48-8 leaky-relu; mlp 8-48-8 leaky-relu)}. */
    @Override
    public String description() {
      return "coupled (%s; %s)".formatted(encoder.description(), decoder.description());
    }
  }

  private record CoupledAlong(Halves halves) implements Network {

    @Override
    public Shape shape() {
      return halves.split().shape();
    }

    @Override
    public List<ParameterSpec> parameters() {
      return Halves.parameters(halves.encoder(), halves.decoder());
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return halves.point(halves.code(x, pass), pass);
    }

    /** Such as {@code coupled along 16 cosines (mlp 784-128-16 leaky-relu; ...)}. */
    @Override
    public String description() {
      return "coupled along %s %s".formatted(halves.split(), halves.description());
    }
  }

  private record Linearizer(int width, int rank, List<Network> couplings) implements Network {

    Linearizer {
      Require.argument(width >= 2, "width (%s) must be at least 2", width);
      Require.positive("rank", rank);
      Require.argument(rank < width, "rank (%s) must be less than width (%s)", rank, width);
      Require.argument(!couplings.isEmpty(), "a linearizer needs at least one coupling");
      for (int i = 0; i < couplings.size(); i++) {
        Network coupling = couplings.get(i);
        int from = i % 2 == 0 ? half(width) : width - half(width);
        Require.argument(
            coupling.shape().size() == from && coupling.outputShape().size() == width - from,
            "coupling %s (%s) maps %s numbers to %s; it must map %s to %s",
            i,
            coupling.description(),
            coupling.shape().size(),
            coupling.outputShape().size(),
            from,
            width - from);
        Part.requireNoStatistics(coupling);
      }
    }

    private static int half(int width) {
      return (width + 1) / 2;
    }

    @Override
    public Shape shape() {
      return Shape.of(width);
    }

    @Override
    public List<ParameterSpec> parameters() {
      List<ParameterSpec> parameters = new ArrayList<>();
      for (int i = 0; i < couplings.size(); i++) {
        parameters.addAll(Part.parameters(prefix(i), couplings.get(i)));
      }
      return parameters;
    }

    private static String prefix(int i) {
      return "coupling." + i + ".";
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T straight = x;
      for (int i = 0; i < couplings.size(); i++) {
        straight = coupled(straight, i, 1, pass);
      }
      T rest = ops.multiply(ops.slice(straight, rank, width), 0);
      T back = ops.concat(ops.slice(straight, 0, rank), rest);
      for (int i = couplings.size() - 1; i >= 0; i--) {
        back = coupled(back, i, -1, pass);
      }
      return back;
    }

    private <T> T coupled(T x, int i, int sign, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T a = ops.slice(x, 0, half(width));
      T b = ops.slice(x, half(width), width);
      T shift =
          ops.multiply(Part.applyFlat(prefix(i), couplings.get(i), i % 2 == 0 ? a : b, pass), sign);
      return i % 2 == 0 ? ops.concat(a, ops.add(b, shift)) : ops.concat(ops.add(a, shift), b);
    }

    /** Such as {@code linearizer of rank 8, 4 couplings (mlp 8-48-8 leaky-relu; ...)}. */
    @Override
    public String description() {
      return "linearizer of rank %s, %s %s (%s)"
          .formatted(
              rank,
              couplings.size(),
              couplings.size() == 1 ? "coupling" : "couplings",
              couplings.stream().map(Network::description).collect(Collectors.joining("; ")));
    }
  }

  /** Whether a parameter is the vector of a reflection, by which its square is divided. */
  static boolean isReflection(String parameter) {
    return parameter.matches("(.*\\.)?reflection\\.\\d+\\.vector");
  }

  private record Turned(Network inner, int reflections) implements Network {

    Turned {
      Require.positive("reflections", reflections);
      Part.requireNoStatistics(inner);
      Require.argument(
          inner.outputShape().equals(inner.shape()),
          "network (%s) maps samples of shape %s to %s; what is turned must keep the shape",
          inner.description(),
          inner.shape(),
          inner.outputShape());
    }

    @Override
    public Shape shape() {
      return inner.shape();
    }

    @Override
    public List<ParameterSpec> parameters() {
      int width = shape().size();
      List<ParameterSpec> parameters = new ArrayList<>();
      for (int i = 0; i < reflections; i++) {
        parameters.add(
            new ParameterSpec(vector(i), Shape.of(width), width, 1, Initializers.normal(1)));
      }
      parameters.addAll(Part.parameters("inner.", inner));
      return parameters;
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T turned = ops.reshape(x, Shape.of(shape().size()));
      for (int i = 0; i < reflections; i++) {
        turned = reflected(turned, pass.parameter(vector(i)), ops);
      }
      T y = Part.apply("inner.", inner, ops.reshape(turned, shape()), pass);
      T back = ops.reshape(y, Shape.of(shape().size()));
      for (int i = reflections - 1; i >= 0; i--) {
        back = reflected(back, pass.parameter(vector(i)), ops);
      }
      return ops.reshape(back, shape());
    }

    /** x - 2 v (v . x) / (v . v), for each sample of x [batch, n]. */
    private static <T> T reflected(T x, T v, NetworkAlgebra<T> ops) {
      T each = ops.addBias(ops.multiply(x, 0), v);
      T along =
          ops.divide(ops.sumPerSample(ops.multiply(x, each)), ops.sumPerSample(ops.square(each)));
      return ops.subtract(x, ops.multiply(ops.multiplyPerSample(each, along), 2));
    }

    private static String vector(int i) {
      return "reflection." + i + ".vector";
    }

    /** Such as {@code 8 reflections around (coupled (...))}. */
    @Override
    public String description() {
      return "%s %s around (%s)"
          .formatted(
              reflections, reflections == 1 ? "reflection" : "reflections", inner.description());
    }
  }

  /** [x_1, ..., x_rank, 0, ..., 0]. */
  private record FirstCoordinates(int width, int rank) implements Network {

    FirstCoordinates {
      Require.positive("rank", rank);
      Require.argument(rank < width, "rank (%s) must be less than width (%s)", rank, width);
    }

    @Override
    public Shape shape() {
      return Shape.of(width);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of();
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T rest = ops.slice(x, rank, width);
      return ops.concat(ops.slice(x, 0, rank), ops.multiply(rest, 0));
    }

    @Override
    public String description() {
      return "first %s of %s coordinates".formatted(rank, width);
    }
  }
}
