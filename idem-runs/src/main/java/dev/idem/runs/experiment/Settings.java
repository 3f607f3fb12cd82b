package dev.idem.runs.experiment;

import dev.idem.models.storage.FileCard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The effective values of an experiment, each with its origin. Two are equal if their values are,
 * wherever these come from.
 */
public final class Settings {

  private final Values values;

  Settings(Values values) {
    this.values = values;
  }

  Values values() {
    return values;
  }

  /** The dotted paths of the keys that have a value, sections together. */
  public List<String> paths() {
    return values.all().stream().map(setting -> setting.key().path()).toList();
  }

  /**
   * The value of a key: a {@link Double}, {@link Long}, {@link Boolean}, {@link String}, or a list
   * of those; empty if it has none.
   */
  public Optional<Object> value(String path) {
    return values.value(path);
  }

  /**
   * Where the value of a key comes from: {@code my.yaml:12:5}, {@code presets/quick.yaml:4:3},
   * {@code --set ...} or {@code default}; empty if it has none.
   */
  public Optional<String> origin(String path) {
    return values.setting(path).map(setting -> setting.place().toString());
  }

  /** An experiment file that says all of this, each value with its origin beside it. */
  public String print() {
    return SettingsPrinter.print(values);
  }

  /**
   * SHA-256, in hexadecimal, of all that decides the experiment's numbers and which files and
   * columns hold them: not of the folder, checkpoints and device. Data count by their name.
   */
  public String fingerprint() {
    return fingerprint(Kind.written(values.integers(RunKeys.SEEDS)));
  }

  /** As {@link #fingerprint()}, of the run from that seed, whatever other seeds there are. */
  public String fingerprint(long seed) {
    return fingerprint(Kind.written(List.of(seed)));
  }

  /** What the fingerprint is of but the run's seed, as it is written in files, by key. */
  public Map<String, String> deciding() {
    Map<String, String> deciding = new TreeMap<>();
    for (Setting setting : values.all()) {
      if (setting.key().deciding()) {
        deciding.put(setting.key().path(), Kind.written(setting.value()));
      }
    }
    return deciding;
  }

  private String fingerprint(String seeds) {
    Map<String, String> lines = deciding();
    lines.put(RunKeys.SEEDS, seeds);
    String text =
        lines.entrySet().stream()
            .map(line -> line.getKey() + "=" + line.getValue() + "\n")
            .collect(Collectors.joining());
    return FileCard.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && byPath().equals(that.byPath());
  }

  @Override
  public int hashCode() {
    return Objects.hash(byPath());
  }

  private Map<String, Object> byPath() {
    Map<String, Object> byPath = new TreeMap<>();
    values.all().forEach(setting -> byPath.put(setting.key().path(), setting.value()));
    return byPath;
  }

  @Override
  public String toString() {
    return byPath().toString();
  }
}
