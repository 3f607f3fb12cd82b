package dev.idem.runs;

import dev.idem.api.algebra.Shape;
import dev.idem.api.check.ForeignCode;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingTask;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a listener that writes or draws on a thread of its own, so that it can neither end nor block
 * a run. The listener receives all events in order. When it throws, or does not keep up within the
 * given patience, this is reported once, the listener is detached, and training continues.
 *
 * <p>Step reports wait in a bounded queue; at evaluations, and when the run is saved, the run waits
 * for the listener.
 */
final class IsolatedListener implements StatefulListener, AutoCloseable {

  private static final int WAITING = 1_024;
  private static final String DROPPED = "dropped";

  private final String name;
  private final String stateName;
  private final TrainingListener listener;
  private final Duration patience;
  private final Consumer<String> report;
  private final Semaphore room = new Semaphore(WAITING);
  private final ExecutorService thread;
  private volatile boolean dropped;

  /**
   * A listener around another, to be closed after the run.
   *
   * @param report called once, with the reason why the listener was detached
   */
  IsolatedListener(
      String name, TrainingListener listener, Duration patience, Consumer<String> report) {
    this.name = name;
    this.stateName = listener instanceof StatefulListener stateful ? stateful.name() : name;
    this.listener = listener;
    this.patience = patience;
    this.report = report;
    this.thread = thread("listener " + name);
  }

  /** A thread that does not keep the process alive. */
  static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public String name() {
    return stateName;
  }

  /** Whether it failed or fell behind, and was detached. */
  boolean dropped() {
    return dropped;
  }

  @Override
  public void started(TrainingTask task) {
    queue(() -> listener.started(task));
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    queue(() -> listener.resumed(task, stepsDone));
  }

  @Override
  public void stepped(StepReport step) {
    queue(() -> listener.stepped(step));
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    Borrowed borrowed = new Borrowed(network);
    try {
      await(Executors.callable(() -> listener.evaluated(stepsDone, borrowed)));
    } finally {
      borrowed.network = null;
    }
  }

  @Override
  public void finished(long stepsDone, String reason) {
    await(Executors.callable(() -> listener.finished(stepsDone, reason)));
  }

  @Override
  public void diverged(DivergenceException divergence) {
    await(Executors.callable(() -> listener.diverged(divergence)));
  }

  /** What the listener saves, or a mark that it was detached. */
  @Override
  public Map<String, double[]> save() {
    if (!(listener instanceof StatefulListener stateful)) {
      return Map.of();
    }
    Map<String, double[]> saved = await(stateful::save);
    return saved == null ? Map.of(DROPPED, new double[0]) : saved;
  }

  /**
   * Restores the listener from what it saved. A detached listener stays detached: its file has a
   * gap, and further events would overwrite what it holds.
   *
   * @throws RuntimeException whatever the listener throws: it is better to refuse a run that has
   *     not started than to resume it without the listener
   */
  @Override
  public void restore(Map<String, double[]> saved) {
    if (saved.containsKey(DROPPED)) {
      drop("had failed or fallen behind before the run was interrupted");
    } else if (listener instanceof StatefulListener stateful) {
      stateful.restore(saved);
    }
  }

  private void queue(Runnable event) {
    if (dropped) {
      return;
    }
    try {
      if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        drop("did not keep up within %s".formatted(patience));
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    thread.execute(
        () -> {
          if (!dropped) {
            ForeignCode.thrownBy(event::run).ifPresent(this::failed);
          }
          room.release();
        });
  }

  private <V> @Nullable V await(Callable<V> event) {
    if (dropped) {
      return null;
    }
    try {
      return thread
          .submit(() -> dropped ? null : event.call())
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      // As in 60 or 0.2.
      BigDecimal seconds = BigDecimal.valueOf(patience.toMillis(), 3).stripTrailingZeros();
      drop("did not answer within %s s".formatted(seconds.toPlainString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private void failed(Throwable thrown) {
    drop("failed: " + ForeignCode.reason(thrown));
  }

  private synchronized void drop(String why) {
    if (!dropped) {
      dropped = true;
      report.accept("%s %s; detached, training continues".formatted(name, why));
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!dropped && !thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        drop("did not end within %s".formatted(patience));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  /** The network during one call: a listener that is too late cannot read it. */
  private static final class Borrowed implements NetworkView {

    private volatile @Nullable NetworkView network;

    Borrowed(NetworkView network) {
      this.network = network;
    }

    private NetworkView lent() {
      NetworkView lent = network;
      if (lent == null) {
        throw new IllegalStateException("the network was lent for the evaluation alone");
      }
      return lent;
    }

    @Override
    public Shape shape() {
      return lent().shape();
    }

    @Override
    public float[][] apply(float[][] x) {
      return lent().apply(x);
    }

    @Override
    public float[][] apply(float[][] x, String kind) {
      return lent().apply(x, kind);
    }

    @Override
    public float[][] applyAsInTraining(float[][] x) {
      return lent().applyAsInTraining(x);
    }

    @Override
    public double[] parameter(String parameter) {
      return lent().parameter(parameter);
    }
  }
}
