package dev.idem.bench;

import dev.idem.api.training.EngineOptions;
import dev.idem.api.training.EngineOptions.Device;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.api.training.TrainingTask;
import dev.idem.tf.engine.StepProfile;
import dev.idem.tf.engine.TensorFlowEngine;
import java.util.ArrayList;
import java.util.List;

/** idem on TensorFlow, through its public interface: the loop, its guard and its listeners. */
final class IdemPeer implements Peer {

  private static final int PROFILED_AFTER = 5;

  private final TensorFlowEngine engine;

  IdemPeer(int threads) {
    engine = new TensorFlowEngine(new EngineOptions(new Device.Cpu(), threads));
  }

  @Override
  public Trace train(Workload workload, int steps) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            losses.addAll(report.terms().values());
          }
        };
    try (TrainedNetwork trained = engine.train(workload.task(steps), List.of(listener))) {
      return new Trace(losses, workload.parameters(trained.state()));
    }
  }

  @Override
  public List<Double> time(Workload workload, double seconds) {
    StepClock clock = new StepClock(seconds);
    run(workload.task(Integer.MAX_VALUE, clock::tick));
    return clock.milliseconds();
  }

  /** Trains to the end. */
  void run(TrainingTask task) {
    engine.train(task, List.of()).close();
  }

  /** One traced step. */
  StepProfile profile(Workload workload) {
    return engine.profile(workload.task(PROFILED_AFTER + 1));
  }
}
