package dev.idem.runs.experiment;

import dev.idem.runs.experiment.ExperimentFile.Data;
import dev.idem.runs.experiment.Problems.Place;
import dev.idem.runs.experiment.Values.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges preset, file and {@code --set}, and fills in the defaults.
 *
 * <p>Presets are files in the resources beside this class. One may start from another: its key
 * {@code preset}. Where method or images make a difference, a file laid over it says so: {@code
 * paper+ign}, {@code paper+colour}, {@code paper+ign+colour}.
 */
final class Resolver {

  private static final int MOST_PRESETS = 10;

  private final Vocabulary vocabulary;
  private final Problems problems;
  private final Map<String, Value> said = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final Set<String> own = new HashSet<>();
  private final Values result;

  private Resolver(Vocabulary vocabulary, Place start, Problems problems) {
    this.vocabulary = vocabulary;
    this.problems = problems;
    this.result = new Values(start);
  }

  /**
   * The values of every key that applies.
   *
   * @param layers from the file to the command line
   * @param start of the file, where what is missing is missing
   */
  static Values resolve(List<Layer> layers, Vocabulary vocabulary, Place start, Problems problems) {
    Resolver resolver = new Resolver(vocabulary, start, problems);
    Map<String, Value> asked = new HashMap<>();
    layers.forEach(layer -> lay(layer, asked));
    resolver.preset(asked).forEach(layer -> lay(layer, resolver.said));
    for (Layer layer : layers) {
      lay(layer, resolver.said);
      resolver.own.addAll(layer.values().keySet());
      resolver.failed.addAll(layer.failed());
    }
    vocabulary.keys().forEach(resolver::settle);
    return resolver.result;
  }

  private static void lay(Layer layer, Map<String, Value> under) {
    for (Value value : layer.values().values()) {
      value.key().rival().ifPresent(under::remove);
      under.put(value.key().path(), value);
    }
  }

  private void settle(Key key) {
    String path = key.path();
    Optional<Value> value = Optional.ofNullable(said.get(path));
    boolean chosen = value.isPresent() && own.contains(path);
    if (chosen) {
      result.putChosen(path, value.get().at());
    }
    if (applies(key)) {
      value.or(() -> standard(key)).ifPresentOrElse(result::put, () -> missing(key));
    } else {
      key.fixedDefault().ifPresent(standard -> result.putUnused(path, standard));
      if (chosen) {
        problems.add(value.get().place(), outOfPlace(key));
      }
    }
  }

  private boolean applies(Key key) {
    return key.whens().isEmpty()
        || key.whens().stream()
            .anyMatch(
                when ->
                    failed.contains(when.path())
                        || result.value(when.path()).filter(when::holds).isPresent());
  }

  private Optional<Value> standard(Key key) {
    boolean saidOtherwise =
        key.rival()
            .filter(other -> said.containsKey(other) || result.has(other) || failed.contains(other))
            .isPresent();
    return saidOtherwise || failed.contains(key.path())
        ? Optional.empty()
        : key.defaultFrom(result)
            .map(
                standard -> {
                  Place origin = Place.of(standard.origin());
                  return new Value(key, standard.value(), origin, origin);
                });
  }

  private void missing(Key key) {
    boolean refused = failed.contains(key.path());
    boolean rivalSaid = key.rival().filter(said::containsKey).isPresent();
    if ((refused || key.required()) && !rivalSaid) {
      result.putUnusable(key.path());
    }
    boolean undecided =
        refused
            || rivalSaid
            || key.rival().filter(failed::contains).isPresent()
            || key.whens().stream().anyMatch(when -> failed.contains(when.path()));
    if (key.required() && !undecided) {
      problems.add(
          result.blame(),
          "%s is missing%s: %s"
              .formatted(
                  key.path(),
                  key.rival().map(other -> " (or " + other + ")").orElse(""),
                  key.choices().isEmpty()
                      ? key.help()
                      : "one of " + String.join(", ", key.choices())));
    }
  }

  private String outOfPlace(Key key) {
    String wording =
        key.whens().stream().map(Key.When::toString).collect(Collectors.joining(" or "));
    String found =
        key.whens().stream()
            .map(Key.When::path)
            .distinct()
            .filter(result::has)
            .map(path -> path + " is " + Kind.written(result.value(path).orElseThrow()))
            .collect(Collectors.joining(", "));
    return "%s is for %s%s%s"
        .formatted(
            key.path(),
            wording,
            found.isEmpty() ? "" : "; here " + found,
            vocabulary.takenBesides(key).map(taken -> ", which takes " + taken).orElse(""));
  }

  private List<Layer> preset(Map<String, Value> asked) {
    String preset = text(asked, ExperimentFile.PRESET).orElse(ExperimentFile.USUAL_PRESET);
    if (text(asked, ExperimentFile.SUBJECT).filter(ExperimentFile.MAP::equals).isPresent()) {
      return chain(preset, "map-");
    }
    List<Layer> layers = new ArrayList<>(chain(preset, ""));
    String method = text(asked, ExperimentFile.METHOD).orElse("");
    overlay(preset + "+" + method).ifPresent(layers::add);
    Value grey = asked.get(Data.GREY);
    if (Data.colour(
        text(asked, Data.SOURCE).orElse(""), grey != null && grey.value().equals(true))) {
      overlay(preset + "+colour").ifPresent(layers::add);
      overlay(preset + "+" + method + "+colour").ifPresent(layers::add);
    }
    return layers;
  }

  private static Optional<String> text(Map<String, Value> values, String path) {
    return Optional.ofNullable(values.get(path)).map(value -> (String) value.value());
  }

  /** A preset and those it starts from, the first first. */
  private List<Layer> chain(String preset, String prefix) {
    List<Layer> layers = new ArrayList<>();
    Optional<String> next = Optional.of(preset);
    while (next.isPresent()) {
      String file = prefix + next.get();
      Layer layer = overlay(file).orElseThrow(() -> new IllegalStateException("no preset " + file));
      layers.add(0, layer);
      if (layers.size() > MOST_PRESETS) {
        throw new IllegalStateException("preset " + preset + " starts from itself");
      }
      next = text(layer.values(), ExperimentFile.PRESET);
      layer.values().remove(ExperimentFile.PRESET);
    }
    return layers;
  }

  private Optional<Layer> overlay(String name) {
    String file = "presets/" + name + ".yaml";
    try (InputStream resource = Resolver.class.getResourceAsStream(file)) {
      if (resource == null) {
        return Optional.empty();
      }
      String yaml = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      Problems own = new Problems();
      Layer layer = Layer.of(Yaml.read(yaml, file, own).entries(), vocabulary, own);
      own.throwIfAny();
      return Optional.of(layer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
