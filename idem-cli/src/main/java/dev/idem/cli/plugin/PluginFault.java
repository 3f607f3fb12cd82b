package dev.idem.cli.plugin;

/**
 * What is wrong with a plug-in, so that it, or something of it, is left out.
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
