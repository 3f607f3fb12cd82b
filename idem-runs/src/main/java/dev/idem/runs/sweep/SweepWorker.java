package dev.idem.runs.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.api.training.DivergenceException;
import dev.idem.api.training.TrainingEngine;
import dev.idem.api.training.TrainingEngine.EngineFactory;
import dev.idem.api.training.TrainingListener;
import dev.idem.api.training.TrainingListener.StepReport;
import dev.idem.eval.Quantiles;
import dev.idem.models.storage.SafeFiles;
import dev.idem.runs.Run;
import dev.idem.runs.RunFolder;
import dev.idem.runs.RunHost;
import dev.idem.runs.StopRequest;
import dev.idem.runs.StopRequest.RunInterruptedException;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.sweep.SweepOutcome.State;
import dev.idem.runs.sweep.SweepRunner.SweepTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Trains runs of a sweep in folders of their own, which are those that {@code idem run} makes, with
 * the outcome in addition. Of a run whose outcome is already known nothing is repeated; one that
 * was interrupted resumes from its newest checkpoint. May be used by several threads at once.
 */
public final class SweepWorker {

  /** The outcome of a run, in its folder. */
  public static final String OUTCOME = "outcome.json";

  private static final JsonMapper JSON = new JsonMapper();
  private static final double NANOS = 1e9;

  private final Experiments experiments;
  private final EngineFactory engines;
  private final RunHost.ImageOpener images;
  private final RunHost host;
  private final String version;

  /**
   * A worker.
   *
   * @param images opens those of generators
   * @param host what its runs record and report
   * @param version of idem
   */
  public SweepWorker(
      Experiments experiments,
      EngineFactory engines,
      RunHost.ImageOpener images,
      RunHost host,
      String version) {
    this.experiments = experiments;
    this.engines = engines;
    this.images = images;
    this.host = host;
    this.version = version;
  }

  /**
   * Executes a task. Whatever goes wrong is an outcome.
   *
   * @param runs the folder of the run folders
   * @param stop saves the run and ends it, once requested
   */
  public SweepOutcome execute(SweepTask task, Path runs, StopRequest stop) {
    long began = System.nanoTime();
    try {
      if (!task.version().equals(version)) {
        throw new IllegalStateException(
            "this worker has idem %s, the sweep was started with %s; install the same version on every machine"
                .formatted(version, task.version()));
      }
      RunFolder folder = new RunFolder(runs.resolve(task.id()));
      Optional<SweepOutcome> known = known(folder.path(), task.until());
      if (known.isPresent()) {
        return known.get();
      }
      SweepOutcome outcome = train(task, folder, stop, began);
      if (outcome.state() != State.STOPPED) {
        SafeFiles.write(folder.path(), OUTCOME, outcome.toJson().getBytes(StandardCharsets.UTF_8));
      }
      return outcome;
    } catch (Throwable e) { // an outcome too, out of memory included
      return SweepOutcome.failed(task, host.describe(e), began);
    }
  }

  /**
   * What a run costs, measured on its first steps; nothing is written.
   *
   * @param start seconds until the end of the first step
   * @param step median seconds of a later one
   * @param steps of its plan
   */
  public record Cost(double start, double step, long steps) {}

  /** Ends a run whose steps have been timed. */
  private static final class Timed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Timed() {
      super("timed", null, false, false);
    }
  }

  /**
   * The cost of a run; empty if it diverges or ends before its second step.
   *
   * @param timed steps, the later half of those that are trained
   * @throws IOException if its data cannot be opened
   */
  public Optional<Cost> cost(Experiment experiment, int timed) throws IOException {
    long began = System.nanoTime();
    List<Long> ends = new ArrayList<>();
    TrainingListener clock =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            ends.add(System.nanoTime());
            if (ends.size() > 2 * timed) {
              throw new Timed();
            }
          }
        };
    TrainingEngine engine = engines.create(experiment.engine());
    long steps = 0;
    RunFolder unwritten = new RunFolder(SafeFiles.temporaryFolder().resolve("idem-no-run"));
    try (Run run = Run.begin(experiment, unwritten, engine, images, host)) {
      steps = run.task().plan().steps();
      engine.train(run.task(), List.of(clock)).close();
    } catch (Timed | DivergenceException ended) {
      // What was timed until then is what is asked for.
    }
    double[] seconds =
        IntStream.range(Math.max(1, ends.size() / 2), ends.size())
            .mapToDouble(i -> (ends.get(i) - ends.get(i - 1)) / NANOS)
            .toArray();
    return seconds.length == 0
        ? Optional.empty()
        : Optional.of(new Cost((ends.get(0) - began) / NANOS, Quantiles.median(seconds), steps));
  }

  /** The outcome in a run's folder, unless the task asks for more than that. */
  private static Optional<SweepOutcome> known(Path folder, long until) throws IOException {
    Path file = folder.resolve(OUTCOME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(SweepOutcome.parse(Files.readString(file)))
        .filter(outcome -> outcome.reached(until));
  }

  private SweepOutcome train(SweepTask task, RunFolder folder, StopRequest stop, long began)
      throws IOException {
    Experiment experiment = experiments.of(task.experiment(), task.id(), List.of());
    if (!folder.isComplete()) {
      try (Run run =
          folder.isRun()
              ? Run.resume(experiment, folder, engines.create(experiment.engine()), images, host)
              : Run.begin(experiment, folder, engines.create(experiment.engine()), images, host)) {
        boolean pauses = task.until() < run.task().plan().steps();
        run.train(pauses ? StopRequest.after(task.until(), stop) : stop);
      } catch (RunInterruptedException e) {
        if (stop.requested() && !folder.isComplete()) {
          return SweepOutcome.of(task, State.STOPPED, 0, Map.of(), "", "stopped on request", began);
        }
        if (!folder.isComplete()) {
          return SweepOutcome.of(
              task, State.PAUSED, task.until(), paused(folder, task.until()), "", "paused", began);
        }
      } catch (DivergenceException e) {
        return SweepOutcome.of(
            task, State.DIVERGED, e.step(), Map.of(), "diverged", host.describe(e), began);
      }
    }
    JsonNode result = JSON.readTree(folder.read(RunFolder.RESULT));
    Map<String, Double> metrics = new TreeMap<>();
    result
        .path("metrics")
        .properties()
        .forEach(
            metric -> metrics.put(metric.getKey(), Double.valueOf(metric.getValue().asText())));
    return SweepOutcome.of(
        task,
        State.FINISHED,
        result.path("steps").asLong(),
        metrics,
        result.path("verdict").asText(),
        result.path("ended").asText(),
        began);
  }

  /** The metrics that were measured after that many steps. */
  private static Map<String, Double> paused(RunFolder folder, long steps) throws IOException {
    List<String> lines = folder.read(RunFolder.METRICS).lines().toList();
    String[] header = lines.get(0).split(",", -1);
    Map<String, Double> metrics = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals(Long.toString(steps))) {
        for (int i = 1; i < header.length; i++) {
          metrics.put(header[i], Double.valueOf(cells[i]));
        }
      }
    }
    if (metrics.isEmpty()) {
      throw new IOException(
          "%s has no line of step %s; choose a plan.evaluateEvery that divides it"
              .formatted(folder.file(RunFolder.METRICS), steps));
    }
    return metrics;
  }
}
