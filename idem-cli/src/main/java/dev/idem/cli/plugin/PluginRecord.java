package dev.idem.cli.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plug-in as a run's provenance keeps it.
 *
 * @param name of the plug-in
 * @param version empty if it has none
 * @param file the name of its jar
 * @param sha256 of the jar, in hexadecimal; empty for a folder of classes
 * @param used of it, such as {@code strategy own}
 */
public record PluginRecord(
    String name, String version, String file, String sha256, List<String> used) {

  /** The key in the provenance. */
  public static final String KEY = "plugins";

  PluginRecord(PluginJar jar, List<String> used) {
    this(jar.name(), jar.version().orElse(""), jar.file(), jar.sha256().orElse(""), used);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("version", version);
    map.put("jar", file);
    map.put("sha256", sha256);
    map.put("used", used);
    return map;
  }

  /** The plug-ins of a provenance; none if it names none. */
  public static List<PluginRecord> of(JsonNode provenance) {
    List<PluginRecord> records = new ArrayList<>();
    for (JsonNode node : provenance.path(KEY)) {
      List<String> used = new ArrayList<>();
      node.path("used").forEach(part -> used.add(Reasons.line(part.asText())));
      records.add(
          new PluginRecord(
              Reasons.line(node.path("name").asText()),
              Reasons.line(node.path("version").asText()),
              Reasons.line(node.path("jar").asText()),
              Reasons.line(node.path("sha256").asText()),
              used));
    }
    return records;
  }

  /** A folder of classes has no sum to tell it by. */
  private boolean isOf(PluginJar jar) {
    return jar.sha256().orElse("").equals(sha256) && (!sha256.isEmpty() || jar.name().equals(name));
  }

  /** What to do before the run can be resumed with this plug-in; empty if nothing. */
  public Optional<String> missing(Collection<PluginJar> loaded) {
    if (loaded.stream().anyMatch(this::isOf)) {
      return Optional.empty();
    }
    boolean other = loaded.stream().anyMatch(jar -> jar.name().equals(name));
    return Optional.of(
        "%s came from plug-in %s%s (%s%s), which is %s by %s"
            .formatted(
                String.join(", ", used),
                name,
                version.isEmpty() ? "" : " " + version,
                file,
                sha256.isEmpty() ? "" : ", SHA-256 " + sha256,
                other ? "another jar now; name that jar's folder" : "missing; name its folder",
                PluginFolders.OPTION));
  }
}
