package dev.idem.runs.experiment;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * YAML to paths and values, token by token, so that each has its place. Takes mappings of single
 * values and of lists of such, in one document, without anchors and tags.
 */
final class RawReader {

  private static final int MOST_DEPTH = 10;
  private static final int MOST_KEYS = 1_000;

  private final String name;
  private final Problems problems;
  private final List<Raw.Entry> entries = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private int keys;
  private boolean complete;

  /**
   * What was read.
   *
   * @param entries in order
   * @param complete whether the reading came to the end
   */
  record Read(List<Raw.Entry> entries, boolean complete) {
    Read {
      entries = List.copyOf(entries);
    }
  }

  private RawReader(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
  }

  /** The keys of {@code yaml}; what cannot be read is a problem. */
  static Read read(String yaml, String name, Problems problems) {
    RawReader reader = new RawReader(name, problems);
    Optional<InvalidYaml> character = InvalidYaml.character(yaml, name);
    if (character.isPresent()) {
      problems.add(character.get().place(), character.get().message());
      return new Read(reader.entries, false);
    }
    try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
      reader.document(parser);
      reader.complete = true;
    } catch (JsonProcessingException e) {
      InvalidYaml invalid = InvalidYaml.of(e, name);
      problems.add(invalid.place(), invalid.message());
    } catch (StopReading e) {
      // Its problem has been noted; what follows would be guesses.
    } catch (IOException e) {
      throw new IllegalStateException("text in memory cannot fail to be read", e);
    }
    return new Read(reader.entries, reader.complete);
  }

  private void document(YAMLParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return;
    }
    if (token != JsonToken.START_OBJECT) {
      problems.add(place(parser), "an experiment is keys and values, such as 'method: ign'");
      throw new StopReading();
    }
    requirePlain(parser);
    mapping(parser, "", 1);
    if (parser.nextToken() != null) {
      problems.add(place(parser), "an experiment is one document; remove what follows '---'");
    }
  }

  /** From after its start to its end. */
  private void mapping(YAMLParser parser, String section, int depth) throws IOException {
    requireDepth(parser, depth);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Place key = place(parser);
      String label = parser.currentName();
      requirePlain(parser);
      String path = section.isEmpty() ? label : section + "." + label;
      boolean usable = usable(label, path, key);
      JsonToken token = parser.nextToken();
      requirePlain(parser);
      if (token == JsonToken.START_OBJECT) {
        mapping(parser, path, depth + 1);
      } else {
        Raw value = token == JsonToken.START_ARRAY ? list(parser) : single(parser);
        if (usable) {
          entries.add(new Raw.Entry(path, key, value));
        }
      }
      keys++;
      if (keys > MOST_KEYS) {
        problems.add(key, "more than %s keys".formatted(MOST_KEYS));
        throw new StopReading();
      }
    }
  }

  private boolean usable(String label, String path, Place key) {
    if (label.contains(".") || label.isBlank()) {
      problems.add(
          key,
          "key '%s' must be a single name; write what is before a dot as a section"
              .formatted(Problems.shown(label)));
      return false;
    }
    if (!seen.add(path)) {
      problems.add(key, "'%s' is here a second time; keep one".formatted(Problems.shown(path)));
      return false;
    }
    return true;
  }

  private Raw single(YAMLParser parser) throws IOException {
    Place place = place(parser);
    return parser.currentToken() == JsonToken.VALUE_NULL
        ? new Raw(List.of(), false, place)
        : Raw.single(parser.getText(), place);
  }

  /** From its start to its end. */
  private Raw list(YAMLParser parser) throws IOException {
    Place place = place(parser);
    List<Raw.Item> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      requirePlain(parser);
      if (token == JsonToken.START_OBJECT
          || token == JsonToken.START_ARRAY
          || token == JsonToken.VALUE_NULL) {
        problems.add(place(parser), "a list holds single values only");
        if (token != JsonToken.VALUE_NULL) {
          throw new StopReading();
        }
      } else {
        items.add(new Raw.Item(parser.getText(), place(parser)));
      }
    }
    return new Raw(items, true, place);
  }

  private void requirePlain(YAMLParser parser) throws IOException {
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      problems.add(place(parser), "anchors and aliases are not for experiments; write the value");
      throw new StopReading();
    }
    if (parser.currentToken() != JsonToken.FIELD_NAME && parser.getTypeId() != null) {
      problems.add(
          place(parser), "tags such as !!int are not for experiments; write the value alone");
      throw new StopReading();
    }
  }

  private void requireDepth(YAMLParser parser, int depth) {
    if (depth > MOST_DEPTH) {
      problems.add(place(parser), "more than %s sections within each other".formatted(MOST_DEPTH));
      throw new StopReading();
    }
  }

  private Place place(YAMLParser parser) {
    JsonLocation at = parser.currentTokenLocation();
    return new Place(name, at.getLineNr(), at.getColumnNr());
  }

  /** Ends the reading of a file. */
  private static final class StopReading extends RuntimeException {
    private static final long serialVersionUID = 1;

    StopReading() {
      super("see the problems", null, false, false);
    }
  }
}
