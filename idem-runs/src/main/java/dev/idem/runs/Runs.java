package dev.idem.runs;

import dev.idem.api.training.TrainingEngine;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Experiments;
import dev.idem.runs.experiment.Subject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs of experiments: each trains with one seed, in a folder of its own, saves checkpoints, and
 * can be resumed to the same bytes.
 *
 * <pre>{@code
 * Runs runs = new Runs(Experiments.builtIn(), host);
 * try (Run run = runs.begin(experiment, new RunFolder(folder))) {
 *   run.train(stop);
 * }
 * }</pre>
 */
public final class Runs {

  /** The file that lists unused images, in the folder of a run or an evaluation. */
  public static final String SKIPPED = "skipped.txt";

  private final Experiments experiments;
  private final RunHost host;

  /**
   * Runs.
   *
   * @param experiments reads the experiment of a folder that is resumed
   * @param host provides engines and data
   */
  public Runs(Experiments experiments, RunHost host) {
    this.experiments = experiments;
    this.host = host;
  }

  /**
   * A new run.
   *
   * @param experiment of one seed
   * @param folder must not hold a run
   * @throws IllegalArgumentException if the device does not exist
   * @throws IOException if the images cannot be opened, or runs of other seeds beside this one were
   *     started with others
   */
  public Run begin(Experiment experiment, RunFolder folder) throws IOException {
    return open(experiment, folder, false);
  }

  /**
   * The run of a folder, to be continued from its newest intact checkpoint.
   *
   * @throws dev.idem.runs.experiment.ExperimentException if the folder's experiment is invalid now
   * @throws IllegalArgumentException if the device does not exist
   * @throws IOException if the images cannot be opened
   */
  public Run resume(RunFolder folder) throws IOException {
    return resume(experiments.read(folder.file(RunFolder.EXPERIMENT), List.of()), folder);
  }

  /**
   * As {@link #resume(RunFolder)}, of an experiment that has been read already.
   *
   * @param experiment that of the folder, or the same {@linkplain Experiment#withDataAt with its
   *     images elsewhere}
   */
  public Run resume(Experiment experiment, RunFolder folder) throws IOException {
    return open(experiment, folder, true);
  }

  private Run open(Experiment experiment, RunFolder folder, boolean resume) throws IOException {
    TrainingEngine engine = host.engine(experiment.engine());
    Map<String, String> environment = new LinkedHashMap<>(host.environment(engine));
    PreparedRun prepared =
        experiment.subject() instanceof Subject.Generator generator
            ? ofGenerator(experiment, generator, folder, environment, resume)
            : PreparedRun.ofMap(experiment, (Subject.SelfMap) experiment.subject(), host);
    return new Run(prepared, folder, engine, provenance(prepared, environment), resume, host);
  }

  private PreparedRun ofGenerator(
      Experiment experiment,
      Subject.Generator generator,
      RunFolder folder,
      Map<String, String> environment,
      boolean resume)
      throws IOException {
    RunHost.Images images = images(generator, resume);
    try {
      PreparedRun run =
          PreparedRun.ofGenerator(experiment, generator, images, environment, host::report);
      for (RunFolder sibling : folder.siblings()) {
        RecordedProvenance.requireSameData(sibling, run.data());
      }
      if (!resume && images.unused().isPresent()) {
        folder.make();
        folder.write(SKIPPED, images.unused().get().list());
        host.report(
            "%s, listed in %s".formatted(images.unused().get().count(), folder.file(SKIPPED)));
      }
      return run;
    } catch (IOException | RuntimeException | Error e) {
      images.close();
      throw e;
    }
  }

  private RunHost.Images images(Subject.Generator generator, boolean resume) throws IOException {
    try {
      return host.images(generator);
    } catch (IOException e) {
      throw resume
          ? new IOException(
              "%s; if the run's data were moved, name their new location with --data"
                  .formatted(e.getMessage()),
              e)
          : e;
    }
  }

  private Map<String, Object> provenance(PreparedRun run, Map<String, String> environment) {
    Map<String, Object> provenance = new LinkedHashMap<>(environment);
    provenance.put(RecordedProvenance.FINGERPRINT, run.fingerprint());
    provenance.put("network", run.task().network().description());
    provenance.put("parameters", run.task().network().parameterCount());
    provenance.put("seed", run.task().plan().seed());
    provenance.put("threads", run.experiment().engine().threads());
    provenance.put("precision", run.experiment().engine().precision().toString());
    provenance.put("xla", run.experiment().engine().xla());
    provenance.put(RecordedProvenance.SETTINGS, run.settings());
    provenance.put(RecordedProvenance.DATA, run.data());
    provenance.putAll(host.plugins(run.experiment()));
    return provenance;
  }
}
