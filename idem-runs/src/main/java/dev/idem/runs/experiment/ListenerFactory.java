package dev.idem.runs.experiment;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.training.TrainingListener;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Creates a listener for each run; a plug-in contributes one so that experiment files can name it.
 */
@FunctionalInterface
public interface ListenerFactory {

  /**
   * A listener for one run. It is closed after the run if it is {@link AutoCloseable}, and its
   * saved state is restored in a resumed run if it is a {@link
   * dev.idem.api.training.TrainingListener.StatefulListener}.
   *
   * @param folder of the run, which exists; each listener uses file names of its own in it
   * @throws IOException if it cannot write there
   */
  TrainingListener open(Path folder) throws IOException;

  /** A plug-in's factory, by its name in experiment files. */
  record Named(String name, Origin origin, ListenerFactory factory) {

    static Named of(Catalogue<ListenerFactory> listeners, String name) {
      return new Named(name, listeners.origin(name), listeners.get(name));
    }

    /** A listener for the run of a folder; a failure to open one names the plug-in. */
    public TrainingListener open(Path folder) {
      return ForeignCode.call(
          () -> Objects.requireNonNull(factory.open(folder), "no listener (null) was opened"),
          thrown -> origin.failure("listener '%s'".formatted(name), thrown));
    }

    /** Closes what {@link #open} opened; a failure is reported, and the run is whole without. */
    public void close(AutoCloseable listener, Consumer<String> report) {
      ForeignCode.thrownBy(listener::close)
          .map(thrown -> origin.failure("closing listener '%s'".formatted(name), thrown))
          .ifPresent(failure -> report.accept(String.valueOf(failure.getMessage())));
    }
  }
}
