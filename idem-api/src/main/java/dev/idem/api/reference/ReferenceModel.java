package dev.idem.api.reference;

import dev.idem.api.algebra.NetworkAlgebra;
import dev.idem.api.algebra.Shape;
import dev.idem.api.check.Require;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.ForwardPass.Bound;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.network.NetworkState.ChannelStatistics;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.StrategyException;
import dev.idem.api.training.TrainingObjective.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network with values for its parameters, in double precision, with exact gradients. Immutable.
 */
public final class ReferenceModel {

  /**
   * A step's objective, differentiated.
   *
   * @param terms for each term of the objective: the loss, or the Euclidean norm of its output
   *     gradient; without its factor
   * @param gradients for each parameter, row-major; empty arrays for none
   * @param statistics of the first application to each kind of input, by kind and name, variances
   *     unbiased; empty for a network that keeps none
   */
  public record Differentiated(
      Map<String, Double> terms,
      Map<String, double[]> gradients,
      Map<String, Map<String, ChannelStatistics>> statistics) {}

  private static final NetworkAlgebra<ReferenceTensor> OPS = new ReferenceAlgebra();

  private final Network network;
  private final NetworkState state;
  private final Map<String, ReferenceTensor> parameters = new LinkedHashMap<>();

  /**
   * The network with these values.
   *
   * @param values for each parameter, row-major; copied
   */
  public ReferenceModel(Network network, Map<String, double[]> values) {
    this(network, new NetworkState(values, Map.of()));
  }

