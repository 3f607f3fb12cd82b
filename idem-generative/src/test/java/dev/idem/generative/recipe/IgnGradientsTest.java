package dev.idem.generative.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Activation;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.InitialParameters;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.Distance;
import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.Optimizer;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingObjective.Term;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.generative.recipe.GenerativeObjective.IgnObjective;
import dev.idem.models.data.DistributionSource.Gaussian;
import dev.idem.models.data.DistributionSource.Uniform;
import dev.idem.models.network.Mlp;
import dev.idem.models.network.Normalization;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient of every term of IGN, TensorFlow against the double-precision reference: what one
 * step of plain descent at rate 1 changes is the gradient.
 */
class IgnGradientsTest {

  private static final TrainingEngine TENSORFLOW =
      new TensorFlowEngine(new EngineOptions(new Device.Cpu(), 1));
  private static final TrainingEngine REFERENCE = new ReferenceEngine();

  /** The sum of all terms. */
  static Stream<Arguments> sums() {
    return cases(ign -> Map.of("all", ign.terms()));
  }

  /** Each term by itself. */
  static Stream<Arguments> terms() {
    return cases(
        ign ->
            ign.terms().terms().stream()
                .collect(
                    Collectors.toMap(Term::name, term -> new TrainingObjective(List.of(term)))));
  }

  private static Stream<Arguments> cases(
      Function<IgnObjective, Map<String, TrainingObjective>> objectives) {
    List<Arguments> cases = new ArrayList<>();
    for (Normalization normalization :
        List.of(Normalization.none(), Normalization.batch(), new Normalization.Group(2))) {
      for (Distance distance : Distance.values()) {
        for (OptionalDouble clamp : List.of(OptionalDouble.empty(), OptionalDouble.of(1.5))) {
          IgnObjective ign =
              new IgnObjective(
                  2,
                  1.5,
                  0.4,
                  distance,
                  clamp,
                  OptionalDouble.of(distance == Distance.SQUARED ? 0.6 : 0.7));
          objectives
              .apply(ign)
              .forEach(
                  (name, objective) ->
                      cases.add(
                          Arguments.of(
                              "%s, %s, %s, clamp %s"
                                  .formatted(name, normalization.label(), distance, clamp),
                              normalization,
                              objective)));
        }
      }
    }
    return cases.stream();
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("terms")
  void gradientsOfEachTermAgreeWithTheReference(
      String name, Normalization normalization, TrainingObjective objective) {
    gradientsAgreeWithTheReference(name, normalization, objective);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sums")
  void gradientsAgreeWithTheReference(
      String name, Normalization normalization, TrainingObjective objective) {
    Network network =
        Mlp.of(6, 16, 8, 6)
            .withActivations(Activation.TANH, Activation.TANH)
            .withNormalization(normalization);
    Map<String, DataSource> inputs =
        Map.of(
            GenerativeObjective.DATA,
            new Uniform(6, -1, 1),
            GenerativeObjective.NOISE,
            new Gaussian(network.shape(), 0, 1));
    TrainingPlan plan =
        TrainingPlan.smoke().toBuilder()
            .steps(1)
            .batchSize(12)
            .learningRate(1)
            .optimizer(new Optimizer.Sgd())
            .seed(4)
            .build();
    TrainingTask task = new TrainingTask(network, objective, inputs, plan);
    Map<String, double[]> before = InitialParameters.of(network, plan.seed());
    try (TrainedNetwork reference = REFERENCE.train(task);
        TrainedNetwork tensorFlow = TENSORFLOW.train(task)) {
      double moved = 0;
      for (ParameterSpec parameter : network.parameters()) {
        double[] expected = reference.parameter(parameter.name());
        assertThat(tensorFlow.parameter(parameter.name()))
            .as(parameter.name())
            .containsExactly(expected, within(1e-5));
        double[] start = before.get(parameter.name());
        for (int i = 0; i < expected.length; i++) {
          moved += Math.abs(expected[i] - start[i]);
        }
      }
      assertThat(moved).as("a term that moves nothing tests nothing").isGreaterThan(1e-3);
      assertThat(tensorFlow.state().kinds()).isEqualTo(reference.state().kinds());
      for (String kind : reference.state().kinds()) {
        reference
            .state()
            .statistics()
            .get(kind)
            .forEach(
                (place, expected) -> {
                  var actual = tensorFlow.state().statistics(kind, place);
                  for (int i = 0; i < expected.mean().size(); i++) {
                    assertThat(actual.mean().get(i))
                        .isCloseTo(expected.mean().get(i), within(1e-6));
                    assertThat(actual.variance().get(i))
                        .isCloseTo(expected.variance().get(i), within(1e-6));
                  }
                });
      }
    }
  }
}
