package dev.idem.runs;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.data.DataSource.FiniteDataSource;
import dev.idem.api.network.Network;
import dev.idem.api.network.NetworkState;
import dev.idem.api.training.TrainingEngine;
import dev.idem.eval.Progress;
import dev.idem.generative.image.Fonts;
import dev.idem.runs.experiment.Experiment;
import dev.idem.runs.experiment.Experiment.Subject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What runs record of the application that they are part of, and what they report to it. */
public interface RunHost {

  /** Writes a trained map for programs without idem, into a folder that does not exist yet. */
  void export(Network network, NetworkState state, Path folder) throws IOException;

  /** The fonts that a generator's run labels its images with. */
  default Fonts fonts() {
    return Fonts.ofThisMachine();
  }

  /** The software and the machine, by name; recorded in the run's provenance and in models. */
  default Map<String, String> environment(TrainingEngine engine) {
    return Map.of("engine", engine.description());
  }

  /** The plug-ins of an experiment, as additional entries of its provenance. */
  default Map<String, ?> plugins(Experiment experiment) {
    return Map.of();
  }

  /** Reports an event in one line. */
  default void report(String line) {}

  /** What the log says of a failure, on one line. */
  default String describe(Throwable failure) {
    return String.valueOf(ForeignCode.message(failure));
  }

  /** Shows how far a run is. */
  default Progress progress() {
    return Progress.NONE;
  }

  /** Collects what is logged from now on in a file, until closed. */
  default Closeable log(Path file) {
    return () -> {};
  }

  /** Shows a run as a page in its folder; empty for none. */
  default Optional<Page> page() {
    return Optional.empty();
  }

  /** Dates for the records of runs, and the time between checkpoints. */
  default InstantSource clock() {
    return InstantSource.system();
  }

  /** Writes a page about a run. */
  @FunctionalInterface
  interface Page {

    /** How far a run is. */
    enum State {
      /** It trains. */
      RUNNING,
      /** It was interrupted or failed; it can be resumed. */
      STOPPED,
      /** It is complete. */
      ENDED
    }

    /**
     * Writes the page from what the folder holds, or replaces it.
     *
     * @throws IOException if that fails, which the run reports and survives
     */
    void write(RunFolder folder, State state) throws IOException;
  }

  /** Opens the images of a generator's experiment. */
  @FunctionalInterface
  interface ImageOpener {

    /**
     * Opens them.
     *
     * @throws IOException if they do not exist or cannot be read
     */
    Images open(Subject.Generator generator) throws IOException;
  }

  /** Images to train on, open until closed. */
  interface Images extends Closeable {

    /** The images. */
    FiniteDataSource source();

    /** Where they come from, as {@code data.source} takes it. */
    String name();

    /** The number of images held out. */
    int heldOutSize();

    /** The files that are not used, a line each; empty if all are. */
    Optional<Unused> unused();

    /**
     * Files that are not used.
     *
     * @param count such as {@code skipped 1 image}
     * @param list a line for each, with the reason
     */
    record Unused(String count, String list) {}
  }
}
