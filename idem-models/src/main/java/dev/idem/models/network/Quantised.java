package dev.idem.models.network;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.models.network.Split.Halves;
import java.util.List;

/**
 * Networks that compress: what they give depends on a code of k whole numbers alone. Gradients pass
 * the rounding as if it were not there, see {@link NetworkAlgebra#round}.
 */
public sealed interface Quantised extends Network {

  /**
   * The code of samples, [k] whole numbers, as a network of the same parameters and statistics,
   * such as for {@link dev.idem.api.training.TrainingEngine#open}.
   */
  Network codeNetwork();

  /**
   * A plain autoencoder with its code rounded to multiples of s:
   *
   * <pre>c = round(E(x) / s),   f(x) = D(s c)</pre>
   *
   * @param encoder E, from samples to k numbers
   * @param decoder D, from k numbers, of any shape, to samples
   * @param step s, positive
   * @throws IllegalArgumentException if the parts do not fit
   */
  static Quantised autoencoder(Network encoder, Network decoder, double step) {
    return new Autoencoder(encoder, decoder, step);
  }

  /**
   * The same with cosines, or what else a split takes, beside both halves: with A of the split,
   *
   * <pre>c = round((A x + E(x - A'A x)) / s),   f(x) = A'(s c) + D(s c)</pre>
   *
   * @param split A [k, n]
   * @param encoder E, from n numbers to k, of any shapes
   * @param decoder D, from k numbers to n, of any shapes
   * @param step s, positive
   * @throws IllegalArgumentException if the parts do not fit
   */
  static Quantised bypassed(Split split, Network encoder, Network decoder, double step) {
    return new Along(new Halves(split, encoder, decoder), step, false);
  }

  /**
   * The network that gives its outputs their own codes again, whatever its parameters are: {@link
   * Idempotent#coupled(Split, Network, Network)} with a rounded code,
   *
   * <pre>c = round((A x + E(x - A'A x)) / s),   r = D(s c) - A'A D(s c),
   * f(x) = A'(s c - E(r)) + r</pre>
   *
   * <p>The code of f(x) is round((s c - E(r) + E(r)) / s) = c, so the decoder is a right inverse of
   * the encoder and f(f(x)) = f(x). A change of f(x) alters the code only where it moves a number
   * of it by more than s / 2.
   *
   * @param split A [k, n]
   * @param encoder E, from n numbers to k, of any shapes
   * @param decoder D, from k numbers to n, of any shapes
   * @param step s, positive
   * @throws IllegalArgumentException if the parts do not fit
   */
  static Quantised coupled(Split split, Network encoder, Network decoder, double step) {
    return new Along(new Halves(split, encoder, decoder), step, true);
  }

  /** c, [batch, k], of u / s. */
  private static <T> T rounded(T u, double step, NetworkAlgebra<T> ops) {
    return ops.round(ops.multiply(u, 1 / step));
  }

  /** D(s round(E(x) / s)). */
  record Autoencoder(Network encoder, Network decoder, double step) implements Quantised {

    public Autoencoder {
      Require.argument(
          decoder.shape().size() == encoder.outputShape().size()
              && decoder.outputShape().equals(encoder.shape()),
          "decoder (%s) maps %s to %s; of this encoder (%s) it must map %s numbers to %s",
          decoder.description(),
          decoder.shape(),
          decoder.outputShape(),
          encoder.description(),
          encoder.outputShape().size(),
          encoder.shape());
      Require.positive("step", step);
      Part.requireNoStatistics(encoder);
      Part.requireNoStatistics(decoder);
    }

    @Override
    public Shape shape() {
      return encoder.shape();
    }

    @Override
    public List<ParameterSpec> parameters() {
      return Halves.parameters(encoder, decoder);
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      NetworkAlgebra<T> ops = pass.ops();
      T z = ops.multiply(code(x, pass), step);
      return Part.apply("decoder.", decoder, ops.reshape(z, decoder.shape()), pass);
    }

    private <T> T code(T x, ForwardPass<T> pass) {
      return rounded(Part.applyFlat("encoder.", encoder, x, pass), step, pass.ops());
    }

    @Override
    public Network codeNetwork() {
      return new Code(this, encoder.outputShape().size());
    }

    /** Such as {@code quantised by 1.0 (encoder of ...; decoder of ...)}. */
    @Override
    public String description() {
      return "quantised by %s (%s; %s)"
          .formatted(step, encoder.description(), decoder.description());
    }
  }

  /** Halves along a split, coupled or not. */
  record Along(Halves halves, double step, boolean exact) implements Quantised {

    public Along {
      Require.positive("step", step);
    }

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
      NetworkAlgebra<T> ops = pass.ops();
      T z = ops.multiply(code(x, pass), step);
      if (exact) {
        return halves.point(z, pass);
      }
      T decoded = Part.applyFlat("decoder.", halves.decoder(), z, pass);
      return ops.reshape(ops.add(halves.split().back(z, ops), decoded), shape());
    }

    private <T> T code(T x, ForwardPass<T> pass) {
      return rounded(halves.code(x, pass), step, pass.ops());
    }

    @Override
    public Network codeNetwork() {
      return new Code(this, halves.split().code());
    }

    /** Such as {@code quantised by 1.0 and coupled along 24 cosines (encoder of ...; ...)}. */
    @Override
    public String description() {
      return "quantised by %s and %s %s %s"
          .formatted(
              step, exact ? "coupled along" : "bypassed by", halves.split(), halves.description());
    }
  }

  /** The code of {@code whole}. */
  record Code(Quantised whole, int width) implements Network {

    @Override
    public Shape shape() {
      return whole.shape();
    }

    @Override
    public Shape outputShape() {
      return Shape.of(width);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return whole.parameters();
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return whole instanceof Autoencoder plain
          ? plain.code(x, pass)
          : ((Along) whole).code(x, pass);
    }

    /** Such as {@code code of quantised by ...}. */
    @Override
    public String description() {
      return "code of " + whole.description();
    }
  }
}
