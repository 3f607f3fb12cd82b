package dev.idem.cli.plugin;

import dev.idem.runs.catalogue.Catalogue.Origin;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Something of a plug-in failed; the message names both, and why, on one line. */
public final class PluginException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1;

  private final String fault;

  /**
   * A failure.
   *
   * @param part what of the plug-in, such as {@code strategy 'own'}
   */
  public PluginException(Origin plugin, String part, Throwable cause) {
    this(plugin, part, FailureText.reason(cause), cause);
  }

  /** A failure that nothing was thrown for. */
  PluginException(Origin plugin, String part, String reason) {
    this(plugin, part, reason, null);
  }

  private PluginException(Origin plugin, String part, String reason, @Nullable Throwable cause) {
    super("%s of %s: %s".formatted(part, plugin.label(), reason), cause);
    this.fault = part + ": " + reason;
  }

  /** The message without the plug-in. */
  String fault() {
    return fault;
  }
}
