package dev.idem.runs.experiment;

import dev.idem.models.storage.FileCard;
import dev.idem.runs.experiment.Values.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The effective values of an experiment, each with its origin. Two are equal if their values are,
 * wherever these come from.
 */
public final class Settings {

  private static final int COMMENT_COLUMN = 44;

  private final Values values;

  Settings(Values values) {
    this.values = values;
  }

  /** The dotted paths of the keys that have a value, sections together. */
  public List<String> paths() {
    return values.all().stream().map(value -> value.key().path()).toList();
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
    return values.find(path).map(value -> value.place().toString());
  }

  /** An experiment file that says all of this, each value with its origin as a comment. */
  public String print() {
    StringBuilder out = new StringBuilder();
    List<String> open = List.of();
    for (Value value : values.all()) {
      List<String> segments = value.key().segments();
      List<String> sections = segments.subList(0, segments.size() - 1);
      int shared = 0;
      while (shared < Math.min(open.size(), sections.size())
          && open.get(shared).equals(sections.get(shared))) {
        shared++;
      }
      for (int i = shared; i < sections.size(); i++) {
        out.append("  ".repeat(i)).append(sections.get(i)).append(":\n");
      }
      open = sections;
      String line =
          "%s%s: %s"
              .formatted(
                  "  ".repeat(sections.size()),
                  segments.get(sections.size()),
                  Kind.written(value.value()));
      out.append(line)
          .append(" ".repeat(Math.max(2, COMMENT_COLUMN - line.length())))
          .append("# ")
          .append(value.place().toString().replaceAll("[^\\x20-\\x7e]", "?"))
          .append('\n');
    }
    return out.toString();
  }

  /**
   * SHA-256, in hexadecimal, of all that decides the experiment's numbers and which files and
   * columns hold them: not of the folder, checkpoints and device. Data count by their name.
   */
  public String fingerprint() {
    return fingerprint(Kind.written(values.value(ExperimentFile.SEEDS).orElse(List.of())));
  }

  /** As {@link #fingerprint()}, of the run from that seed, whatever other seeds there are. */
  public String fingerprint(long seed) {
    return fingerprint(Kind.written(List.of(seed)));
  }

  private String fingerprint(String seeds) {
    Map<String, String> lines = deciding();
    lines.put(ExperimentFile.SEEDS, seeds);
    String text =
        lines.entrySet().stream()
            .map(line -> line.getKey() + "=" + line.getValue() + "\n")
            .collect(Collectors.joining());
    return FileCard.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
  }

  /** What the fingerprint is of but the run's seed, as it is written in files, by key. */
  public Map<String, String> deciding() {
    Map<String, String> deciding = new TreeMap<>();
    for (Value value : values.all()) {
      if (value.key().decides(value.value())) {
        deciding.put(value.key().path(), Kind.written(value.value()));
      }
    }
    return deciding;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && byPath().equals(that.byPath());
  }

  @Override
  public int hashCode() {
    return byPath().hashCode();
  }

  private Map<String, Object> byPath() {
    return values.all().stream()
        .collect(
            Collectors.toMap(
                value -> value.key().path(), Value::value, (first, same) -> same, TreeMap::new));
  }

  @Override
  public String toString() {
    return byPath().toString();
  }
}
