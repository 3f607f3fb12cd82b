package dev.idem.runs;

import dev.idem.api.data.DataSource.CheckedSamples;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.api.training.TrainingListener.StatefulListener;
import dev.idem.api.training.TrainingObjective;
import dev.idem.api.training.TrainingPlan;
import dev.idem.api.training.TrainingTask;
import dev.idem.models.storage.StateTensors;
import dev.idem.runs.EvaluationMetrics.HeldOut;
import dev.idem.runs.experiment.Experiment.Subject;
import dev.idem.runs.experiment.RunOptions;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a run trains, measures and writes, with its data, which are open until it is closed. */
interface PreparedRun extends Closeable {

  /** The number of held-out samples that measurements are of, at most. */
  int SAMPLES = 256;

  /** The seed that selects them. */
  long SAMPLES_SEED = 7;

  /**
   * The networks that a run leaves, and what they are called: a map's file, a generator's folder.
   */
  enum Kept {
    LAST(RunFolder.WEIGHTS, "model"),
    AVERAGE(RunFolder.AVERAGE, "averaged-model"),
    BEST(RunFolder.BEST, "best-model");

    final String weights;
    final String model;

    Kept(String weights, String model) {
      this.weights = weights;
      this.model = model;
    }
  }

  /** What is trained. */
  TrainingTask task();

  /** What is measured at evaluations. */
  EvaluationMetrics metrics();

  /** The fingerprints of the data, {@link Provenance#DATA}. */
  Map<String, String> data();

  /** Listeners of this subject, such as a collapse alarm. */
  default List<StatefulListener> listeners() {
    return List.of();
  }

  /**
   * Images of the network as it is, by name, as PNG files; drawing them does not affect the run's
   * randomness.
   */
  default Map<String, Function<NetworkView, byte[]>> pictures() {
    return Map.of();
  }

  /** Writes what a resumed run need not compute again into the run's folder, which is its own. */
  default void begun() throws IOException {}

  /** What the run's folder calls one of the networks that it leaves. */
  String nameOf(Kept kept);

  /** Writes the trained network into a run's folder, in a form that can be used. */
  void write(TrainedNetwork network, Map<Kept, NetworkState> states, RunFolder folder)
      throws IOException;

  @Override
  default void close() throws IOException {}

  /** The run of a self-map. */
  record OfMap(TrainingTask task, EvaluationMetrics metrics, Map<String, String> data, RunHost host)
      implements PreparedRun {

    static OfMap of(Subject.SelfMap map, TrainingPlan plan, RunOptions options, RunHost host) {
      TrainingTask task = map.task(plan);
      float[][] rows = CheckedSamples.heldOut(map.source(), SAMPLES_SEED, SAMPLES);
      HeldOut samples = new HeldOut(TrainingObjective.DEFAULT_INPUT, rows);
      return new OfMap(
          task,
          new EvaluationMetrics(options.measured(), samples, samples),
          Provenance.fingerprints(task, map.source(), Provenance.fingerprint(map.source()), rows),
          host);
    }

    @Override
    public String nameOf(Kept kept) {
      return kept.weights;
    }

    @Override
    public void write(TrainedNetwork network, Map<Kept, NetworkState> states, RunFolder folder)
        throws IOException {
      for (Map.Entry<Kept, NetworkState> one : states.entrySet()) {
        folder.write(nameOf(one.getKey()), StateTensors.content(task.network(), one.getValue()));
      }
      host.export(task.network(), network.state(), folder.cleared("saved-model"));
    }
  }
}
