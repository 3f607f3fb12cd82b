package dev.idem.runs.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The presets, files in the resources beside this class. One may start from another: its key {@code
 * preset}. Where method or images make a difference, a file laid over it says so: {@code
 * paper+ign}, {@code paper+colour}, {@code paper+ign+colour}.
 */
final class Presets {

  /** Those that an experiment may name, from least to most work. */
  static final List<String> NAMES = List.of("smoke", "quick", "paper");

  /** The one that is taken where none is named. */
  static final String USUAL = "quick";

  private static final int MOST = 10;

  private final Vocabulary vocabulary;

  Presets(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** What the preset says for a generator, the first first. */
  List<Layer> ofGenerator(String preset, String method, boolean colour) {
    List<Layer> layers = new ArrayList<>(chain(preset, ""));
    overlay(preset + "+" + method).ifPresent(layers::add);
    if (colour) {
      overlay(preset + "+colour").ifPresent(layers::add);
      overlay(preset + "+" + method + "+colour").ifPresent(layers::add);
    }
    return layers;
  }

  /** What the preset says for a map, the first first. */
  List<Layer> ofMap(String preset) {
    return chain(preset, "map-");
  }

  private List<Layer> chain(String preset, String prefix) {
    List<Layer> layers = new ArrayList<>();
    Optional<String> next = Optional.of(preset);
    while (next.isPresent()) {
      String file = prefix + next.get();
      Layer layer = overlay(file).orElseThrow(() -> new IllegalStateException("no preset " + file));
      layers.add(0, layer);
      if (layers.size() > MOST) {
        throw new IllegalStateException("preset " + preset + " starts from itself");
      }
      next = layer.values().text(SubjectKeys.PRESET);
      layer.values().remove(SubjectKeys.PRESET);
    }
    return layers;
  }

  private Optional<Layer> overlay(String name) {
    String file = "presets/" + name + ".yaml";
    try (InputStream resource = Presets.class.getResourceAsStream(file)) {
      if (resource == null) {
        return Optional.empty();
      }
      String yaml = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      Problems problems = new Problems();
      Layer layer = Layer.of(RawReader.read(yaml, file, problems).entries(), vocabulary, problems);
      problems.throwIfAny();
      return Optional.of(layer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
