package dev.idem.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.idem.api.data.DataSource;
import dev.idem.api.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** PyTorch, eager, through DJL; one process has one number of threads. */
final class TorchPeer implements Peer {

  private final Engine engine;

  TorchPeer(int threads) {
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    engine = Engine.getEngine("PyTorch");
  }

  @Override
  public Trace train(Workload workload, int steps) {
    try (NDManager manager = engine.newBaseManager()) {
      Training training = new Training(workload, manager);
      List<Double> losses = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        losses.add(training.step(step));
      }
      return new Trace(losses, training.network.inIdemsLayout());
    }
  }

  @Override
  public List<Double> time(Workload workload, double seconds) {
    try (NDManager manager = engine.newBaseManager()) {
      Training training = new Training(workload, manager);
      StepClock clock = new StepClock(seconds);
      for (int step = 0; !clock.done(); step++) {
        training.step(step);
        clock.tick();
      }
      return clock.milliseconds();
    }
  }

  private final class Training {
    private final Workload workload;
    private final DataSource source;
    private final NDManager manager;
    private final TorchNetwork network;
    private final Shape batchShape;
    private final Optimizer sgd =
        Optimizer.sgd()
            .setLearningRateTracker(Tracker.fixed((float) Workload.LEARNING_RATE))
            .build();

    Training(Workload workload, NDManager manager) {
      this.workload = workload;
      this.manager = manager;
      source = workload.batches();
      network =
          new TorchNetwork(
              workload.net(),
              workload.parameters(TrainingState.initial(workload.task(1)).network()),
              manager);
      long[] sample = workload.net().network().shape().toLongArray();
      // One channel, so that channels last and channels first are the same numbers.
      long[] torch = sample.length == 3 ? new long[] {sample[2], sample[0], sample[1]} : sample;
      batchShape =
          new Shape(
              LongStream.concat(LongStream.of(workload.batch()), LongStream.of(torch)).toArray());
    }

    /** One step; its loss. */
    double step(long number) {
      float[][] batch = source.batch(0, number, workload.batch());
      float[] flat = new float[batch.length * batch[0].length];
      for (int i = 0; i < batch.length; i++) {
        System.arraycopy(batch[i], 0, flat, i * batch[i].length, batch[i].length);
      }
      try (NDManager step = manager.newSubManager();
          GradientCollector collector = engine.newGradientCollector()) {
        NDArray x = step.create(flat, batchShape);
        NDArray y = network.apply(x);
        NDArray measured =
            switch (workload.objective()) {
              case RECONSTRUCTION -> descended(collector, y.sub(x).square().mean());
              case CANONICAL -> descended(collector, network.apply(y).sub(y).square().mean());
              case SUBSTITUTED -> substituted(y);
            };
        network.weights().forEach((name, weight) -> sgd.update(name, weight, weight.getGradient()));
        return measured.getFloat();
      }
    }

    private NDArray descended(GradientCollector collector, NDArray loss) {
      collector.backward(loss);
      return loss;
    }

    private NDArray substituted(NDArray y) {
      NDArray held = y.stopGradient();
      NDArray fy = network.applyFrozen(held);
      NDArray ffy = network.applyFrozen(fy);
      NDArray gradient = held.sub(fy.mul(3).sub(ffy.mul(2))).div(held.size());
      JniUtils.backward((PtNDArray) y, (PtNDArray) gradient, false, false);
      return gradient.square().sum().sqrt();
    }
  }
}
