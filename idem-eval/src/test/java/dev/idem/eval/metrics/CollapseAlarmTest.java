package dev.idem.eval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.idem.api.algebra.Shape;
import dev.idem.api.algebra.TensorAlgebra;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.ForwardPass;
import dev.idem.api.network.Network;
import dev.idem.api.network.ParameterSpec;
import dev.idem.api.network.ParameterSpec.Initializer;
import dev.idem.api.reference.ReferenceEngine;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.strategy.Iterates;
import dev.idem.api.strategy.Objective;
import dev.idem.api.strategy.Objective.Loss;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingLoop;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.metrics.CollapseAlarm.Rule;
import dev.idem.eval.metrics.CollapseAlarm.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CollapseAlarmTest {

  private static final int WIDTH = 20;
  private static final float[][] NOISE = Maps.normal(1, 60, WIDTH);
  private static final float[][] REAL = Maps.normal(2, 60, WIDTH);

  private final List<Warning> warnings = new ArrayList<>();

  private CollapseAlarm alarm(Rule rule) {
    return new CollapseAlarm(rule, NOISE, REAL, warnings::add, NetworkView::apply);
  }

  /** A network that is the given function. */
  private record View(UnaryOperator<float[][]> f) implements NetworkView {
    @Override
    public Shape shape() {
      return Shape.of(WIDTH);
    }

    @Override
    public float[][] apply(float[][] x) {
      return f.apply(x);
    }

    @Override
    public double[] parameter(String name) {
      throw new IllegalArgumentException(name);
    }
  }

  /** Outputs of rank {@code rank}. */
  private static View ofRank(int rank) {
    return new View(Maps.projection(WIDTH, rank));
  }

  @Test
  void healthyNetworkIsLeftAlone() {
    CollapseAlarm alarm = alarm(Rule.stopping());

    for (long step = 0; step <= 500; step += 50) {
      alarm.evaluated(step, ofRank(WIDTH));
      assertThat(alarm.reasonToStop()).isEmpty();
    }

    assertThat(warnings).isEmpty();
    assertThat(alarm.history()).hasSize(11).allMatch(seen -> seen.share() > 0.9);
  }

  @Test
  void untrainedNetworkRaisesNoAlarmWithinTheGrace() {
    CollapseAlarm alarm = alarm(Rule.stopping());

    alarm.evaluated(0, ofRank(1));
    alarm.evaluated(50, ofRank(1));
    alarm.evaluated(99, ofRank(1));
    assertThat(warnings).isEmpty();
    assertThat(alarm.reasonToStop()).isEmpty();

    alarm.evaluated(100, ofRank(1));
    assertThat(warnings).extracting(Warning::step).containsExactly(100L);
    assertThat(alarm.reasonToStop()).isEmpty();

    alarm.evaluated(150, ofRank(1));
    assertThat(alarm.reasonToStop()).isPresent();
  }

  @Test
  void networkThatWasHealthyOnceHasNoGrace() {
    CollapseAlarm alarm = alarm(Rule.warning());

    alarm.evaluated(0, ofRank(1));
    alarm.evaluated(10, ofRank(WIDTH));
    alarm.evaluated(20, ofRank(1));

    assertThat(warnings).extracting(Warning::step).containsExactly(20L);
  }

  @Test
  void aResumedAlarmStopsWhenItWouldHave() {
    CollapseAlarm before = alarm(Rule.stopping());
    before.evaluated(0, ofRank(WIDTH));
    before.evaluated(110, ofRank(1));

    CollapseAlarm after = alarm(Rule.stopping());
    after.restore(before.save());
    assertThat(after.history()).isEqualTo(before.history());
    after.evaluated(120, ofRank(1));

    assertThat(after.reasonToStop()).isPresent();
    assertThat(warnings).extracting(Warning::step).containsExactly(110L);
  }

  @Test
  void oneWarningAnEpisode() {
    CollapseAlarm alarm = alarm(Rule.warning());
    int[] ranks = {20, 8, 7, 2, 20, 20, 3, 3};

    for (int i = 0; i < ranks.length; i++) {
      alarm.evaluated(i, ofRank(ranks[i]));
    }

    assertThat(warnings).extracting(Warning::step).containsExactly(1L, 6L);
    assertThat(warnings.get(1).rank()).isCloseTo(3, within(0.1));
    assertThat(warnings.get(1).realRank()).isEqualTo(alarm.realRank());
    assertThat(alarm.reasonToStop()).isEmpty();
  }

  @Test
  void aRunIsNotStoppedForAPassingLowBeforeTheGraceEnds() {
    CollapseAlarm alarm = alarm(Rule.stopping());
    alarm.evaluated(0, ofRank(WIDTH));
    for (int step = 10; step <= 100; step += 10) {
      alarm.evaluated(step, ofRank(1));
      assertThat(alarm.reasonToStop()).isEmpty();
    }
    assertThat(warnings).hasSize(1);
    alarm.evaluated(110, ofRank(1));
    assertThat(alarm.reasonToStop()).isPresent();
  }

  @Test
  void runIsStoppedOnlyWhenTheShareStaysLow() {
    CollapseAlarm alarm = alarm(Rule.stopping());
    alarm.evaluated(0, ofRank(WIDTH));

    alarm.evaluated(110, ofRank(2));
    assertThat(alarm.reasonToStop()).isEmpty();
    alarm.evaluated(120, ofRank(8)); // low enough to warn, not to stop
    assertThat(alarm.reasonToStop()).isEmpty();
    alarm.evaluated(130, ofRank(2));
    assertThat(alarm.reasonToStop()).isEmpty();
    alarm.evaluated(140, ofRank(2));

    assertThat(alarm.reasonToStop())
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .matches(
                        "collapse: effective rank of f\\(z\\) 2\\.0 is 1\\d % of 1\\d\\.\\d, that"
                            + " of real samples"));
    assertThat(warnings).hasSize(1);
  }

  @Test
  void outputsThatHardlyVaryHaveNoRankHoweverManyDirectionsTheyVaryIn() {
    CollapseAlarm alarm = alarm(Rule.warning());

    alarm.evaluated(200, new View(Maps.each(v -> 3 + 1e-2 * v)));

    assertThat(warnings).extracting(Warning::rank).containsExactly(0.0);
  }

  @Test
  void outputsThatAreNotFiniteAreLeftToTheDivergenceGuard() {
    CollapseAlarm alarm = alarm(Rule.stopping());

    alarm.evaluated(200, ofRank(1));
    alarm.evaluated(210, new View(Maps.each(v -> Double.NaN)));

    assertThat(alarm.history().get(1).share()).isNaN();
    assertThat(warnings).hasSize(1);
    assertThat(alarm.reasonToStop()).isEmpty();
  }

  @Test
  void anotherApplicationOfTheNetworkMayBeWatched() {
    CollapseAlarm alarm =
        new CollapseAlarm(
            Rule.warning(),
            NOISE,
            REAL,
            warnings::add,
            (network, z) -> network.iterate(Maps.projection(WIDTH, 2).apply(z), 2));

    alarm.evaluated(200, ofRank(WIDTH));

    assertThat(alarm.history().get(0).rank()).isCloseTo(2, within(0.1));
  }

  /** Lets the outputs fade where the batches have power. */
  private record Fade() implements IdempotencyStrategy {
    @Override
    public <T> Objective<T> objective(Iterates<T> f, TensorAlgebra<T> ops) {
      return new Loss<>(ops.mean(ops.square(f.output())));
    }

    @Override
    public String formula() {
      return "mean y^2";
    }
  }

  /** x to x K, K starting as the identity. */
  private record Linear() implements Network {
    @Override
    public Shape shape() {
      return Shape.of(WIDTH);
    }

    @Override
    public List<ParameterSpec> parameters() {
      Initializer identity =
          (parameter, random) -> {
            double[] values = new double[WIDTH * WIDTH];
            for (int i = 0; i < WIDTH; i++) {
              values[i * WIDTH + i] = 1;
            }
            return values;
          };
      return List.of(new ParameterSpec("kernel", Shape.of(WIDTH, WIDTH), WIDTH, WIDTH, identity));
    }

    @Override
    public <T> T apply(T x, ForwardPass<T> pass) {
      return pass.ops().matMul(x, pass.parameter("kernel"));
    }

    @Override
    public String description() {
      return "linear " + WIDTH;
    }
  }

  /** Batches without their first two coordinates: a decay of the outputs spares those two. */
  private record Source() implements DataSource {
    @Override
    public Shape shape() {
      return Shape.of(WIDTH);
    }

    @Override
    public float[][] batch(long seed, long step, int size) {
      float[][] rows = Maps.normal(seed + step, size, WIDTH);
      for (float[] row : rows) {
        row[0] = 0;
        row[1] = 0;
      }
      return rows;
    }

    @Override
    public float[][] heldOut(long seed, int size) {
      return batch(seed, 0, size);
    }

    @Override
    public String description() {
      return "normal without two coordinates";
    }
  }

  private static TrainingTask fading() {
    TrainingPlan plan =
        TrainingPlan.quick().toBuilder()
            .steps(400)
            .batchSize(64)
            .learningRate(0.5)
            .evaluateEvery(5)
            .build();
    return TrainingTask.of(new Linear(), TrainingObjective.of(new Fade()), new Source(), plan);
  }

  @Test
  void collapsingRunIsStoppedAndSaysWhy() {
    CollapseAlarm alarm = alarm(Rule.stopping());

    try (TrainedNetwork network = new ReferenceEngine().train(fading(), alarm)) {
      assertThat(network.steps()).isBetween(10L, 399L);
      assertThat(network.stopReason()).startsWith("collapse: effective rank of f(z) ");
    }
    assertThat(warnings).hasSize(1);
    assertThat(alarm.history().get(0)).matches(start -> start.step() == 0 && start.share() > 0.9);
    assertThat(alarm.history().get(alarm.history().size() - 1).share()).isLessThan(0.25);
  }

  @Test
  void alarmThatOnlyWarnsLetsTheRunEndAndStartsAfreshWithTheNext() {
    CollapseAlarm alarm = alarm(Rule.warning());

    for (int run = 1; run <= 2; run++) {
      try (TrainedNetwork network = new ReferenceEngine().train(fading(), alarm)) {
        assertThat(network.stopReason()).isEqualTo(TrainingLoop.COMPLETED);
      }
      assertThat(alarm.history()).hasSize(81);
      assertThat(warnings).hasSize(run);
    }
  }

  @Test
  void defaultsAreAsStated() {
    assertThat(Rule.warning()).isEqualTo(new Rule(0.5, false, 0.25, 2, 100));
    assertThat(Rule.stopping()).isEqualTo(new Rule(0.5, true, 0.25, 2, 100));
  }

  @Test
  void badSettingsAndSamplesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rule(0.2, true, 0.3, 2, 100))
        .withMessage("stopBelow (0.3) must be at most warnBelow (0.2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rule(0.5, true, 0.3, 0, 100))
        .withMessage("stopAfter (0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CollapseAlarm(
                    Rule.warning(),
                    NOISE,
                    Maps.normal(1, 59, WIDTH),
                    warnings::add,
                    NetworkView::apply))
        .withMessage("noise [60][20] and real samples [59][20] must have the same shape");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CollapseAlarm(
                    Rule.warning(), NOISE, new float[60][WIDTH], warnings::add, NetworkView::apply))
        .withMessage("real samples must differ from one another");
    CollapseAlarm narrow =
        new CollapseAlarm(
            Rule.warning(),
            Maps.normal(1, 9, 4),
            Maps.normal(2, 9, 4),
            warnings::add,
            NetworkView::apply);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> narrow.started(fading()))
        .withMessage("noise of width 4 for a network (linear 20) that takes [20]");
  }
}
