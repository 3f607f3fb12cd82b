package dev.idem.eval.comparison;

import dev.idem.api.check.Require;
import dev.idem.api.data.DataSource;
import dev.idem.api.network.Network;
import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingPlan;
import dev.idem.eval.comparison.ComparisonResult.ComparisonDesign;
import dev.idem.eval.comparison.ComparisonResult.ComparisonDesign.Competitor;
import dev.idem.eval.comparison.ComparisonRun.Cell;
import dev.idem.eval.metrics.CollapseThresholds;
import dev.idem.eval.metrics.IdempotencyMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Strategies x learning rates x seeds on one task. Every cell is trained, measured on held-out
 * samples on the plan's evaluation schedule, and judged at its end.
 *
 * <p>Runs are paired by seed: the seed of a cell is the plan's seed, which determines initial
 * weights and batches, and chooses the held-out samples. Each strategy therefore starts from the
 * same weights, sees the same data and is measured on the same samples.
 *
 * <pre>{@code
 * ComparisonResult result =
 *     Comparison.builder("linear")
 *         .strategy("canonical", new CanonicalStrategy())
 *         .strategy("substituted", new SubstitutedGradient())
 *         .learningRates(0.01, 0.1)
 *         .seeds(1, 2, 3, 4, 5)
 *         .network(network)
 *         .source(source)
 *         .engine(engine)
 *         .build()
 *         .run(ProgressListener.NONE);
 * }</pre>
 */
public final class Comparison {

  private static final long GRACE_SECONDS = 30;

  private record Placed(int place, Outcome outcome) {}

  /**
   * What one cell gives.
   *
   * @param run what repeats exactly
   * @param timing what does not
   */
  public record Outcome(ComparisonRun run, ComparisonRun.Timing timing) {}

  private final ComparisonDesign design;
  private final CellRunner runner;
  private final int threads;

  private Comparison(ComparisonDesign design, CellRunner runner, int threads) {
    this.design = design;
    this.runner = runner;
    this.threads = threads;
  }

  /**
   * Receives the progress of a comparison, on the thread that called {@link Comparison#run}. With
   * several threads, runs end in any order.
   */
  @FunctionalInterface
  public interface ProgressListener {

    /** Ignores everything. */
    ProgressListener NONE = (run, done, total) -> {};

    /**
     * A run ended.
     *
     * @param done runs ended so far, this one included
     */
    void ended(ComparisonRun run, int done, int total);
  }

