package dev.idem.cli.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plug-ins that a result was computed with, for its provenance. */
public final class UsedPlugins {

  private final Map<PluginJar, Set<String>> parts = new LinkedHashMap<>();

  /** Notes that something was used; nothing if it is idem's own. */
  public UsedPlugins add(Kind<?> kind, String name, Origin origin) {
    if (origin instanceof PluginJar jar) {
      parts.computeIfAbsent(jar, first -> new LinkedHashSet<>()).add(kind.label() + " " + name);
    }
    return this;
  }

  /** Whether none was. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** For JSON: of each its name, version, file, SHA-256 and what was used of it. */
  public List<Map<String, Object>> records() {
    List<Map<String, Object>> records = new ArrayList<>();
    parts.forEach((jar, used) -> records.add(new Recorded(jar, List.copyOf(used)).toMap()));
    return records;
  }

  /** The same as a sentence. */
  public String sentence() {
    List<String> sentences = new ArrayList<>();
    parts.forEach(
        (jar, used) ->
            sentences.add(
                "%s%s: %s"
                    .formatted(
                        jar.label(),
                        jar.sha256().map(sum -> ", SHA-256 " + sum).orElse(""),
                        String.join(", ", used))));
    return String.join("; ", sentences);
  }

  /**
   * A plug-in as a run's provenance keeps it.
   *
   * @param name of the plug-in
   * @param version empty if it has none
   * @param file the name of its jar
   * @param sha256 of the jar, in hexadecimal; empty for a folder of classes
   * @param used of it, such as {@code strategy own}
   */
  public record Recorded(
      String name, String version, String file, String sha256, List<String> used) {

    /** The key in the provenance. */
    public static final String KEY = "plugins";

    Recorded(PluginJar jar, List<String> used) {
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
    public static List<Recorded> of(JsonNode provenance) {
      List<Recorded> records = new ArrayList<>();
      for (JsonNode node : provenance.path(KEY)) {
        List<String> used = new ArrayList<>();
        node.path("used").forEach(part -> used.add(FailureText.line(part.asText())));
        records.add(
            new Recorded(
                FailureText.line(node.path("name").asText()),
                FailureText.line(node.path("version").asText()),
                FailureText.line(node.path("jar").asText()),
                FailureText.line(node.path("sha256").asText()),
                used));
      }
      return records;
    }

    /** A folder of classes has no sum to tell it by. */
    private boolean isOf(PluginJar jar) {
      return jar.sha256().orElse("").equals(sha256)
          && (!sha256.isEmpty() || jar.name().equals(name));
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
}
