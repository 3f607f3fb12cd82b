package dev.idem.runs.experiment;

import dev.idem.api.check.Suggestions;
import dev.idem.runs.experiment.ExperimentFile.Strategy;
import dev.idem.runs.experiment.Key.When;
import dev.idem.runs.experiment.Sweep.SweepOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of experiment files: those that {@link ExperimentFile} declares, and the parameters of
 * the strategies. A key's conditions and default look at keys before it only, and the keys of a
 * section stand together.
 */
final class Vocabulary {

  private static final When MAP = When.of(ExperimentFile.OF_MAP);

  private final Collection<StrategyParameters> strategies;
  private final Optional<StrategyParameters> strategy;
  private final Map<String, Key> keys = new LinkedHashMap<>();

  /**
   * The declared keys, and the parameters of the strategies. Those of the strategy that the file
   * trains a map with, if that is known, have the types that it has for them.
   */
  Vocabulary(
      List<Key> declared,
      Collection<StrategyParameters> strategies,
      Optional<StrategyParameters> strategy) {
    this.strategies = strategies;
    this.strategy = strategy;
    Set<String> added = new LinkedHashSet<>();
    strategies.forEach(own -> added.addAll(own.paths()));
    declared.forEach(key -> added.remove(key.path()));
    boolean within = false;
    for (Key key : declared) {
      boolean after = within && !ofStrategies(key.path());
      within = ofStrategies(key.path());
      if (after) {
        added.forEach(path -> keys.put(path, parameter(path, Optional.empty())));
      }
      keys.put(key.path(), within ? parameter(key.path(), Optional.of(key)) : key);
    }
  }

  private static boolean ofStrategies(String path) {
    return path.startsWith(StrategyParameters.SECTION);
  }

  /** The key of a parameter: of the chosen strategy, else as declared, else of the first. */
  private Key parameter(String path, Optional<Key> declared) {
    List<StrategyParameters> having =
        strategies.stream().filter(own -> own.paths().contains(path)).toList();
    List<When> whens = new ArrayList<>(declared.map(Key::whens).orElse(List.of()));
    if (!having.isEmpty()) {
      whens.add(0, new When(Strategy.NAME, having.stream().map(StrategyParameters::name).toList()));
    }
    Optional<StrategyParameters> own = strategy.filter(having::contains);
    return own.isPresent() || declared.isEmpty()
        ? own.orElseGet(() -> having.get(0)).key(path, declared, whens)
        : declared.get().with(whens, declared.get().computedDefault(), Optional.empty());
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

  /** What the chosen strategy takes, if {@code key} is one that strategies may take. */
  Optional<String> takenBesides(Key key) {
    return strategy.filter(chosen -> ofStrategies(key.path())).map(this::taken);
  }

  private String taken(StrategyParameters chosen) {
    return keys.values().stream()
        .filter(key -> ofStrategies(key.path()) && !key.path().equals(Strategy.NAME))
        .filter(key -> key.whens().stream().anyMatch(when -> holds(when, chosen)))
        .map(key -> key.path().substring(StrategyParameters.SECTION.length()))
        .collect(Collectors.joining(", "));
  }

  private static boolean holds(When when, StrategyParameters chosen) {
    return when.equals(MAP) || (when.path().equals(Strategy.NAME) && when.holds(chosen.name()));
  }

  /** What to say of a path that is no key. */
  String unknown(String path) {
    String shown = Problems.shown(path);
    Optional<String> refusal = strategy.flatMap(chosen -> chosen.refusal(path));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (SweepReader.inSweep(path) && !isSection(SweepOptions.SECTION)) {
      return "'%s' is for sweeps, which 'idem sweep' runs".formatted(shown);
    }
    if (isSection(path)) {
      return "'%s' is a section, not a key; its keys: %s".formatted(shown, within(path + "."));
    }
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      String outer = path.substring(0, dot);
      if (keys.containsKey(outer)) {
        String inner = path.substring(dot + 1);
        return SweepAxes.RANGE.contains(inner)
            ? "%s takes one value, not a range; a range of values is for 'idem sweep'"
                .formatted(outer)
            : "'%s' takes a value, not the key '%s'".formatted(outer, Problems.shown(inner));
      }
    }
    return "unknown key '%s'%s".formatted(shown, hint(path));
  }

  private String hint(String path) {
    Optional<String> meant = meant(path).map(close -> "; did you mean '" + close + "'?");
    if (strategy.isPresent() && ofStrategies(path)) {
      return "%s %s takes %s"
          .formatted(meant.orElse(";"), strategy.get().name(), taken(strategy.get()));
    }
    String section = path.substring(0, Math.max(0, path.lastIndexOf('.')));
    return meant.orElseGet(
        () ->
            isSection(section)
                ? "; keys of '%s': %s".formatted(section, within(section + "."))
                : "; known: " + within(""));
  }

  /** The key that was meant: one of that very name, else one close to it. */
  private Optional<String> meant(String path) {
    String name = lastOf(path);
    List<String> namesakes =
        keys.keySet().stream().filter(known -> lastOf(known).equalsIgnoreCase(name)).toList();
    return closest(path, namesakes)
        .or(() -> namesakes.stream().findFirst())
        .or(() -> closest(path, all()))
        .or(() -> firstKey(known -> known.endsWith(closestName(name))));
  }

  private static Optional<String> closest(String path, List<String> known) {
    return path.length() > 80 ? Optional.empty() : Suggestions.closest(path, known);
  }

  private Optional<String> firstKey(Predicate<String> wanted) {
    return keys.keySet().stream().filter(wanted).findFirst();
  }

  /** Every path, and every outermost section. */
  private List<String> all() {
    return Stream.concat(
            keys.keySet().stream(),
            keys.keySet().stream()
                .filter(known -> known.contains("."))
                .map(known -> known.substring(0, known.indexOf('.')))
                .distinct())
        .toList();
  }

  private String closestName(String name) {
    List<String> names = keys.keySet().stream().map(Vocabulary::lastOf).distinct().toList();
    return "." + Suggestions.closest(name.length() > 40 ? "" : name, names).orElse("?");
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The names of what is in a section, which ends with a dot; the outermost if it is empty. */
  private String within(String section) {
    return keys.keySet().stream()
        .filter(known -> known.startsWith(section))
        .map(known -> known.substring(section.length()).replaceFirst("\\..*", ""))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
