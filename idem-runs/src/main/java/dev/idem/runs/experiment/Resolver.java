package dev.idem.runs.experiment;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Merges preset, file and {@code --set}, and fills in the defaults. */
final class Resolver {

  private final Vocabulary vocabulary;
  private final Presets presets;
  private final Place start;
  private final Problems problems;

  private final Values said = new Values();
  private final Set<String> own = new HashSet<>();
  private final Set<String> failed = new HashSet<>();
  private final Values result = new Values();

  /**
   * For one experiment.
   *
   * @param start of the file, where what is missing is missing
   */
  Resolver(Vocabulary vocabulary, Place start, Problems problems) {
    this.vocabulary = vocabulary;
    this.presets = new Presets(vocabulary);
    this.start = start;
    this.problems = problems;
  }

  /** The values of every key that applies; {@code layers} from the file to the command line. */
  Values resolve(List<Layer> layers) {
    Values asked = new Values();
    layers.forEach(layer -> lay(layer, asked));
    preset(asked).forEach(layer -> lay(layer, said));
    for (Layer layer : layers) {
      lay(layer, said);
      layer.values().all().forEach(setting -> own.add(setting.key().path()));
      failed.addAll(layer.failed());
    }
    vocabulary.keys().forEach(this::settle);
    return result;
  }

  /**
   * Where the value of the first of these keys was said that the preset did not say; else the
   * start.
   */
  Place blame(String... paths) {
    return Arrays.stream(paths)
        .filter(own::contains)
        .map(said::setting)
        .flatMap(Optional::stream)
        .map(Setting::at)
        .findFirst()
        .orElse(start);
  }

  private static void lay(Layer layer, Values under) {
    for (Setting setting : layer.values().all()) {
      setting.key().rival().ifPresent(under::remove);
      under.put(setting);
    }
  }

  private List<Layer> preset(Values asked) {
    String preset = asked.text(SubjectKeys.PRESET).orElse("quick");
    if (asked.text(SubjectKeys.SUBJECT).filter(SubjectKeys.MAP::equals).isPresent()) {
      return presets.ofMap(preset);
    }
    String method = asked.text(SubjectKeys.METHOD).orElse("");
    return presets.ofGenerator(preset, method, ImageNames.colour(asked));
  }

  private void settle(Key key) {
    Optional<Setting> setting = said.setting(key.path());
    if (applies(key)) {
      setting.or(() -> fallback(key)).ifPresentOrElse(result::put, () -> missing(key));
    } else if (setting.isPresent() && own.contains(key.path())) {
      problems.add(setting.get().place(), outOfPlace(key));
    }
  }

  private boolean applies(Key key) {
    return key.whens().isEmpty()
        || key.whens().stream()
            .anyMatch(
                when ->
                    failed.contains(when.path())
                        || result.value(when.path()).filter(when.test()).isPresent());
  }

  private Optional<Setting> fallback(Key key) {
    boolean saidOtherwise =
        key.rival()
            .filter(other -> said.has(other) || result.has(other) || failed.contains(other))
            .isPresent();
    return saidOtherwise || failed.contains(key.path())
        ? Optional.empty()
        : key.fallback().apply(result).map(value -> of(key, value));
  }

  private static Setting of(Key key, Key.Fallback value) {
    Place origin = Place.of(value.origin());
    return new Setting(key, value.value(), origin, origin);
  }

  private void missing(Key key) {
    boolean undecided =
        failed.contains(key.path())
            || key.rival().filter(other -> said.has(other) || failed.contains(other)).isPresent()
            || key.whens().stream().anyMatch(when -> failed.contains(when.path()));
    if (key.required() && !undecided) {
      problems.add(
          start,
          "%s is missing%s: %s"
              .formatted(
                  key.path(),
                  key.rival().map(other -> " (or " + other + ")").orElse(""),
                  key.choices().isEmpty()
                      ? key.description()
                      : "one of " + String.join(", ", key.choices())));
    }
  }

  private String outOfPlace(Key key) {
    String wording = key.whens().stream().map(When::wording).collect(Collectors.joining(" or "));
    String found =
        key.whens().stream()
            .map(When::path)
            .distinct()
            .filter(result::has)
            .map(path -> path + " is " + Kind.written(result.value(path).orElseThrow()))
            .collect(Collectors.joining(", "));
    return "%s is for %s%s"
        .formatted(key.path(), wording, found.isEmpty() ? "" : "; here " + found);
  }
}
