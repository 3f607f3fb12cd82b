package dev.idem.api.contract;

import dev.idem.api.algebra.Shape;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.network.BatchNormalization;
import dev.idem.api.network.BatchNormalization.StatisticsSpec;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.random.RandomStreams;
import dev.idem.api.reference.ReferenceAlgebra;
import dev.idem.api.reference.ReferenceGradients;
import dev.idem.api.reference.ReferenceModel;
import dev.idem.api.reference.ReferenceTensor;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.strategy.Objective.OutputGradient;
import dev.idem.api.training.TrainingObjective;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Network} must keep. Extend it and say how the network is made; a small one of
 * its kind will do, for the reference engine is slow:
 *
 * <pre>{@code
 * class HouseholderNetworkTest extends NetworkContractTest {
 *   @Override
 *   protected Network network() {
 *     return new HouseholderNetwork(6, 3);
 *   }
 * }
 * }</pre>
 *
 * <p>{@link dev.idem.api.contract} lists the dependencies that a POM needs for it.
 */
public abstract class NetworkContractTest {

  private static final ReferenceAlgebra OPS = new ReferenceAlgebra();

  /** The network under test: a new one on each call, always made alike. */
  protected abstract Network network();

  @Test
  final void outputsHaveTheShapeThatItSays() {
    for (int size : new int[] {1, 3}) {
      ReferenceTensor x = batch(size);
      ReferenceTensor y = applied(model(0), x);
      Rule.require(
          y.shape().equals(network().outputShape().batched(size)),
          "%s maps %s to %s",
          culprit(),
          x.shape(),
          y.shape());
    }
  }

  @Test
  final void parametersHaveNamesOfTheirOwnAndStartFinite() {
    List<String> names = network().parameters().stream().map(ParameterSpec::name).toList();
    Rule.require(!names.isEmpty(), "%s has no parameters; there is nothing to train", culprit());
    requireDistinct("parameters", names);
    requireDistinct(
        "statistics", network().statistics().stream().map(StatisticsSpec::name).toList());
    Map<String, double[]> values = initial(1);
    int total = values.values().stream().mapToInt(array -> array.length).sum();
    Rule.require(
        network().parameterCount() == total,
        "%s says that it has %s trainable numbers, its parameters hold %s",
        culprit(),
        network().parameterCount(),
        total);
  }

  private void requireDistinct(String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    names.forEach(
        name ->
            Rule.require(
                seen.add(name), "%s has two %s called '%s'; number them", culprit(), what, name));
  }

  @Test
  final void theSameSeedStartsFromTheSameBits() {
    Map<String, double[]> first = initial(7);
    Map<String, double[]> again = initial(7);
    first.forEach(
        (name, values) ->
            Rule.require(
                Arrays.equals(values, again.get(name)),
                "%s: the initialiser of %s gave other values for the same seed; draw from the"
                    + " generator that it is given only",
                culprit(),
                name));
  }

  @Test
  final void theSameInputGivesTheSameBits() {
    ReferenceTensor x = batch(3);
    ReferenceModel model = model(0.1);
    double[] first = applied(model, x).values();
    applied(model, batch(2));
    Rule.require(
        Arrays.equals(first, applied(model, x).values())
            && Arrays.equals(first, applied(model(0.1), x).values()),
        "%s gave other numbers for the same input; a network draws nothing and remembers nothing",
        culprit());
  }

  @Test
  final void inInferenceEachSampleIsMappedForItself() {
    ReferenceModel model = model(0.1);
    ReferenceTensor x = batch(3);
    double[] together = inferred(model, x).values();
    int width = together.length / 3;
    for (int row = 0; row < 3; row++) {
      double[] alone = inferred(model, Batches.row(x, row)).values();
      for (int i = 0; i < width; i++) {
        Rule.require(
            Math.abs(alone[i] - together[row * width + i])
                <= 1e-9 * Math.max(1, Math.abs(alone[i])),
            "%s maps a sample to %s alone and to %s in a batch; normalise batches by"
                + " pass.normalizeBatch, which knows inference from training",
            culprit(),
            alone[i],
            together[row * width + i]);
      }
    }
  }

  @Test
  final void everyNumberIsFinite() {
    for (double factor : new double[] {0, 1, 100}) {
      ReferenceTensor x = Batches.scaled(batch(3), factor);
      ReferenceModel model = model(0);
      Rule.require(
          Arrays.stream(applied(model, x).values()).allMatch(Double::isFinite),
          "%s gave a number that is not finite on normal samples times %s",
          culprit(),
          factor);
      gradients(model, x)
          .forEach(
              (name, gradient) ->
                  Rule.require(
                      Arrays.stream(gradient).allMatch(Double::isFinite),
                      "%s has a gradient of %s that is not finite on normal samples times %s",
                      culprit(),
                      name,
                      factor));
    }
  }

