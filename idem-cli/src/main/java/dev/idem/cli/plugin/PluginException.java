package dev.idem.cli.plugin;

import dev.idem.cli.catalogue.Origin;
import java.io.Serial;

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
    super("%s of %s: %s".formatted(part, plugin.label(), Reasons.of(cause)), cause);
    this.fault = part + ": " + Reasons.of(cause);
  }

  /** The message without the plug-in. */
  String fault() {
    return fault;
  }
}
