package dev.idem.eval.comparison;

import dev.idem.api.training.NetworkView;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingListener;
import dev.idem.eval.comparison.ComparisonRun.CurvePoint;
import dev.idem.eval.metrics.IdempotencyMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/**
 * Records the curve and the training time of one run; ends the run if its thread is interrupted.
 */
final class RunRecorder implements TrainingListener {

  private static final double NANOS_PER_SECOND = 1e9;

  private final float[][] heldOut;
  private final LongSupplier nanoTime;
  private final List<CurvePoint> curve = new ArrayList<>();
  private final List<RunTiming.Point> times = new ArrayList<>();
  private long trainingNanos;
  private long resumedAt;

  RunRecorder(float[][] heldOut, LongSupplier nanoTime) {
    this.heldOut = heldOut;
    this.nanoTime = nanoTime;
  }

  @Override
  public void stepped(StepReport report) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted after step " + report.step());
    }
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    long pausedAt = nanoTime.getAsLong();
    if (!times.isEmpty()) {
      trainingNanos += pausedAt - resumedAt;
    }
    times.add(new RunTiming.Point(stepsDone, trainingNanos / NANOS_PER_SECOND));
    curve.add(new CurvePoint(stepsDone, IdempotencyMetrics.measureError(network::apply, heldOut)));
    resumedAt = nanoTime.getAsLong();
  }

  List<CurvePoint> curve() {
    return curve;
  }

  List<RunTiming.Point> times() {
    return times;
  }
}