  @Test
  final void gradientsAreThoseOfFiniteDifferences() {
    ReferenceModel model = model(0.1);
    Map<String, double[]> values = new LinkedHashMap<>();
    network().parameters().forEach(p -> values.put(p.name(), model.parameter(p.name())));
    ReferenceTensor x = batch(2);
    ReferenceTensor weights = weights(2);
    FiniteDifferences.require(
        culprit(),
        12,
        values,
        gradients(model, x),
        moved -> product(applied(new ReferenceModel(network(), moved), x), weights).scalar());
    ReferenceTensor one = ReferenceTensor.of(Shape.SCALAR, 1);
    OutputGradient<ReferenceTensor> outputGradient =
        new OutputGradient<>(product(applied(model, x), weights), one);
    FiniteDifferences.require(
        culprit(),
        12,
        Map.of("input", x.values()),
        Map.of("input", ReferenceGradients.of(List.of(outputGradient), List.of(x)).get(0)),
        moved ->
            product(applied(model, ReferenceTensor.of(x.shape(), moved.get("input"))), weights)
                .scalar());
  }

  /** Engines refuse a parameter that nothing reaches. */
  @Test
  final void everyParameterReachesTheOutput() {
    Map<String, double[]> gradients = gradients(model(0.1), batch(8));
    gradients.forEach(
        (name, gradient) ->
            Rule.require(
                Arrays.stream(gradient).anyMatch(g -> g != 0),
                "%s declares the parameter %s, which has no influence on the output; use it, or do"
                    + " not declare it",
                culprit(),
                name));
  }

  @Test
  final void aRunThatIsSavedAndResumedIsTheSameRunAndOpensElsewhere() {
    Resumption.require(
        culprit(), this::network, () -> TrainingObjective.of(new Correlation()), 1e-3);
  }

  @Test
  final void itIsAValueThatSaysWhatItIs() {
    String description = Rule.oneLine(culprit(), "description", network().description());
    Rule.require(
        description.equals(network().description()),
        "%s has another description when made again",
        culprit());
    Rule.value(culprit(), network(), network());
  }

  /** The mean of f(x) t, linear in the output; the target t is no function of anything. */
  private record Correlation() implements IdempotencyStrategy {
    @Override
    public boolean readsTarget() {
      return true;
    }

    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.mean(ops.multiply(f.output(), f.target())));
    }
  }

  private static ReferenceTensor product(ReferenceTensor y, ReferenceTensor weights) {
    return OPS.mean(OPS.multiply(y, weights));
  }

  private Map<String, double[]> gradients(ReferenceModel model, ReferenceTensor x) {
    return Rule.of(
        culprit(),
        "in training",
        () ->
            model
                .differentiate(
                    TrainingObjective.of(new Correlation()),
                    Map.of(TrainingObjective.DEFAULT_INPUT, x),
                    Map.of(TrainingObjective.DEFAULT_INPUT, weights(x.shape().dimension(0))),
                    Map.of())
                .gradients());
  }

  private ReferenceTensor applied(ReferenceModel model, ReferenceTensor x) {
    return Rule.of(culprit(), "on a batch of shape " + x.shape(), () -> model.apply(x));
  }

  private ReferenceTensor inferred(ReferenceModel model, ReferenceTensor x) {
    return Rule.of(culprit(), "in inference", () -> model.infer(x, BatchNormalization.OUTPUTS));
  }

  private Map<String, double[]> initial(long seed) {
    return Rule.of(culprit(), "at the start", () -> InitialParameters.of(network(), seed));
  }

  /** Started from seed 1, and moved so that what starts from zero is not. */
  private ReferenceModel model(double moved) {
    Map<String, double[]> values = new LinkedHashMap<>();
    initial(1)
        .forEach(
            (name, start) -> {
              RandomGenerator random = RandomStreams.stream(2, name, 0);
              values.put(
                  name, Arrays.stream(start).map(v -> v + moved * random.nextGaussian()).toArray());
            });
    return new ReferenceModel(network(), values);
  }

  private ReferenceTensor batch(int size) {
    return Batches.normal(4, size, network().shape());
  }

  private ReferenceTensor weights(int size) {
    return Batches.normal(4, size, network().outputShape());
  }

  private String culprit() {
    return "network " + network().getClass().getName();
  }
}
