package dev.idem.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.idem.cli.command.FigureJob;
import dev.idem.cli.environment.Environment;
import dev.idem.cli.environment.Failures;
import dev.idem.eval.Progress;
import dev.idem.figures.RunPool;
import dev.idem.runs.sweep.SweepRunner.Options;
import java.io.IOException;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Computes the runs of a figure on Spark. What a run computes is code, which does not travel: an
 * executor draws the same figure again, up to the call for the runs that it has a part in, computes
 * that part and leaves the rest. So only the figure's name and settings travel there, and results
 * back, as JSON.
 */
final class SparkPool implements RunPool {

  /** Doubles are written so that they read back as themselves. */
  private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

  /** Spark jobs at a time, of a run each; as many as it has cores are computed. */
  private static final int MOST_JOBS = 256;

  private final JavaSparkContext context;
  private final FigureJob job;
  private final List<String> plugins;
  private int calls;

  private SparkPool(JavaSparkContext context, FigureJob job, List<String> plugins) {
    this.context = context;
    this.job = job;
    this.plugins = plugins;
  }

  /** Opens pools on Spark. */
  public static final class Factory implements FigureJob.PoolFactory {

    @Override
    public String name() {
      return "spark";
    }

    @Override
    public RunPool open(FigureJob job, Options options) throws IOException {
      SparkLog.silence();
      JavaSparkContext context = SparkSettings.of(options).start();
      return new SparkPool(context, job, Executor.send(context, options));
    }
  }

  @Override
  public <W, R> List<R> map(List<W> work, Function<W, R> run, Class<R> type, Progress progress)
      throws InterruptedException {
    Part part = new Part(job, calls++, plugins);
    ExecutorService waiting =
        Executors.newFixedThreadPool(Math.max(1, Math.min(work.size(), MOST_JOBS)));
    try {
      ExecutorCompletionService<Indexed> ended = new ExecutorCompletionService<>(waiting);
      IntStream.range(0, work.size()).forEach(i -> ended.submit(part.on(context, i)));
      String[] results = new String[work.size()];
      for (int i = 0; i < results.length; i++) {
        Indexed result = result(ended.take());
        results[result.index] = result.json;
        progress.advance(1);
      }
      List<R> read = new ArrayList<>();
      for (String json : results) {
        read.add(JSON.readValue(json, type));
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "%s cannot be read back: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
    } finally {
      context.cancelAllJobs();
      waiting.shutdownNow();
    }
  }

  private static Indexed result(Future<Indexed> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "a run failed on Spark: " + Failures.line(Failures.describe(cause)), cause);
    }
  }

  /** The result of one run. */
  private record Indexed(int index, String json) {}

  @Override
  public void close() {
    context.close();
  }

  /**
   * What executors do for one call of {@link #map}.
   *
   * @param call its number among the figure's
   */
  private record Part(FigureJob job, int call, List<String> plugins) implements Serializable {

    /** A Spark job of one run: its result arrives as soon as it ends. */
    Callable<Indexed> on(JavaSparkContext context, int index) {
      return () ->
          new Indexed(index, context.parallelize(List.of(index), 1).map(this::compute).first());
    }

    private String compute(int index) throws InterruptedException, JsonProcessingException {
      if (!job.version().equals(Environment.version())) {
        throw new IllegalStateException(
            "this worker has idem %s, the figure was started with %s; install the same version on every machine"
                .formatted(Environment.version(), job.version()));
      }
      try {
        job.draw(Executor.parts(plugins), new Replay(call, index));
      } catch (Computed computed) {
        return JSON.writeValueAsString(computed.result);
      }
      throw new IllegalStateException(
          "figure '%s' asks for its runs in another order here".formatted(job.figure()));
    }
  }

  /** Computes one run of one call, and ends the figure with it. */
  private static final class Replay implements RunPool {

    private final int call;
    private final int index;
    private int calls;

    Replay(int call, int index) {
      this.call = call;
      this.index = index;
    }

    @Override
    public <W, R> List<R> map(List<W> work, Function<W, R> run, Class<R> type, Progress progress) {
      if (calls++ == call) {
        throw new Computed(run.apply(work.get(index)));
      }
      return new Elsewhere<>(work.size());
    }
  }

  /**
   * Results that this executor has no part in; a figure that distributes does not read them yet.
   */
  private static final class Elsewhere<R> extends AbstractList<R> {

    private final int size;

    Elsewhere(int size) {
      this.size = size;
    }

    @Override
    public R get(int index) {
      throw new IllegalStateException(
          "a figure that distributes its runs needs all before it reads one");
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** Carries a result out of the figure. */
  private static final class Computed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Object result;

    Computed(Object result) {
      super("computed", null, false, false);
      this.result = result;
    }
  }
}
