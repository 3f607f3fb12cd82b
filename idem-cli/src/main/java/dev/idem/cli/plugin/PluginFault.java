package dev.idem.cli.plugin;

/**
 * An error in a plug-in, because of which it, or a part of it, is left out.
 *
 * @param plugin its label, or its file
 * @param part the module's class or what else it is about; empty for all of it
 * @param reason on one line
 */
public record PluginFault(String plugin, String part, String reason) {

  @Override
  public String toString() {
    return plugin + (part.isEmpty() ? "" : ": " + part) + ": " + reason;
  }
}
