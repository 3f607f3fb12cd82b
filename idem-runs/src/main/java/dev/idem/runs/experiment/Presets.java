package dev.idem.runs.experiment;

import dev.idem.runs.experiment.ExperimentFile.Data;
import dev.idem.runs.experiment.Settings.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The presets: files in the resources beside this class. One may start from another: its key {@code
 * preset}. Where method or images make a difference, a file laid over it says so: {@code
 * paper+ign}, {@code paper+colour}, {@code paper+ign+colour}.
 */
final class Presets {

  private static final int MOST = 10;

  private Presets() {}

  /**
   * The entries of each file of a preset, in order; the last for each key counts.
   *
   * @param own what an experiment itself says, by path
   */
  static List<List<Yaml.Entry>> of(Function<String, Optional<Value>> own) {
    Function<String, Optional<Object>> said = path -> own.apply(path).map(Value::value);
    String preset = text(said, ExperimentFile.PRESET).orElse(ExperimentFile.USUAL_PRESET);
    if (text(said, ExperimentFile.SUBJECT).filter(ExperimentFile.MAP::equals).isPresent()) {
      return chain(preset, "map-");
    }
    List<List<Yaml.Entry>> files = chain(preset, "");
    String method = text(said, ExperimentFile.METHOD).orElse("");
    file(preset + "+" + method).ifPresent(files::add);
    boolean grey = said.apply(Data.GREY).equals(Optional.of(true));
    if (Data.colour(text(said, Data.SOURCE).orElse(""), grey)) {
      file(preset + "+colour").ifPresent(files::add);
      file(preset + "+" + method + "+colour").ifPresent(files::add);
    }
    return files;
  }

  private static Optional<String> text(Function<String, Optional<Object>> said, String path) {
    return said.apply(path).map(String.class::cast);
  }

  /** A preset and those it starts from, the first first. */
  private static List<List<Yaml.Entry>> chain(String preset, String prefix) {
    List<List<Yaml.Entry>> files = new ArrayList<>();
    Optional<String> next = Optional.of(preset);
    while (next.isPresent()) {
      String name = prefix + next.get();
      List<Yaml.Entry> entries =
          new ArrayList<>(
              file(name).orElseThrow(() -> new IllegalStateException("no preset " + name)));
      next =
          entries.stream()
              .filter(Presets::isStart)
              .map(entry -> entry.items().get(0).text())
              .findFirst();
      entries.removeIf(Presets::isStart);
      files.add(0, entries);
      if (files.size() > MOST) {
        throw new IllegalStateException("preset " + preset + " starts from itself");
      }
    }
    return files;
  }

  private static boolean isStart(Yaml.Entry entry) {
    return entry.path().equals(ExperimentFile.PRESET);
  }

  private static Optional<List<Yaml.Entry>> file(String name) {
    String file = "presets/" + name + ".yaml";
    try (InputStream resource = Presets.class.getResourceAsStream(file)) {
      if (resource == null) {
        return Optional.empty();
      }
      String yaml = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      Problems wrong = new Problems();
      List<Yaml.Entry> entries = Yaml.read(yaml, file, wrong).entries();
      wrong.throwIfAny();
      return Optional.of(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