  /** The network with these values and running statistics. */
  public ReferenceModel(Network network, NetworkState state) {
    this.network = network;
    this.state = state;
    for (ParameterSpec parameter : network.parameters()) {
      double[] value = state.parameter(parameter.name());
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
    return Require.known(parameters.get(name), "parameter", name, parameters.keySet()).values();
  }

  /** The parameters and running statistics. */
  public NetworkState state() {
    return state;
  }

  /** f(x) as in training, differentiable in x and in the parameters. */
  public ReferenceTensor apply(ReferenceTensor x) {
    return training(parameters, new LinkedHashMap<>()).apply(x);
  }

  /** The network in training; the statistics of its first application are put in {@code seen}. */
  private Bound<ReferenceTensor> training(
      Map<String, ReferenceTensor> values, Map<String, ChannelStatistics> seen) {
    return new Bound<>(
        network,
        OPS,
        values,
        (name, a) -> {
          BatchNormalization<ReferenceTensor> of = BatchNormalization.ofBatch(a, OPS);
          double unbiasing = BatchNormalization.unbiasing(a.shape().size() / a.shape().last());
          seen.putIfAbsent(
              name,
              ChannelStatistics.of(
                  of.mean().data(),
                  Arrays.stream(of.variance().data()).map(v -> v * unbiasing).toArray()));
          return of.normalized();
        });
  }

  /**
   * f(x) as in inference, by the running statistics of a kind of input; where the state has none,
   * by their initial values.
   */
  public ReferenceTensor infer(ReferenceTensor x, String kind) {
    return new Bound<>(
            network,
            OPS,
            parameters,
            (name, a) -> {
              int channels = a.shape().last();
              ChannelStatistics running =
                  state.statistics().isEmpty()
                      ? ChannelStatistics.initial(channels)
                      : state.statistics(kind, name);
              Shape shape = Shape.of(running.mean().size());
              return BatchNormalization.by(
                  ReferenceTensor.of(shape, running.means()),
                  ReferenceTensor.of(shape, running.variances()),
                  a,
                  OPS);
            })
        .apply(x);
  }

  /**
   * x, f(x), f(f(x)), ... as in training.
   *
   * @param target of x, or null if no term reads one
   */
  public Iterates<ReferenceTensor> iterates(ReferenceTensor x, @Nullable ReferenceTensor target) {
    return iterates(x, target, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private Iterates<ReferenceTensor> iterates(
      ReferenceTensor x,
      @Nullable ReferenceTensor target,
      Map<String, ChannelStatistics> ofInput,
      Map<String, ChannelStatistics> ofOutputs) {
    Map<String, ReferenceTensor> frozen = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> frozen.put(name, OPS.stopGradient(parameter)));
    return new Iterates<>(
        x,
        target,
        training(parameters, ofInput)::apply,
        training(parameters, ofOutputs)::apply,
        training(frozen, ofOutputs)::apply);
  }

  /** {@link #differentiate(TrainingObjective, Map, Map, Map)} without targets and factors. */
  public Differentiated differentiate(
      TrainingObjective objective, Map<String, ReferenceTensor> batches) {
    return differentiate(objective, batches, Map.of(), Map.of());
  }

  /**
   * The objective on one batch of each input, and its gradient at every parameter.
   *
   * @param batches a batch for each input that the objective names
   * @param targets of the samples of each input whose targets a term reads
   * @param factors by which the loss or output gradient of each term is multiplied, by name; 1 for
   *     terms without
   * @throws StrategyException if a strategy throws, gives a loss that is not a scalar, an output
   *     gradient of another shape than the output, or what depends on no parameter
   */
  public Differentiated differentiate(
      TrainingObjective objective,
      Map<String, ReferenceTensor> batches,
      Map<String, ReferenceTensor> targets,
      Map<String, Double> factors) {
    Map<String, Iterates<ReferenceTensor>> iterates = new LinkedHashMap<>();
    Map<String, Map<String, ChannelStatistics>> statistics = new LinkedHashMap<>();
    Map<String, ChannelStatistics> ofOutputs = new LinkedHashMap<>();
    for (String input : objective.inputs()) {
      ReferenceTensor batch = Require.known(batches.get(input), "input", input, batches.keySet());
      Map<String, ChannelStatistics> ofInput = new LinkedHashMap<>();
      statistics.put(input, ofInput);
      iterates.put(input, iterates(batch, targets.get(input), ofInput, ofOutputs));
    }
    statistics.put(BatchNormalization.OUTPUTS, ofOutputs);
    // A network that cannot be applied is not a strategy's error.
    iterates.values().forEach(Iterates::output);
    Map<String, Double> terms = new LinkedHashMap<>();
    List<OutputGradient<ReferenceTensor>> outputGradients = new ArrayList<>();
    for (Term term : objective.terms()) {
      Iterates<ReferenceTensor> f =
          Require.known(iterates.get(term.input()), "input", term.input(), iterates.keySet());
      OutputGradient<ReferenceTensor> start = outputGradient(term, term.objective(f, OPS), terms);
      if (!ReferenceGradients.reaches(start.output(), parameters.values())) {
        throw StrategyException.unreached(term);
      }
      outputGradients.add(
          new OutputGradient<>(
              start.output(),
              OPS.multiply(start.gradient(), factors.getOrDefault(term.name(), 1.0))));
    }
    List<double[]> found = ReferenceGradients.of(outputGradients, List.copyOf(parameters.values()));
    Map<String, double[]> gradients = new LinkedHashMap<>();
    List<String> names = List.copyOf(parameters.keySet());
    for (int i = 0; i < names.size(); i++) {
      gradients.put(names.get(i), found.get(i));
    }
    statistics.values().removeIf(Map::isEmpty);
    return new Differentiated(terms, gradients, statistics);
  }

  private static OutputGradient<ReferenceTensor> outputGradient(
      Term term, Objective<ReferenceTensor> objective, Map<String, Double> terms) {
    if (objective instanceof Loss<ReferenceTensor> loss) {
      if (loss.value().shape().rank() != 0) {
        throw new StrategyException(
            term,
            "gave a loss of shape %s; a loss is a scalar: take ops.sum or ops.mean of it",
            loss.value().shape());
      }
      terms.put(term.name(), loss.value().scalar());
      return new OutputGradient<>(loss.value(), ReferenceTensor.of(Shape.SCALAR, 1));
    }
    OutputGradient<ReferenceTensor> substituted = (OutputGradient<ReferenceTensor>) objective;
    if (!substituted.gradient().shape().equals(substituted.output().shape())) {
      throw new StrategyException(
          term,
          "gave a gradient of shape %s at an output of shape %s",
          substituted.gradient().shape(),
          substituted.output().shape());
    }
    double[] gradient = substituted.gradient().data();
    terms.put(term.name(), Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum()));
    return substituted;
  }
}
