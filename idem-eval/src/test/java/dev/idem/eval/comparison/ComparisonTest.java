package dev.idem.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.eval.comparison.Comparison.ProgressListener;
import dev.idem.eval.comparison.ComparisonResult.ComparisonDesign;
import dev.idem.eval.comparison.ComparisonResult.ComparisonDesign.Competitor;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import dev.idem.eval.comparison.ComparisonRun.CurvePoint;
import dev.idem.eval.comparison.ComparisonRun.Divergence;
import dev.idem.eval.comparison.ComparisonRun.Timing;
import dev.idem.eval.metrics.CollapseThresholds.CollapseVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComparisonTest {

  private static final TrainingPlan PLAN =
      TrainingPlan.quick().toBuilder().steps(45).evaluateEvery(20).build();

  private static Comparison.Builder builder(DiagonalEngine engine) {
    return Comparison.builder("diagonal")
        .strategy("substituted", DiagonalEngine.SUBSTITUTED)
        .strategy("canonical", DiagonalEngine.CANONICAL)
        .strategy("shrink", DiagonalEngine.SHRINK)
        .strategy("grow", DiagonalEngine.GROW)
        .learningRates(0.5, 100)
        .seeds(3, 1, 2)
        .network(new DiagonalEngine.DiagonalNetwork())
        .source(new DiagonalEngine.NormalSource())
        .engine(engine)
        .plan(PLAN)
        .evaluationSize(32);
  }

  private static ComparisonResult run(int threads) throws InterruptedException {
    return builder(new DiagonalEngine()).threads(threads).build().run(ProgressListener.NONE);
  }

  private static ComparisonRun find(
      ComparisonResult result, String strategy, double rate, long seed) {
    Cell cell = new Cell(strategy, rate, seed);
    return result.runs().stream().filter(run -> run.cell().equals(cell)).findAny().orElseThrow();
  }

  @Test
  void parallelRunsGiveTheBytesOfSequentialOnes() throws InterruptedException {
    ComparisonResult sequential = run(1);

    assertThat(run(4).runs()).isEqualTo(sequential.runs());
    assertThat(run(4).runs()).hasToString(sequential.runs().toString());
    assertThat(run(3).bestRate()).isEqualTo(sequential.bestRate());
  }

  @Test
  void resultsKeepTheOrderOfTheCellsWhenTheFirstRunEndsLast() throws InterruptedException {
    CountDownLatch others = new CountDownLatch(23);
    DiagonalEngine engine =
        new DiagonalEngine(
            task -> {
              if (first(task)) {
                await(others);
              }
            });
    List<Cell> ended = new ArrayList<>();

    ComparisonResult result =
        builder(engine)
            .threads(2)
            .build()
            .run(
                (run, done, total) -> {
                  ended.add(run.cell());
                  others.countDown();
                });

    assertThat(ended.get(23)).isEqualTo(new Cell("substituted", 0.5, 3));
    assertThat(result.runs()).isEqualTo(run(1).runs());
  }

  private static boolean first(TrainingTask task) {
    return task.objective().terms().get(0).strategy().equals(DiagonalEngine.SUBSTITUTED)
        && task.plan().learningRate() == 0.5
        && task.plan().seed() == 3;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void asManyRunsAsThreadsAreUnderWayTogether() throws InterruptedException {
    CyclicBarrier all = new CyclicBarrier(3);
    DiagonalEngine engine =
        new DiagonalEngine(
            task -> {
              try {
                all.await(30, TimeUnit.SECONDS);
              } catch (Exception alone) {
                throw new AssertionError("fewer than three runs at a time", alone);
              }
            });

    assertThat(builder(engine).threads(3).build().run(ProgressListener.NONE).runs()).hasSize(24);
  }

  @Test
  void runsComeByStrategyThenRateThenSeed() throws InterruptedException {
    assertThat(run(2).runs())
        .extracting(run -> run.cell().toString())
        .hasSize(24)
        .startsWith(
            "strategy 'substituted', learning rate 0.5, seed 3",
            "strategy 'substituted', learning rate 0.5, seed 1",
            "strategy 'substituted', learning rate 0.5, seed 2",
            "strategy 'substituted', learning rate 100.0, seed 3")
        .endsWith("strategy 'grow', learning rate 100.0, seed 2");
  }

  @Test
  void curveFollowsTheEvaluationScheduleAndEndsAtTheReport() throws InterruptedException {
    ComparisonRun run = find(run(1), "substituted", 0.5, 1);

    assertThat(run.curve()).extracting(CurvePoint::step).containsExactly(0L, 20L, 40L, 45L);
    assertThat(run.curve().get(3).measurement())
        .isEqualTo(run.report().orElseThrow().measurement());
    assertThat(run.steps()).isEqualTo(45);
    assertThat(run.ending()).isEqualTo("completed");
    assertThat(run.score()).isEqualTo(run.finalErrorOverVariance()).isLessThan(1e-3);
  }

  @Test
  void strategiesStartFromTheSameWeightsAndSamples() throws InterruptedException {
    ComparisonResult result = run(2);

    for (long seed : List.of(1L, 2L, 3L)) {
      assertThat(result.runs())
          .filteredOn(run -> run.cell().seed() == seed)
          .extracting(run -> run.curve().get(0))
          .containsOnly(find(result, "substituted", 0.5, seed).curve().get(0));
    }
    assertThat(find(result, "substituted", 0.5, 1).curve().get(0))
        .isNotEqualTo(find(result, "substituted", 0.5, 2).curve().get(0));
  }

  @Test
  void divergenceIsRecordedAndTheComparisonContinues() throws InterruptedException {
    ComparisonResult result = run(2);
    ComparisonRun run = find(result, "grow", 100, 1);

    // 101^k passes the largest float, 3.4e38, near k = 20.
    assertThat(run.verdict()).isEqualTo(CollapseVerdict.DIVERGED);
    assertThat(run.report()).isEmpty();
    assertThat(run.divergence()).map(Divergence::tensor).hasValue("gain");
    assertThat(run.steps()).isEqualTo(run.divergence().orElseThrow().step()).isBetween(18L, 21L);
    assertThat(run.score()).isInfinite();
    assertThat(result.equalRate(100).outcome("grow").summary().diverged()).isEqualTo(3);
    assertThat(result.equalRate(100).outcome("grow").summary().runs()).isEqualTo(3);
  }

  @Test
  void collapseIsJudgedAndScoresInfinity() throws InterruptedException {
    ComparisonRun run = find(run(1), "shrink", 0.5, 2);

    assertThat(run.verdict()).isEqualTo(CollapseVerdict.ZERO);
    assertThat(run.finalError()).isLessThan(1e-20);
    assertThat(run.score()).isInfinite();
  }

  @Test
  void otherFailureEndsTheComparisonAndNamesTheCell() {
    RuntimeException cause = new IllegalArgumentException("no such kernel");
    DiagonalEngine engine =
        new DiagonalEngine(
            task -> {
              if (first(task)) {
                throw cause;
              }
            });

    assertThatIllegalStateException()
        .isThrownBy(() -> builder(engine).threads(2).build().run(ProgressListener.NONE))
        .withMessageContaining(
            "'diagonal' failed at strategy 'substituted', learning rate 0.5, seed 3")
        .withMessageContaining("no such kernel")
        .withCause(cause);
  }

  @Test
  void trainedNetworksAreClosed() throws InterruptedException {
    DiagonalEngine engine = new DiagonalEngine();
    builder(engine).threads(2).build().run(ProgressListener.NONE);

    assertThat(engine.open()).hasValue(0);
  }

  @Test
  void interruptStopsTheRunsUnderWay() throws InterruptedException {
    Thread caller = Thread.currentThread();
    List<Thread> workers = new ArrayList<>();
    AtomicInteger updates = new AtomicInteger();
    IdempotencyStrategy counting =
        new DiagonalEngine.Update(k -> updates.incrementAndGet() > 0 ? -k : k);
    DiagonalEngine engine =
        new DiagonalEngine(
            task -> {
              synchronized (workers) {
                workers.add(Thread.currentThread());
              }
              caller.interrupt();
              await(new CountDownLatch(1));
            });

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(
            () ->
                Comparison.builder("interrupted")
                    .strategies(Map.of("counting", counting))
                    .learningRates(0.1)
                    .seeds(1, 2, 3)
                    .network(new DiagonalEngine.DiagonalNetwork())
                    .source(new DiagonalEngine.NormalSource())
                    .engine(engine)
                    .build()
                    .run(ProgressListener.NONE));
    assertThat(workers).hasSize(1);
    workers.get(0).join(30_000);
    assertThat(workers.get(0).isAlive()).isFalse();
    assertThat(updates).as("one step").hasValue(DiagonalEngine.WIDTH);
  }

  @Test
  void progressIsReportedOnTheCallingThread() throws InterruptedException {
    List<String> told = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    builder(new DiagonalEngine())
        .threads(4)
        .build()
        .run(
            (run, done, total) -> {
              told.add(done + "/" + total);
              threads.add(Thread.currentThread());
            });

    assertThat(told).hasSize(24).startsWith("1/24", "2/24").endsWith("24/24");
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  @Test
  void timeLeavesEvaluationsOut() throws InterruptedException {
    // From reading to reading: 100 s of evaluation, 1 s of training, 100 s, 1 s ...
    AtomicLong readings = new AtomicLong();
    ComparisonResult result =
        builder(new DiagonalEngine())
            .nanoTime(
                () -> {
                  long reading = readings.getAndIncrement();
                  return (reading / 2 * 101 + reading % 2 * 100) * 1_000_000_000L;
                })
            .build()
            .run(ProgressListener.NONE);

    assertThat(result.timings().get(0).points())
        .containsExactly(
            new Timing.Point(0, 0),
            new Timing.Point(20, 1),
            new Timing.Point(40, 2),
            new Timing.Point(45, 3));
  }

  @Test
  void designStatesWhatWasCompared() {
    ComparisonDesign design = builder(new DiagonalEngine()).build().design();

    assertThat(design.strategies())
        .extracting(Competitor::name)
        .containsExactly("substituted", "canonical", "shrink", "grow");
    assertThat(design.strategies().get(0).formula()).isEqualTo("k := k + h u(k)");
    assertThat(design.network()).isEqualTo("diagonal 6");
    assertThat(design.engine()).isEqualTo("diagonal maps");
    assertThat(design.evaluationSteps()).containsExactly(0L, 20L, 40L, 45L);
  }

  @Test
  void incompleteOrDoubledComparisonsAreRefused() {
    Comparison.Builder complete = builder(new DiagonalEngine());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.builder("x").build())
        .withMessage("comparison 'x' has no network");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> complete.strategy("grow", DiagonalEngine.GROW))
        .withMessage("strategy ('grow') is already added");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(new DiagonalEngine()).seeds(1, 1).build())
        .withMessage("seeds [1, 1] must be distinct");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(new DiagonalEngine()).learningRates().build())
        .withMessage("learningRates must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(new DiagonalEngine()).learningRates(0.1, -1).build())
        .withMessage("learningRate (-1.0) must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(new DiagonalEngine()).evaluationSize(1).build())
        .withMessage("evaluationSize (1) must be at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(new DiagonalEngine()).threads(0).build())
        .withMessage("threads (0) must be positive");
  }
}
