package dev.idem.cli.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.cli.environment.Failures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A plug-in that a result was computed with, as its provenance records it.
 *
 * @param name of the plug-in
 * @param version empty if it has none
 * @param jar the name of its file
 * @param sha256 of the jar, in hexadecimal; empty for a folder of classes
 * @param used what of it was used, such as {@code strategy own}
 */
public record UsedPlugin(
    String name, String version, String jar, String sha256, List<String> used) {

  /** The key of used plug-ins in a run's provenance. */
  public static final String KEY = "plugins";

  UsedPlugin(PluginJar jar, Collection<String> used) {
    this(
        jar.name(),
        jar.version().orElse(""),
        jar.file(),
        jar.sha256().orElse(""),
        List.copyOf(used));
  }

  /** The plug-ins of a provenance; none if it names none. */
  public static List<UsedPlugin> of(JsonNode provenance) {
    List<UsedPlugin> plugins = new ArrayList<>();
    for (JsonNode node : provenance.path(KEY)) {
      List<String> used = new ArrayList<>();
      node.path("used").forEach(part -> used.add(Failures.line(part.asText())));
      plugins.add(
          new UsedPlugin(
              text(node, "name"),
              text(node, "version"),
              text(node, "jar"),
              text(node, "sha256"),
              used));
    }
    return plugins;
  }

  private static String text(JsonNode node, String key) {
    return Failures.line(node.path(key).asText());
  }

  /** Plug-ins as a sentence. */
  public static String sentence(List<UsedPlugin> plugins) {
    return plugins.stream()
        .map(
            plugin ->
                "%s%s: %s"
                    .formatted(
                        PluginJar.label(plugin.name, plugin.version, plugin.jar),
                        plugin.sha256.isEmpty() ? "" : ", SHA-256 " + plugin.sha256,
                        String.join(", ", plugin.used)))
        .collect(Collectors.joining("; "));
  }

  /** What to do before the run can be resumed with this plug-in; empty if nothing. */
  public Optional<String> missing(Collection<PluginJar> loaded) {
    if (loaded.stream().anyMatch(this::isOf)) {
      return Optional.empty();
    }
    boolean other = loaded.stream().anyMatch(present -> present.name().equals(name));
    return Optional.of(
        "%s came from plug-in %s%s (%s%s), which is %s by %s"
            .formatted(
                String.join(", ", used),
                name,
                version.isEmpty() ? "" : " " + version,
                jar,
                sha256.isEmpty() ? "" : ", SHA-256 " + sha256,
                other ? "another jar now; name that jar's folder" : "missing; name its folder",
                PluginJar.OPTION));
  }

  /** A folder of classes has no sum to tell it by. */
  private boolean isOf(PluginJar other) {
    return other.sha256().orElse("").equals(sha256)
        && (!sha256.isEmpty() || other.name().equals(name));
  }
}
