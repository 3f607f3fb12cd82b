package dev.idem.cli.plugin;

import dev.idem.api.check.ForeignCode;
import dev.idem.api.training.TrainingListener;
import dev.idem.cli.catalogue.Catalogue;
import dev.idem.cli.catalogue.Origin;
import dev.idem.runs.listener.ListenerFactory;
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
public record PluginListener(String name, Origin origin, ListenerFactory factory) {

  /** The listener of that name. */
  public static PluginListener of(Catalogue<ListenerFactory> listeners, String name) {
    return new PluginListener(name, listeners.origin(name), listeners.get(name));
  }

  /**
   * A listener for the run of a folder.
   *
   * @throws PluginException if it fails to open
   */
  public TrainingListener open(Path folder) {
    return ForeignCode.call(
        () -> Objects.requireNonNull(factory.open(folder), "no listener (null) was opened"),
        thrown -> new PluginException(origin, "listener '%s'".formatted(name), thrown));
  }

  /** Closes what {@link #open} opened; that it fails is reported, and the run is whole without. */
  public void close(AutoCloseable listener, Consumer<String> report) {
    ForeignCode.thrownBy(listener::close)
        .map(thrown -> new PluginException(origin, "closing listener '%s'".formatted(name), thrown))
        .ifPresent(failure -> report.accept(String.valueOf(failure.getMessage())));
  }
}
