package dev.idem.bench;

import dev.idem.api.training.TrainingTask;
import dev.idem.bench.Workload.Net;
import dev.idem.bench.Workload.Objective;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step of idem under JMH. The training loop runs on a thread of its own, which waits
 * after each step until the benchmark lets it take the next: that costs some 20 microseconds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class StepBenchmark {

  /** The network. */
  @Param({"MLP_64", "MLP_784", "DEEP_MLP", "DCGAN_28"})
  public Net net = Net.MLP_64;

  /** What is minimised. */
  @Param({"RECONSTRUCTION", "CANONICAL", "SUBSTITUTED"})
  public Objective objective = Objective.RECONSTRUCTION;

  /** Threads of TensorFlow. */
  @Param({"1", "2"})
  public int threads;

  private final Semaphore next = new Semaphore(0);
  private final Semaphore done = new Semaphore(0);
  private volatile boolean ended;

  /** Starts training, which waits before its first step is reported. */
  @Setup(Level.Trial)
  public void start() {
    TrainingTask task =
        Workload.of(net, objective)
            .task(
                Integer.MAX_VALUE,
                report -> {
                  done.release();
                  next.acquireUninterruptibly();
                  return ended ? Optional.of("the benchmark has ended") : Optional.empty();
                });
    IdemPeer idem = new IdemPeer(threads);
    Thread training = new Thread(() -> idem.run(task), "training");
    training.setDaemon(true);
    training.start();
    done.acquireUninterruptibly();
  }

  /** A step. */
  @Benchmark
  public void step() {
    next.release();
    done.acquireUninterruptibly();
  }

  /** Ends the training. */
  @TearDown(Level.Trial)
  public void end() {
    ended = true;
    next.release();
  }
}