  /** A builder: one thread, {@link TrainingPlan#quick()}, 256 held-out samples. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  public ComparisonDesign design() {
    return design;
  }

  /**
   * Trains and measures every cell. The runs of the result come in the order of {@link
   * ComparisonDesign#cells} and do not depend on the number of threads. A run that diverges is
   * recorded as such, and the comparison continues; any other failure ends it.
   *
   * @throws IllegalStateException if a run fails for another reason than divergence; the message
   *     names the cell
   * @throws InterruptedException if the calling thread is interrupted; runs in progress are stopped
   *     after their current step
   */
  public ComparisonResult run(ProgressListener progress) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads, this::thread);
    try {
      return result(collect(design.cells(), new ExecutorCompletionService<>(pool), progress));
    } finally {
      close(pool);
    }
  }

  /**
   * Trains and measures one cell on the calling thread, for code that distributes a comparison.
   *
   * @throws IllegalStateException if it fails for another reason than divergence, naming the cell
   */
  public Outcome outcome(Cell cell) {
    try {
      return runner.run(cell);
    } catch (RuntimeException | Error cause) {
      throw new IllegalStateException(
          "comparison '%s' failed at %s: %s".formatted(design.name(), cell, cause), cause);
    }
  }

  /**
   * The result of the outcomes of all cells.
   *
   * @throws IllegalArgumentException if they are not those of {@link ComparisonDesign#cells}, in
   *     order
   */
  public ComparisonResult result(List<Outcome> outcomes) {
    return new ComparisonResult(
        design,
        outcomes.stream().map(Outcome::run).toList(),
        outcomes.stream().map(Outcome::timing).toList());
  }

  /** The outcomes in the order of {@code cells}. */
  private List<Outcome> collect(
      List<Cell> cells, CompletionService<Placed> service, ProgressListener progress)
      throws InterruptedException {
    for (int place = 0; place < cells.size(); place++) {
      service.submit(work(place, cells.get(place)));
    }
    Map<Integer, Outcome> outcomes = new TreeMap<>();
    while (outcomes.size() < cells.size()) {
      Placed placed = result(service.take());
      outcomes.put(placed.place(), placed.outcome());
      progress.ended(placed.outcome().run(), outcomes.size(), cells.size());
    }
    return List.copyOf(outcomes.values());
  }

  private Callable<Placed> work(int place, Cell cell) {
    return () -> new Placed(place, outcome(cell));
  }

  private static Placed result(Future<Placed> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      // Work throws nothing else; its own exception names the cell.
      throw failure.getCause() instanceof IllegalStateException named
          ? named
          : new IllegalStateException(failure);
    }
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "comparison-" + design.name());
    thread.setDaemon(true);
    return thread;
  }

  /** Stops what still runs, and waits for it: its engine's resources are in use until then. */
  private static void close(ExecutorService pool) {
    pool.shutdownNow();
    try {
      pool.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  /** Collects what a comparison needs: strategies, rates, seeds, network, source, engine. */
  public static final class Builder {
    private final String name;
    private final Map<String, IdempotencyStrategy> strategies = new LinkedHashMap<>();
    private List<Double> learningRates = List.of();
    private List<Long> seeds = List.of();
    private @Nullable Network network;
    private @Nullable DataSource source;
    private @Nullable TrainingEngine engine;
    private TrainingPlan plan = TrainingPlan.quick();
    private int evaluationSize = 256;
    private IdempotencyMetrics metrics = IdempotencyMetrics.defaults();
    private CollapseThresholds thresholds = CollapseThresholds.defaults();
    private int threads = 1;
    private LongSupplier nanoTime = System::nanoTime;

    private Builder(String name) {
      this.name = Require.notBlank("comparison name", name);
    }

    /** Adds a strategy under a name of its own. */
    public Builder strategy(String name, IdempotencyStrategy strategy) {
      Require.argument(
          strategies.putIfAbsent(name, strategy) == null, "strategy ('%s') is already added", name);
      return this;
    }

    /** Adds strategies by name, in the order of the map. */
    public Builder strategies(Map<String, ? extends IdempotencyStrategy> added) {
      added.forEach(this::strategy);
      return this;
    }

    /** Sets the grid of learning rates, distinct and positive. */
    public Builder learningRates(double... rates) {
      learningRates = DoubleStream.of(rates).boxed().toList();
      return this;
    }

    /** Sets the seeds, distinct. */
    public Builder seeds(long... seeds) {
      this.seeds = LongStream.of(seeds).boxed().toList();
      return this;
    }

    public Builder network(Network network) {
      this.network = network;
      return this;
    }

    /** Sets the data source, for training and held-out samples. */
    public Builder source(DataSource source) {
      this.source = source;
      return this;
    }

    public Builder engine(TrainingEngine engine) {
      this.engine = engine;
      return this;
    }

    /** Sets the plan of every run; its learning rate and seed give way to the cell's. */
    public Builder plan(TrainingPlan plan) {
      this.plan = plan;
      return this;
    }

    /** Sets the number of held-out samples, at least 2. */
    public Builder evaluationSize(int evaluationSize) {
      this.evaluationSize = evaluationSize;
      return this;
    }

    public Builder metrics(IdempotencyMetrics metrics) {
      this.metrics = metrics;
      return this;
    }

    public Builder thresholds(CollapseThresholds thresholds) {
      this.thresholds = thresholds;
      return this;
    }

    /** Sets the number of runs at a time. Times of runs that share cores are not comparable. */
    public Builder threads(int threads) {
      this.threads = threads;
      return this;
    }

    /** Sets the clock of training times: nanoseconds that never run back, from any thread. */
    public Builder nanoTime(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      return this;
    }

    /**
     * The comparison.
     *
     * @throws IllegalArgumentException if something is missing, doubled or out of range
     */
    public Comparison build() {
      Network trained = required("network", network);
      DataSource data = required("source", source);
      TrainingEngine trainer = required("engine", engine);
      Require.positive("threads", threads);
      List<Competitor> competitors = new ArrayList<>();
      strategies.forEach((key, value) -> competitors.add(new Competitor(key, value.formula())));
      ComparisonDesign design =
          new ComparisonDesign(
              name,
              competitors,
              learningRates,
              seeds,
              plan,
              evaluationSize,
              metrics,
              thresholds,
              trained.description(),
              data.description(),
              trainer.description());
      return new Comparison(
          design,
          new CellRunner(design, Map.copyOf(strategies), trained, data, trainer, nanoTime),
          threads);
    }

    private <T> T required(String what, @Nullable T value) {
      if (value == null) {
        throw new IllegalArgumentException("comparison '%s' has no %s".formatted(name, what));
      }
      return value;
    }
  }
}
