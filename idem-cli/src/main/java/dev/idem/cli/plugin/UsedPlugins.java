package dev.idem.cli.plugin;

import dev.idem.runs.catalogue.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    parts.forEach((jar, used) -> records.add(new PluginRecord(jar, List.copyOf(used)).toMap()));
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
}
