package dev.idem.api.network;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import java.util.random.RandomGenerator;

/**
 * A trainable tensor of a network.
 *
 * @param name unique in the network, such as {@code dense.0.kernel}
 * @param shape of the tensor
 * @param fanIn inputs that reach one output of the layer, what initialisers scale by
 * @param fanOut outputs that one input of the layer reaches
 * @param initializer draws the starting values
 */
public record ParameterSpec(
    String name, Shape shape, int fanIn, int fanOut, Initializer initializer) {

  public ParameterSpec {
    Require.argument(
        name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*"),
        "parameter name ('%s') must be letters, digits, '.', '_' and '-'",
        name);
    Require.positive("fanIn", fanIn);
    Require.positive("fanOut", fanOut);
  }

  /** Draws the starting values of a parameter. */
  @FunctionalInterface
  public interface Initializer {

    /** All zero. */
    Initializer ZEROS = (parameter, random) -> new double[parameter.shape().size()];

    /**
     * The values, row-major, {@code parameter.shape().size()} of them: a function of the parameter
     * and of what {@code random} gives, and of nothing else.
     *
     * @throws IllegalArgumentException if the parameter's shape does not suit this initialiser
     */
    double[] values(ParameterSpec parameter, RandomGenerator random);
  }
}
