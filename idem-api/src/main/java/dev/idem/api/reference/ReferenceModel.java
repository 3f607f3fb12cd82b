package dev.idem.api.reference;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceGradients.Seed;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Loss;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.OutputGradient;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with values for its parameters, in double precision, with exact gradients. Immutable.
 */
public final class ReferenceModel {

  /**
   * A step's objective, differentiated.
   *
   * @param terms for each term of the objective: the loss, or the Euclidean norm of its output
   *     gradient
   * @param gradients for each parameter, row-major; empty arrays for none
   */
  public record Differentiated(Map<String, Double> terms, Map<String, double[]> gradients) {}

  private static final NetworkAlgebra<ReferenceTensor> OPS = new ReferenceAlgebra();

  private final Network network;
  private final Map<String, ReferenceTensor> parameters = new LinkedHashMap<>();

  /**
   * The network with these values.
   *
   * @param values for each parameter, row-major; copied
   */
  public ReferenceModel(Network network, Map<String, double[]> values) {
    this.network = network;
    for (ParameterSpec parameter : network.parameters()) {
      double[] value =
          Require.known(
              values.get(parameter.name()), "parameter", parameter.name(), values.keySet());
      parameters.put(parameter.name(), ReferenceTensor.of(parameter.shape(), value));
    }
  }

  /** The network as {@link InitialParameters} starts it. */
  public static ReferenceModel initial(Network network, long seed) {
    return new ReferenceModel(network, InitialParameters.of(network, seed));
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** A parameter's values, row-major, as a fresh array. */
  public double[] parameter(String name) {
    return tensor(parameters, name).values();
  }

  /** f(x), differentiable in x and in the parameters. */
  public ReferenceTensor apply(ReferenceTensor x) {
    return apply(x, parameters);
  }

  /** x, f(x), f(f(x)), ... */
  public Iterates<ReferenceTensor> iterates(ReferenceTensor x) {
    Map<String, ReferenceTensor> frozen = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> frozen.put(name, OPS.stopGradient(parameter)));
    return new Iterates<>(x, this::apply, y -> apply(y, frozen));
  }

  /**
   * The objective on one batch of each input, and its gradient at every parameter.
   *
   * @param batches a batch for each input that the objective names
   * @throws IllegalArgumentException if a strategy gives a loss that is not a scalar or an output
   *     gradient of another shape than the output
   */
  public Differentiated differentiate(
      TrainingObjective objective, Map<String, ReferenceTensor> batches) {
    Map<String, Iterates<ReferenceTensor>> iterates = new LinkedHashMap<>();
    batches.forEach((input, batch) -> iterates.put(input, iterates(batch)));
    Map<String, Double> terms = new LinkedHashMap<>();
    List<Seed> seeds = new ArrayList<>();
    for (Term term : objective.terms()) {
      Iterates<ReferenceTensor> f =
          Require.known(iterates.get(term.input()), "input", term.input(), iterates.keySet());
      seeds.add(seed(term, term.strategy().objective(f, OPS), terms));
    }
    List<double[]> found = ReferenceGradients.of(seeds, List.copyOf(parameters.values()));
    Map<String, double[]> gradients = new LinkedHashMap<>();
    List<String> names = List.copyOf(parameters.keySet());
    for (int i = 0; i < names.size(); i++) {
      gradients.put(names.get(i), found.get(i));
    }
    return new Differentiated(terms, gradients);
  }

  private static Seed seed(
      Term term, Objective<ReferenceTensor> objective, Map<String, Double> terms) {
    Require.argument(
        objective != null,
        "term '%s': strategy %s returned no objective",
        term.name(),
        term.strategy().getClass().getName());
    if (objective instanceof Loss<ReferenceTensor> loss) {
      Require.argument(
          loss.value().shape().rank() == 0,
          "term '%s' gave a loss of shape %s; a loss is a scalar",
          term.name(),
          loss.value().shape());
      terms.put(term.name(), loss.value().scalar());
      return new Seed(loss.value(), ReferenceTensor.of(Shape.SCALAR, 1));
    }
    OutputGradient<ReferenceTensor> substituted = (OutputGradient<ReferenceTensor>) objective;
    Require.argument(
        substituted.gradient().shape().equals(substituted.output().shape()),
        "term '%s' gave a gradient of shape %s at an output of shape %s",
        term.name(),
        substituted.gradient().shape(),
        substituted.output().shape());
    double[] gradient = substituted.gradient().data();
    terms.put(term.name(), Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum()));
    return new Seed(substituted.output(), substituted.gradient());
  }

  private ReferenceTensor apply(ReferenceTensor x, Map<String, ReferenceTensor> values) {
    ReferenceTensor y = network.apply(x, new Pass(values));
    Shape expected = network.shape().batched(x.shape().dimension(0));
    Require.argument(
        y.shape().equals(expected),
        "network (%s) maps %s to %s; an idempotent map keeps the shape",
        network.description(),
        x.shape(),
        y.shape());
    return y;
  }

  private static ReferenceTensor tensor(Map<String, ReferenceTensor> values, String name) {
    return Require.known(values.get(name), "parameter", name, values.keySet());
  }

  private record Pass(Map<String, ReferenceTensor> values) implements ForwardPass<ReferenceTensor> {
    @Override
    public NetworkAlgebra<ReferenceTensor> ops() {
      return OPS;
    }

    @Override
    public ReferenceTensor parameter(String name) {
      return tensor(values, name);
    }
  }
}
