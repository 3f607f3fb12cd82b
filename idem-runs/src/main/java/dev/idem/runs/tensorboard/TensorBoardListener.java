package dev.idem.runs.tensorboard;

import dev.idem.api.network.ParameterSpec;
import dev.idem.api.training.NetworkView;
import dev.idem.api.training.StatefulListener;
import dev.idem.api.training.StepReport;
import dev.idem.api.training.TrainingTask;
import dev.idem.runs.listener.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Writes a run as an event file for TensorBoard: each step's terms, gradient norm and learning rate
 * as scalars; at each evaluation metrics as scalars, every parameter as a histogram, and images.
 * Point TensorBoard at the folder.
 */
public final class TensorBoardListener implements StatefulListener, AutoCloseable {

  private static final String NAME = "events.out.tfevents.0.idem";
  private static final double MILLIS = 1e3;

  private final RunFile file;
  private final InstantSource clock;
  private final Map<String, ToDoubleFunction<NetworkView>> metrics;
  private final Map<String, Function<NetworkView, EncodedImage>> images;
  private final List<String> parameters = new ArrayList<>();

  /**
   * A listener, to be closed after the run.
   *
   * @param folder that TensorBoard is pointed at; created if it does not exist
   * @param metrics by name, measured at each evaluation
   * @param images by name, drawn at each evaluation
   */
  public TensorBoardListener(
      Path folder,
      Map<String, ToDoubleFunction<NetworkView>> metrics,
      Map<String, Function<NetworkView, EncodedImage>> images,
      InstantSource clock)
      throws IOException {
    this.file = RunFile.open(folder.resolve(NAME));
    this.metrics = new LinkedHashMap<>(metrics);
    this.images = new LinkedHashMap<>(images);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "tensorboard";
  }

  @Override
  public void started(TrainingTask task) {
    file.clear();
    file.append(EventRecord.of(event(0).text(3, "brain.Event:2").content()));
    remember(task);
  }

  @Override
  public void resumed(TrainingTask task, long stepsDone) {
    file.goOn();
    remember(task);
  }

  private void remember(TrainingTask task) {
    parameters.clear();
    task.network().parameters().stream().map(ParameterSpec::name).forEach(parameters::add);
  }

  @Override
  public void stepped(StepReport report) {
    Message summary = new Message();
    report.terms().forEach((term, value) -> add(summary, "term/" + term, value));
    add(summary, "gradient norm", report.gradientNorm());
    add(summary, "learning rate", report.learningRate());
    write(report.step() + 1, summary);
  }

  @Override
  public void evaluated(long stepsDone, NetworkView network) {
    Message summary = new Message();
    metrics.forEach(
        (name, metric) -> add(summary, "metric/" + name, metric.applyAsDouble(network)));
    parameters.forEach(
        name ->
            summary.message(
                1,
                new Message()
                    .text(1, "parameter/" + name)
                    .message(5, Histogram.of(network.parameter(name)))));
    images.forEach(
        (name, drawn) -> {
          Message picture = drawn.apply(network).message();
          summary.message(1, new Message().text(1, name).message(4, picture));
        });
    write(stepsDone, summary);
  }

  private static void add(Message summary, String tag, double value) {
    summary.message(1, new Message().text(1, tag).narrow(2, (float) value));
  }

  private Message event(long step) {
    double seconds = clock.instant().toEpochMilli() / MILLIS;
    return new Message().number(1, seconds).integer(2, step);
  }

  private void write(long step, Message summary) {
    file.append(EventRecord.of(event(step).message(5, summary).content()));
  }

  @Override
  public void finished(long stepsDone, String reason) {
    file.flush();
  }

  @Override
  public Map<String, double[]> save() {
    return file.save();
  }

  @Override
  public void restore(Map<String, double[]> saved) {
    file.restore(saved);
  }

  @Override
  public void close() {
    file.close();
  }
}
