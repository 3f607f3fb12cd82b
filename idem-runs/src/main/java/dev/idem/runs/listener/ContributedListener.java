package dev.idem.runs.listener;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.training.TrainingListener;
import dev.idem.runs.catalogue.Catalogue;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A plug-in's listener, as a run names it.
 *
 * @param name in experiment files
 * @param origin the plug-in
 * @param factory opens it for a run
 */
public record ContributedListener(String name, Origin origin, ListenerFactory factory) {

  /** The listener of that name. */
  public static ContributedListener of(Catalogue<ListenerFactory> listeners, String name) {
    return new ContributedListener(name, listeners.origin(name), listeners.get(name));
  }

  /**
   * A listener for the run of a folder.
   *
   * @throws RuntimeException naming the plug-in if it fails to open
   */
  public TrainingListener open(Path folder) {
    return ForeignCode.call(
        () -> Objects.requireNonNull(factory.open(folder), "no listener (null) was opened"),
        thrown -> origin.failure("listener '%s'".formatted(name), thrown));
  }

  /** Closes what {@link #open} opened; that it fails is reported, and the run is whole without. */
  public void close(AutoCloseable listener, Consumer<String> report) {
    ForeignCode.thrownBy(listener::close)
        .map(thrown -> origin.failure("closing listener '%s'".formatted(name), thrown))
        .ifPresent(failure -> report.accept(String.valueOf(failure.getMessage())));
  }
}
