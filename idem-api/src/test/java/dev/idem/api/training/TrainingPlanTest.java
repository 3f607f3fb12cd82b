package dev.idem.api.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.DenseNetwork;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.strategy.CanonicalStrategy;
import dev.idem.api.strategy.TargetStrategy;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingObjective.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPlanTest {

  @Test
  void presetsAreThese() {
    assertThat(TrainingPlan.quick())
        .isEqualTo(
            new TrainingPlan(
                500,
                128,
                0.1,
                new Optimizer.Sgd(),
                new Schedule.Constant(),
                OptionalDouble.empty(),
                25,
                List.of(),
                1));
    assertThat(TrainingPlan.smoke())
        .isEqualTo(TrainingPlan.quick().toBuilder().steps(50).evaluateEvery(10).build());
    assertThat(TrainingPlan.paper())
        .isEqualTo(TrainingPlan.quick().toBuilder().steps(5_000).evaluateEvery(100).build());
  }

  @Test
  void readsAsASentence() {
    assertThat(TrainingPlan.quick())
        .hasToString("500 steps of 128, rate 0.1, SGD, seed 1, evaluated every 25 steps");
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .optimizer(new Optimizer.AdamW())
            .schedule(new Schedule.WarmUp(20, new Schedule.Cosine(0.1)))
            .clipNorm(2)
            .stopRules(new StopRule.TermBelow("loss", 0.01), new StopRule.GradientNormBelow(0.1))
            .evaluateEvery(1)
            .build();
    assertThat(plan)
        .hasToString(
            "500 steps of 128, rate 0.1, AdamW (beta1 0.9, beta2 0.999, epsilon 1e-8, weight decay 0.01), seed 1, evaluated every step, schedule: cosine to 0.1, after a warm-up of 20 steps, gradients clipped to norm 2, stops if loss below 0.01, stops if gradient norm below 0.1");
    assertThat(new Optimizer.Momentum(0.9)).hasToString("momentum 0.9");
    assertThat(new Schedule.StepDecay(100, 0.5)).hasToString("times 0.5 every 100 steps");
    assertThat(new Schedule.Ramp(0, 1, 10, 50)).hasToString("ramp from 0 to 1, steps 10 to 50");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void learningRateMustBePositive(double rate) {
    assertRefused(plan -> plan.learningRate(rate), "learningRate (" + rate + ") must be positive");
  }

  @Test
  void countsMustBePositive() {
    assertRefused(plan -> plan.steps(0), "steps (0) must be positive");
    assertRefused(plan -> plan.batchSize(-4), "batchSize (-4) must be positive");
    assertRefused(plan -> plan.evaluateEvery(0), "evaluateEvery (0) must be positive");
    assertRefused(plan -> plan.clipNorm(0), "clipNorm (0.0) must be positive");
  }

  private static void assertRefused(UnaryOperator<TrainingPlan.Builder> change, String message) {
    assertThatThrownBy(() -> change.apply(TrainingPlan.quick().toBuilder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void optimizersRefuseWhatIsOutOfRange() {
    assertThatThrownBy(() -> new Optimizer.Momentum(1))
        .hasMessage("momentum (1.0) must be in [0.0, 1.0)");
    assertThatThrownBy(() -> new Optimizer.Adam(0.9, 1.5, 1e-8))
        .hasMessage("beta2 (1.5) must be in [0.0, 1.0)");
    assertThatThrownBy(() -> new Optimizer.AdamW(0.9, 0.999, 0, 0.1))
        .hasMessage("epsilon (0.0) must be positive");
    assertThatThrownBy(() -> new Optimizer.Adam(0.9, 0.999, 1e-46))
        .hasMessageStartingWith("epsilon (1.0E-46) must be at least 1.2e-38");
    assertThatThrownBy(() -> TrainingPlan.quick().toBuilder().clipNorm(1e-46).build())
        .hasMessageStartingWith("clipNorm (1.0E-46) must be at least 1.2e-38");
    assertThatThrownBy(() -> new Optimizer.AdamW(0.9, 0.999, 1e-8, -1))
        .hasMessage("weightDecay (-1.0) must not be negative");
  }

  @Test
  void schedulesMultiplyTheLearningRate() {
    assertThat(new Schedule.Constant().factor(7, 10)).isEqualTo(1);
    Schedule cosine = new Schedule.Cosine(0.2);
    assertThat(cosine.factor(0, 10)).isEqualTo(1);
    assertThat(cosine.factor(5, 10)).isCloseTo(0.6, within(1e-12));
    assertThat(cosine.factor(10, 10)).isCloseTo(0.2, within(1e-12));
    Schedule decay = new Schedule.StepDecay(3, 0.5);
    assertThat(decay.factor(2, 10)).isEqualTo(1);
    assertThat(decay.factor(6, 10)).isEqualTo(0.25);
    TrainingPlan plan = TrainingPlan.quick().toBuilder().schedule(decay).build();
    assertThat(plan.learningRateAt(3)).isCloseTo(0.05, within(1e-15));
  }

  @Test
  void aScheduleBeginsAfterItsWarmUpAndHasTheRemainingSteps() {
    Schedule cosine = new Schedule.WarmUp(4, new Schedule.Cosine(0.2));
    assertThat(cosine.factor(0, 24)).isEqualTo(0.25);
    assertThat(cosine.factor(3, 24)).isEqualTo(1);
    assertThat(cosine.factor(4, 24)).isEqualTo(1);
    assertThat(cosine.factor(14, 24)).isCloseTo(0.6, within(1e-12));
    assertThat(cosine.factor(24, 24)).isCloseTo(0.2, within(1e-12));
    Schedule decay = new Schedule.WarmUp(4, new Schedule.StepDecay(3, 0.5));
    assertThat(decay.factor(6, 10)).isEqualTo(1);
    assertThat(decay.factor(7, 10)).isEqualTo(0.5);
    Schedule constant = new Schedule.WarmUp(4, new Schedule.Constant());
    assertThat(constant.factor(9, 10)).isEqualTo(1);
  }

  @Test
  void aWarmUpThatDoesNotEndBeforeTheRunIsRefused() {
    TrainingPlan.Builder plan =
        TrainingPlan.quick().toBuilder()
            .steps(10)
            .schedule(new Schedule.WarmUp(10, new Schedule.Constant()));
    assertThatThrownBy(plan::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "warmUp (10) must be less than steps (10): the schedule begins after the warm-up");
    assertThat(plan.steps(11).build().learningRateAt(10)).isEqualTo(0.1);
  }

  @Test
  void stopRulesGiveTheirReason() {
    StepReport report = new StepReport(3, Map.of("idempotency", 0.5), 0.25, 0.1);
    assertThat(new StopRule.TermBelow("idempotency", 0.4).reasonToStop(report)).isEmpty();
    assertThat(new StopRule.TermBelow("idempotency", 0.6).reasonToStop(report))
        .contains("idempotency (0.5) is below 0.6");
    assertThat(new StopRule.GradientNormBelow(0.3).reasonToStop(report))
        .contains("gradient norm (0.25) is below 0.3");
    assertThatThrownBy(() -> new StopRule.TermBelow("other", 1).reasonToStop(report))
        .hasMessageContaining("watches term 'other'")
        .hasMessageContaining("idempotency");
  }

  @Test
  void objectivesNeedNamedTerms() {
    assertThatThrownBy(() -> new TrainingObjective(List.of()))
        .hasMessage("an objective needs at least one term");
    Term term = new Term("a", new CanonicalStrategy(), "x");
    assertThatThrownBy(() -> new TrainingObjective(List.of(term, term)))
        .hasMessage("term names [a, a] must be unique");
    assertThatThrownBy(() -> new Term(" ", new CanonicalStrategy(), "x"))
        .hasMessageContaining("term name (' ') must not be blank");
    assertThatThrownBy(() -> new Term("a", new CanonicalStrategy(), "in/put"))
        .hasMessageContaining("input name ('in/put')");
  }

  @Test
  void tasksNeedADataSourceForEveryInput() {
    assertThatThrownBy(
            () ->
                new TrainingTask(
                    DenseNetwork.linear(3),
                    TrainingObjective.of(new CanonicalStrategy()),
                    Map.of(),
                    TrainingPlan.quick()))
        .hasMessage("objective input 'x' has no data source; given: []");
  }

  @Test
  void stopRulesMustWatchATermThatIsThere() {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder().stopRules(new StopRule.TermBelow("loss", 1)).build();
    assertThatThrownBy(
            () ->
                new TrainingTask(
                    DenseNetwork.linear(3),
                    TrainingObjective.of(new CanonicalStrategy()),
                    Map.of("x", new UnusedSource()),
                    plan))
        .hasMessage("stop rule watches term 'loss'; the objective has [idempotency]");
  }

  @Test
  void samplesAsLongAsTheNetworksInAnotherOrderAreRefused() {
    TrainingObjective objective = TrainingObjective.of(new CanonicalStrategy());
    DenseNetwork flat = DenseNetwork.linear(12);
    DataSource images = new UnusedSource(Shape.of(3, 2, 2));
    assertThat(new TrainingTask(flat, objective, Map.of("x", images), TrainingPlan.quick()))
        .isNotNull();
    assertThatThrownBy(
            () ->
                new TrainingTask(
                    new Images(flat, Shape.of(2, 2, 3)),
                    objective,
                    Map.of("x", images),
                    TrainingPlan.quick()))
        .hasMessage(
            "data source 'x' (unused) has samples of shape [3, 2, 2], but the network (%s) takes"
                + " [2, 2, 3]",
            flat.description());
  }

  @Test
  void aTermThatReadsATargetNeedsDataWithTargetsOfTheOutputsShape() {
    TrainingObjective objective =
        new TrainingObjective(
            List.of(
                new Term("idempotency", new CanonicalStrategy(), "z"),
                new Term("task", new TargetStrategy(), "x")));
    assertThat(objective.inputs()).containsExactly("z", "x");
    assertThat(objective.supervisedInputs()).containsExactly("x");
    DataSource bare = new UnusedSource();
    DataSource narrow = new Supervised(bare, new UnusedSource(Shape.of(2)));
    DataSource right = new Supervised(bare, new UnusedSource(Shape.of(3, 1)));
    DenseNetwork network = DenseNetwork.linear(3);
    assertThatThrownBy(
            () ->
                new TrainingTask(
                    network, objective, Map.of("x", bare, "z", right), TrainingPlan.quick()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("term 'task' reads a target, but data source 'x' (unused) has none");
    assertThatThrownBy(
            () ->
                new TrainingTask(
                    network, objective, Map.of("x", narrow, "z", bare), TrainingPlan.quick()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "data source 'x' (supervised) has targets of shape [2], but the network (%s) gives"
                + " outputs of shape [3]",
            network.description());
    TrainingTask task =
        new TrainingTask(network, objective, Map.of("x", right, "z", bare), TrainingPlan.quick());
    assertThat(task.targets("x").shape()).isEqualTo(Shape.of(3, 1));
    assertThatThrownBy(() -> task.targets("z")).hasMessage("data source 'z' has no targets");
  }

  private record Supervised(DataSource samples, DataSource answers) implements DataSource {
    @Override
    public Shape shape() {
      return samples.shape();
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return samples.batch(seed, step, size);
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return samples.heldOut(seed, size);
    }

    @Override
    public Optional<DataSource> targets() {
      return Optional.of(answers);
    }

    @Override
    public String description() {
      return "supervised";
    }
  }

  /** A network with the shape of images. */
  private record Images(Network network, Shape shape) implements Network {
    @Override
    public String description() {
      return network.description();
    }

    @Override
    public List<ParameterSpec> parameters() {
      return network.parameters();
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return network.apply(x, pass);
    }
  }

  private record UnusedSource(Shape shape) implements DataSource {
    UnusedSource() {
      this(Shape.of(3));
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      return new float[size][3];
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return new float[size][3];
    }

    @Override
    public String description() {
      return "unused";
    }
  }
}
