package dev.idem.spark;

import dev.idem.cli.environment.Failures;
import dev.idem.runs.StopRequest;
import dev.idem.runs.sweep.SweepOutcome;
import dev.idem.runs.sweep.SweepOutcome.State;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FutureAction;
import org.apache.spark.TaskEndReason;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.JobFailed;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * A Spark job with one task for each run. Spark's threads only add events to a queue, from which
 * the thread of {@link #run} takes them one at a time.
 */
final class SparkJob extends SparkListener {

  private static final Logger LOG = LoggerFactory.getLogger(SparkJob.class);

  private static final String GROUP = "spark.jobGroup.id";
  private static final int DEFAULT_MAX_FAILURES = 4;
  private static final long POLL_MILLIS = 100;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SAVING_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final double MILLIS = 1e3;

  private final JavaSparkContext context;
  private final String group;
  private final List<SweepTask> tasks;
  private final Consumer<SweepOutcome> ended;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

  /** Of Spark's listener thread. */
  private int job = -1;

  private int stage = -1;

  private final BitSet done = new BitSet();
  private final Map<Integer, TaskInfo> running = new TreeMap<>();
  private final Map<Integer, List<Loss>> losses = new TreeMap<>();
  private Optional<String> failure = Optional.empty();
  private String error = "";
  private long active = System.nanoTime();

  /**
   * A job that has not begun.
   *
   * @param group a name of its own
   */
  SparkJob(
      JavaSparkContext context, String group, List<SweepTask> tasks, Consumer<SweepOutcome> ended) {
    this.context = context;
    this.group = group;
    this.tasks = List.copyOf(tasks);
    this.ended = ended;
  }

  /**
   * Executes the tasks, until each has an outcome, a stop is requested or Spark ends the job.
   *
   * @return the tasks that are left, if Spark ended the job because others lost their executors too
   *     often, which are failed outcomes
   * @throws IOException if Spark cannot execute them
   */
  List<SweepTask> run(SparkTask task, StopRequest stop) throws IOException {
    context.sc().addSparkListener(this);
    context.setJobGroup(group, tasks.size() + " runs", false);
    try {
      FutureAction<BoxedUnit> action =
          context
              .sc()
              .submitJob(
                  context.parallelize(tasks, tasks.size()).rdd(),
                  task,
                  partitions(),
                  (index, outcome) -> {
                    events.add(() -> end((Integer) index, outcome));
                    return BoxedUnit.UNIT;
                  },
                  () -> BoxedUnit.UNIT);
      while (done.cardinality() < tasks.size() && failure.isEmpty()) {
        next();
        if (stop.requested()) {
          stop();
          return List.of();
        }
        if (context.sc().isStopped()) {
          failure = failure.or(() -> Optional.of(reason(action)));
        }
        warnOfIdleness();
      }
      return failure.isEmpty() ? List.of() : left();
    } finally {
      if (done.cardinality() < tasks.size() && failure.isEmpty()) {
        context.cancelJobGroup(group);
      }
      context.clearJobGroup();
      context.sc().removeSparkListener(this);
    }
  }

  private static String reason(FutureAction<?> action) {
    return action.value().isDefined() && action.value().get().isFailure()
        ? String.valueOf(action.value().get().failed().get().getMessage())
        : "Spark ended the application";
  }

  private scala.collection.immutable.Seq<Object> partitions() {
    List<Object> indices = IntStream.range(0, tasks.size()).<Object>mapToObj(i -> i).toList();
    return CollectionConverters.asScala(indices).toSeq();
  }

  /** Takes an event, if there is one soon. */
  private void next() throws IOException {
    try {
      Runnable event = events.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (event != null) {
        event.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Spark executes the runs", e);
    }
  }

  private void end(int index, SweepOutcome outcome) {
    running.remove(index);
    done.set(index);
    active = System.nanoTime();
    ended.accept(outcome);
  }

  /** Runs in progress see that their tasks were cancelled, save themselves and end. */
  private void stop() throws IOException {
    context.cancelJobGroup(group);
    long began = System.nanoTime();
    Map<Integer, TaskInfo> interrupted = new TreeMap<>(running);
    while (!running.isEmpty()
        && !context.sc().isStopped()
        && System.nanoTime() - began < SAVING_NANOS) {
      next();
      running.forEach(interrupted::putIfAbsent);
    }
    interrupted.forEach(
        (index, info) -> {
          if (!done.get(index)) {
            end(index, outcome(index, info, State.STOPPED, "stopped on request"));
          }
        });
  }

  /** What another job has to do, after the outcomes of tasks whose executors died too often. */
  private List<SweepTask> left() throws IOException {
    int most = context.getConf().getInt("spark.task.maxFailures", DEFAULT_MAX_FAILURES);
    losses.entrySet().removeIf(entry -> entry.getValue().size() < most || done.get(entry.getKey()));
    if (losses.isEmpty() || context.sc().isStopped()) {
      throw new IOException(
          "Spark on %s cannot execute the runs (%s); the same sweep started again continues with those that have not ended"
              .formatted(
                  context.master(),
                  Failures.line(error.isEmpty() ? failure.orElseThrow() : error)));
    }
    losses.forEach(
        (index, its) -> {
          Loss last = its.get(its.size() - 1);
          String message =
              "every executor that trained it died, %s in all (%s); does the run need more than spark.executor.memory?"
                  .formatted(its.size(), Failures.line(last.reason()));
          end(index, outcome(index, last.attempt(), State.FAILED, message));
        });
    return IntStream.range(0, tasks.size())
        .filter(index -> !done.get(index))
        .mapToObj(tasks::get)
        .toList();
  }

  private SweepOutcome outcome(int index, TaskInfo attempt, State state, String message) {
    return new SweepOutcome(
        tasks.get(index).id(),
        state,
        0,
        Map.of(),
        "",
        message,
        (System.currentTimeMillis() - attempt.launchTime()) / MILLIS,
        attempt.host());
  }

  private void warnOfIdleness() {
    if (running.isEmpty() && System.nanoTime() - active > IDLE_NANOS) {
      LOG.warn(
          "Spark on {} has started no run for {} s; has it free cores, and memory for executors (spark.executor.memory)?",
          context.master(),
          TimeUnit.NANOSECONDS.toSeconds(IDLE_NANOS));
      active = System.nanoTime();
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    if (group.equals(start.properties().getProperty(GROUP))) {
      job = start.jobId();
      stage = (Integer) start.stageIds().head();
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    if (start.stageId() == stage) {
      events.add(
          () -> {
            active = System.nanoTime();
            running.put(start.taskInfo().index(), start.taskInfo());
          });
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.stageId() == stage) {
      events.add(() -> attemptEnded(end.taskInfo(), end.reason()));
    }
  }

  private void attemptEnded(TaskInfo attempt, TaskEndReason reason) {
    active = System.nanoTime();
    running.remove(attempt.index(), attempt);
    if (reason instanceof ExecutorLostFailure loss && loss.countTowardsTaskFailures()) {
      String why = loss.reason().isDefined() ? loss.reason().get() : "no reason given";
      losses.computeIfAbsent(attempt.index(), key -> new ArrayList<>()).add(new Loss(attempt, why));
    } else if (reason instanceof ExceptionFailure thrown) {
      error = thrown.className() + ": " + thrown.description();
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    if (!context.sc().isStopped()) {
      LOG.warn(
          "Spark lost executor {} ({}); its runs continue on others",
          removed.executorId(),
          Failures.line(removed.reason()));
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    if (end.jobId() == job && end.jobResult() instanceof JobFailed failed) {
      events.add(() -> failure = Optional.of(String.valueOf(failed.exception().getMessage())));
    }
  }

  /**
   * An executor that died with a task.
   *
   * @param attempt of the task
   */
  private record Loss(TaskInfo attempt, String reason) {}
}
