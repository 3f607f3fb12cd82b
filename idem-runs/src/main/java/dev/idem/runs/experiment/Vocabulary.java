package dev.idem.runs.experiment;

import dev.idem.api.strategy.IdempotencyStrategy;
import dev.idem.runs.catalogue.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All keys of experiment files. A key's conditions and default look at keys before it only, and the
 * keys of a section stand together.
 */
final class Vocabulary {

  private final Map<String, Key> keys;

  Vocabulary(
      Map<String, IdempotencyStrategy> strategies,
      List<String> networks,
      List<String> sources,
      List<String> listeners) {
    Map<String, Key> byPath = new LinkedHashMap<>();
    List<Key> all = new ArrayList<>(SubjectKeys.of(networks, sources));
    all.addAll(new StrategyKeys(strategies).keys());
    all.addAll(PlanKeys.keys());
    all.addAll(RunKeys.keys(listeners));
    all.forEach(key -> byPath.put(key.path(), key));
    keys = Collections.unmodifiableMap(byPath);
  }

  Collection<Key> keys() {
    return keys.values();
  }

  Optional<Key> find(String path) {
    return Optional.ofNullable(keys.get(path));
  }

  boolean isSection(String path) {
    return keys.keySet().stream().anyMatch(known -> known.startsWith(path + "."));
  }

  /** What to say of a path that is no key. */
  String unknown(String path) {
    String shown = Problems.shown(path);
    if (isSection(path)) {
      return "'%s' is a section, not a key; it holds %s"
          .formatted(shown, String.join(", ", within(path)));
    }
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      String outer = path.substring(0, dot);
      if (keys.containsKey(outer)) {
        return "'%s' takes a value, not the key '%s'"
            .formatted(outer, Problems.shown(path.substring(dot + 1)));
      }
    }
    return "unknown key '%s'%s".formatted(shown, hint(path));
  }

  private String hint(String path) {
    return meant(path)
        .map(close -> "; did you mean '" + close + "'?")
        .orElseGet(
            () -> {
              int dot = path.lastIndexOf('.');
              String section = dot < 0 ? "" : path.substring(0, dot);
              return isSection(section)
                  ? "; '%s' holds %s".formatted(section, String.join(", ", within(section)))
                  : "; known: " + String.join(", ", within(""));
            });
  }

  /** The key that was meant: one of that very name, else one close to it. */
  private Optional<String> meant(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return keys.keySet().stream()
        .filter(known -> known.substring(known.lastIndexOf('.') + 1).equalsIgnoreCase(name))
        .findFirst()
        .or(() -> path.length() > 80 ? Optional.empty() : Suggestions.closest(path, all()))
        .or(
            () ->
                keys.keySet().stream()
                    .filter(known -> known.endsWith(closestName(name)))
                    .findFirst());
  }

  private List<String> all() {
    List<String> all = new ArrayList<>(keys.keySet());
    keys.keySet().stream()
        .filter(known -> known.contains("."))
        .map(known -> known.substring(0, known.indexOf('.')))
        .distinct()
        .forEach(all::add);
    return all;
  }

  private String closestName(String name) {
    return "." + Suggestions.closest(name.length() > 40 ? "" : name, names()).orElse("?");
  }

  private List<String> names() {
    return keys.keySet().stream()
        .map(known -> known.substring(known.lastIndexOf('.') + 1))
        .distinct()
        .toList();
  }

  private List<String> within(String section) {
    String prefix = section.isEmpty() ? "" : section + ".";
    return keys.keySet().stream()
        .filter(known -> known.startsWith(prefix))
        .map(known -> known.substring(prefix.length()))
        .map(rest -> rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest)
        .distinct()
        .toList();
  }
}
