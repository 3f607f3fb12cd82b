package dev.idem.models.network;

import dev.idem.api.algebra.Activation;
import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.models.initializer.Initializers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attention network from n numbers to n averages of them, one for each output position, that
 * does not depend on the order of its input: f(P x) = f(x) for every permutation P, up to rounding.
 *
 * <pre>
 * e_j  = 1/n sum_k tanh(a_m s_m (x_j - x_k))      for features m = 1 ... c
 * L_j  = g(e_j)                               a multilayer perceptron from c numbers to n
 * y_i  = sum_j A_ij x_j,   A_i = softmax over j of n L_ji
 * </pre>
 *
 * <p>The s_m are fixed, the factors a_m trained from 1: the parameter {@code pair.factors} [c]. g
 * is shared by all elements, its layers are the parameters {@code conv.0.kernel} [1, 1, c, h],
 * {@code conv.0.bias} [h], ... It sees differences alone, so that f(x + t) = f(x) + t. Where a
 * feature is steep, n e_jm is the number of inputs below x_j less that of those above it; the
 * factor n keeps attention as sharp in wide samples as in narrow ones. Each y_i is an average of
 * the inputs, so that f^k(x) stays within their range for all k. Soft sorting by a row-wise
 * softmax: Prillo and Eisenschlos, SoftSort, 2020, whose scores are fixed where these are learned.
 *
 * @param width n, at least 2
 * @param steepness s_m, positive, at least one: about 1 / s_m is the difference that feature m
 *     resolves
 * @param hidden widths of g's hidden layers, leaky ReLU
 */
public record SoftPermutation(int width, List<Double> steepness, List<Integer> hidden)
    implements Network {

  private static final String FACTORS = "pair.factors";

  public SoftPermutation {
    Require.argument(width >= 2, "width (%s) must be at least 2", width);
    steepness = List.copyOf(steepness);
    hidden = List.copyOf(hidden);
    Require.argument(!steepness.isEmpty(), "a soft permutation needs at least one steepness");
    steepness.forEach(s -> Require.positive("steepness", s));
    hidden.forEach(h -> Require.positive("hidden width", h));
  }

  /**
   * With features of steepness 1, 8, 64, ...
   *
   * @param features how many
   */
  public static SoftPermutation of(int width, int features, Integer... hidden) {
    List<Double> steepness = new ArrayList<>();
    for (int m = 0; m < Require.positive("features", features); m++) {
      steepness.add(Math.pow(8, m));
    }
    return new SoftPermutation(width, steepness, List.of(hidden));
  }

  @Override
  public Shape shape() {
    return Shape.of(width);
  }

  @Override
  public List<ParameterSpec> parameters() {
    int features = steepness.size();
    List<ParameterSpec> parameters = new ArrayList<>();
    parameters.add(new ParameterSpec(FACTORS, Shape.of(features), 1, 1, Initializers.constant(1)));
    parameters.addAll(logits().parameters());
    return parameters;
  }

  /** g of each element, from [n, 1, c] to [n, 1, n]. */
  private Layers logits() {
    Layers layers =
        new Layers(
            Initializers.uniformFanIn(), Optional.of(Initializers.zeros()), Normalization.none());
    int in = steepness.size();
    for (int out : hidden) {
      layers.convolution(in, new ConvLayer(out, 1, 1, 0), Activation.LEAKY_RELU, false);
      in = out;
    }
    return layers.convolution(in, new ConvLayer(width, 1, 1, 0), Activation.IDENTITY, false);
  }

  @Override
  public <T> T apply(T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    T scores = ops.multiply(logits().apply(elements(x, pass), pass), width);
    T byPosition = ops.matMul(ops.reshape(scores, Shape.of(width * width)), transposition(ops));
    T logarithms = ops.logSoftmax(ops.reshape(byPosition, Shape.of(width, width)));
    T attention = ops.reshape(exponential(logarithms, ops), Shape.of(width * width));
    return ops.matMul(ops.multiply(attention, ops.matMul(x, repetition(ops))), rowSums(ops));
  }

  /** e, [n, 1, c]. */
  private <T> T elements(T x, ForwardPass<T> pass) {
    NetworkAlgebra<T> ops = pass.ops();
    int features = steepness.size();
    T differences =
        ops.reshape(ops.matMul(x, scaledDifferences(ops)), Shape.of(width, width, features));
    T pairs =
        ops.activate(ops.scaleChannels(differences, pass.parameter(FACTORS)), Activation.TANH);
    double[] mean = new double[width * features * features];
    for (int k = 0; k < width; k++) {
      for (int m = 0; m < features; m++) {
        mean[(k * features + m) * features + m] = 1.0 / width;
      }
    }
    T kernel = ops.constant(Shape.of(1, width, features, features), mean);
    return ops.conv2d(pairs, kernel, 1, 0);
  }

  /** [n, n n c]: x to s_m (x_j - x_k) at (j, k, m). */
  private <T> T scaledDifferences(NetworkAlgebra<T> ops) {
    int features = steepness.size();
    int columns = width * width * features;
    double[] matrix = new double[width * columns];
    for (int j = 0; j < width; j++) {
      for (int k = 0; k < width; k++) {
        for (int m = 0; m < features; m++) {
          int column = (j * width + k) * features + m;
          matrix[j * columns + column] += steepness.get(m);
          matrix[k * columns + column] -= steepness.get(m);
        }
      }
    }
    return ops.constant(Shape.of(width, columns), matrix);
  }

  /** [n n, n n]: what is at (j, i) to (i, j). */
  private <T> T transposition(NetworkAlgebra<T> ops) {
    int columns = width * width;
    double[] matrix = new double[columns * columns];
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < width; i++) {
        matrix[(j * width + i) * columns + i * width + j] = 1;
      }
    }
    return ops.constant(Shape.of(columns, columns), matrix);
  }

  /** [n, n n]: x_j at every (i, j). */
  private <T> T repetition(NetworkAlgebra<T> ops) {
    int columns = width * width;
    double[] matrix = new double[width * columns];
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < width; i++) {
        matrix[j * columns + i * width + j] = 1;
      }
    }
    return ops.constant(Shape.of(width, columns), matrix);
  }

  /** [n n, n]: the sum over j of what is at (i, j). */
  private <T> T rowSums(NetworkAlgebra<T> ops) {
    double[] matrix = new double[width * width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        matrix[(i * width + j) * width + i] = 1;
      }
    }
    return ops.constant(Shape.of(width * width, width), matrix);
  }

  /** exp(a) = s / (1 - s) with s = sigmoid(a), for a of at most 0, where s is at most 1/2. */
  private static <T> T exponential(T a, NetworkAlgebra<T> ops) {
    T s = ops.activate(a, Activation.SIGMOID);
    return ops.divide(s, ops.add(ops.multiply(s, -1), 1));
  }

  /** Such as {@code soft permutation of 8, 6 pair features, mlp 6-64-64-8 leaky-relu}. */
  @Override
  public String description() {
    StringBuilder chain = new StringBuilder("" + steepness.size());
    hidden.forEach(h -> chain.append('-').append(h));
    return "soft permutation of %s, %s pair features of steepness %s to %s, mlp %s-%s leaky-relu"
        .formatted(
            width,
            steepness.size(),
            steepness.get(0),
            steepness.get(steepness.size() - 1),
            chain,
            width);
  }
}
