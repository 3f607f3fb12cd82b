package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Initializer;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.StatisticsSpec;
import dev.idem.models.initializer.Initializers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A multilayer perceptron of any depth that maps [n] to [n]: layer i computes activation(x W + b)
 * with parameters {@code dense.i.kernel} [widths(i), widths(i + 1)] and {@code dense.i.bias}
 * [widths(i + 1)], i from 0.
 *
 * <pre>{@code
 * Mlp f = Mlp.builder(16, 64, 64, 16).hidden(Activation.TANH).build();
 * }</pre>
 *
 * @param widths n, those of the hidden layers, n again; at least two
 * @param hidden activation of all layers but the last
 * @param output activation of the last layer
 * @param normalization of hidden layers, before their activation
 * @param kernelInitializer of every kernel
 * @param biasInitializer of every bias; empty for layers without bias
 */
public record Mlp(
    List<Integer> widths,
    Activation hidden,
    Activation output,
    Normalization normalization,
    Initializer kernelInitializer,
    Optional<Initializer> biasInitializer)
    implements Network {

  public Mlp {
    widths = List.copyOf(widths);
    Require.argument(
        widths.size() >= 2,
        "widths %s must be at least two: that of the input and of the output",
        widths);
    widths.forEach(width -> Require.positive("width", width));
    int last = widths.get(widths.size() - 1);
    Require.argument(
        last == widths.get(0),
        "output width (%s) must equal input width (%s): an idempotent map sends a space to itself",
        last,
        widths.get(0));
  }

  /** The defaults of {@link #builder} with these widths. */
  public static Mlp of(int... widths) {
    return builder(widths).build();
  }

  /**
   * A builder with the defaults: leaky ReLU inside, identity at the output, no normalisation,
   * kernels from {@link Initializers#uniformFanIn}, biases from zero.
   *
   * @param widths n, those of the hidden layers, n again
   */
  public static Builder builder(int... widths) {
    return new Builder(Arrays.stream(widths).boxed().toList());
  }

  @Override
  public Shape shape() {
    return Shape.of(widths.get(0));
  }

  @Override
  public List<ParameterSpec> parameters() {
    return layers().parameters();
  }

  @Override
  public List<StatisticsSpec> statistics() {
    return layers().statistics();
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    return layers().apply(x, pass);
  }

  /** Such as {@code mlp 16-64-64-16 leaky-relu, output tanh, no bias}. */
  @Override
  public String description() {
    String chain = widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
    return "mlp "
        + chain
        + (widths.size() > 2 ? " " + hidden.label() : "")
        + (output == Activation.IDENTITY ? "" : ", output " + output.label())
        + (biasInitializer.isPresent() ? "" : ", no bias")
        + (normalization instanceof Normalization.None
            ? ""
            : ", " + normalization.label() + " normalisation");
  }

  private Layers layers() {
    Layers layers = new Layers(kernelInitializer, biasInitializer, normalization);
    int last = widths.size() - 2;
    for (int i = 0; i <= last; i++) {
      layers.dense(widths.get(i), widths.get(i + 1), i < last ? hidden : output, i < last);
    }
    return layers;
  }

  /**
   * Builds an {@link Mlp}: each setter sets the component of its name, and returns this builder.
   */
  public static final class Builder {

    private final List<Integer> widths;
    private Activation hidden = Activation.LEAKY_RELU;
    private Activation output = Activation.IDENTITY;
    private Normalization normalization = Normalization.none();
    private Initializer kernelInitializer = Initializers.uniformFanIn();
    private Optional<Initializer> biasInitializer = Optional.of(Initializers.zeros());

    private Builder(List<Integer> widths) {
      this.widths = widths;
    }

    public Builder hidden(Activation hidden) {
      this.hidden = hidden;
      return this;
    }

    public Builder output(Activation output) {
      this.output = output;
      return this;
    }

    public Builder normalization(Normalization normalization) {
      this.normalization = normalization;
      return this;
    }

    public Builder kernelInitializer(Initializer kernelInitializer) {
      this.kernelInitializer = kernelInitializer;
      return this;
    }

    public Builder biasInitializer(Initializer biasInitializer) {
      this.biasInitializer = Optional.of(biasInitializer);
      return this;
    }

    /** Layers without bias. */
    public Builder withoutBias() {
      this.biasInitializer = Optional.empty();
      return this;
    }

    /**
     * The network.
     *
     * @throws IllegalArgumentException if the widths do not make a map of a space to itself
     */
    public Mlp build() {
      return new Mlp(widths, hidden, output, normalization, kernelInitializer, biasInitializer);
    }
  }
}
