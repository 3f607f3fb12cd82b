package dev.idem.cli.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.cli.environment.Failures;
import dev.idem.runs.catalogue.Catalogue.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The plug-ins that a result was computed with, for its provenance. */
public final class UsedPlugins {

  /** The key of {@link #records} in a run's provenance. */
  public static final String KEY = "plugins";

  private final Map<PluginJar, Set<String>> parts = new LinkedHashMap<>();

  /** Notes that something was used; nothing if it is idem's own. */
  public void add(Kind<?> kind, String name, Origin origin) {
    if (origin instanceof PluginJar jar) {
      parts.computeIfAbsent(jar, first -> new LinkedHashSet<>()).add(kind.label() + " " + name);
    }
  }

  /** Whether none was. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Of each its name, version, file, SHA-256 and what was used of it; for JSON. */
  public List<Recorded> records() {
    List<Recorded> records = new ArrayList<>();
    parts.forEach(
        (jar, used) ->
            records.add(
                new Recorded(
                    jar.name(),
                    jar.version().orElse(""),
                    jar.file(),
                    jar.sha256().orElse(""),
                    List.copyOf(used))));
    return records;
  }

  /** The same as a sentence. */
  public String sentence() {
    return parts.entrySet().stream()
        .map(
            part ->
                "%s%s: %s"
                    .formatted(
                        part.getKey().label(),
                        part.getKey().sha256().map(sum -> ", SHA-256 " + sum).orElse(""),
                        String.join(", ", part.getValue())))
        .collect(Collectors.joining("; "));
  }

  /**
   * A plug-in as a run's provenance keeps it.
   *
   * @param name of the plug-in
   * @param version empty if it has none
   * @param jar the name of its file
   * @param sha256 of the jar, in hexadecimal; empty for a folder of classes
   * @param used of it, such as {@code strategy own}
   */
  public record Recorded(
      String name, String version, String jar, String sha256, List<String> used) {

    /** The plug-ins of a provenance; none if it names none. */
    public static List<Recorded> of(JsonNode provenance) {
      List<Recorded> records = new ArrayList<>();
      for (JsonNode node : provenance.path(KEY)) {
        List<String> used = new ArrayList<>();
        node.path("used").forEach(part -> used.add(Failures.line(part.asText())));
        records.add(
            new Recorded(
                text(node, "name"),
                text(node, "version"),
                text(node, "jar"),
                text(node, "sha256"),
                used));
      }
      return records;
    }

    private static String text(JsonNode node, String key) {
      return Failures.line(node.path(key).asText());
    }

    /** A folder of classes has no sum to tell it by. */
    private boolean isOf(PluginJar other) {
      return other.sha256().orElse("").equals(sha256)
          && (!sha256.isEmpty() || other.name().equals(name));
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
  }
}
