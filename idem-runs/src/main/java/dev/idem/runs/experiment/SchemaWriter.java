package dev.idem.runs.experiment;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.idem.runs.experiment.Settings.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys as JSON Schema (draft 2020-12), for editors. Which key goes with which other is said in
 * descriptions, and checked by {@link Experiments} alone.
 *
 * @param samples have the defaults
 */
record SchemaWriter(Vocabulary vocabulary, List<Sample> samples) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String PROPERTIES = "properties";

  /**
   * An experiment that sets no more than what it trains, its label, such as {@code ign}; the other
   * settings are the defaults. Its group is {@code generator} or {@code map}.
   */
  record Sample(String group, String label, Vocabulary vocabulary, Settings settings) {
    /** The place of what the label sets. */
    static final String PLACE = "sample";
  }

  String write() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "An experiment of idem");
    section(root);
    for (Key key : vocabulary.keys()) {
      List<String> segments = key.segments();
      ObjectNode within = root;
      for (String section : segments.subList(0, segments.size() - 1)) {
        ObjectNode properties = (ObjectNode) within.get(PROPERTIES);
        if (!properties.has(section)) {
          section(properties.putObject(section));
        }
        within = (ObjectNode) properties.get(section);
      }
      ((ObjectNode) within.get(PROPERTIES)).set(segments.get(segments.size() - 1), value(key));
    }
    return root.toPrettyString() + "\n";
  }

  private static void section(ObjectNode node) {
    node.put("type", "object");
    node.put("additionalProperties", false);
    node.putObject(PROPERTIES);
  }

  private ObjectNode value(Key key) {
    Map<Object, List<Sample>> defaults = defaults(key);
    ObjectNode node = JSON.createObjectNode();
    node.put("description", description(key, defaults));
    defaults.keySet().stream()
        .findFirst()
        .or(key::fixedDefault)
        .ifPresent(value -> node.set("default", JSON.valueToTree(value)));
    Set<ObjectNode> forms = new LinkedHashSet<>();
    Stream.concat(Stream.of(vocabulary), samples.stream().map(Sample::vocabulary))
        .flatMap(known -> known.find(key.path()).stream())
        .forEach(variant -> forms.add(item(variant)));
    if (key.list()) {
      ObjectNode several = JSON.createObjectNode();
      several.put("type", "array");
      several.set("items", item(key));
      forms.add(several);
    }
    if (forms.size() == 1) {
      return node.setAll(forms.iterator().next());
    }
    node.putArray("anyOf").addAll(forms);
    return node;
  }

  /** The values of a key that the samples do not set, with the samples that have them. */
  private Map<Object, List<Sample>> defaults(Key key) {
    Map<Object, List<Sample>> defaults = new LinkedHashMap<>();
    for (Sample sample : samples) {
      sample
          .settings()
          .find(key.path())
          .filter(value -> !value.place().source().equals(Sample.PLACE))
          .map(Value::value)
          .ifPresent(
              value -> defaults.computeIfAbsent(value, none -> new ArrayList<>()).add(sample));
    }
    return defaults;
  }

  private static String description(Key key, Map<Object, List<Sample>> defaults) {
    List<Sample> all = defaults.values().stream().flatMap(List::stream).toList();
    String differing =
        defaults.entrySet().stream()
            .map(entry -> Kind.written(entry.getKey()) + " for " + labels(entry.getValue(), all))
            .collect(Collectors.joining("; "));
    return key.help()
        + (key.conditions().isEmpty() ? "" : " For " + key.conditions() + ".")
        + (defaults.size() < 2 ? "" : " Default in preset quick: " + differing + ".");
  }

  /** The labels of those samples, or their group's if no other of it is among {@code all}. */
  private static String labels(List<Sample> samples, List<Sample> all) {
    return samples.stream()
        .map(
            sample ->
                all.stream()
                        .filter(other -> other.group().equals(sample.group()))
                        .allMatch(samples::contains)
                    ? "a " + sample.group()
                    : sample.label())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static ObjectNode item(Key key) {
    ObjectNode item = JSON.createObjectNode();
    item.put("type", key.kind().jsonType());
    if (key.kind() == Kind.CHOICE) {
      ArrayNode choices = item.putArray("enum");
      key.choices().forEach(choices::add);
    }
    key.range().ifPresent(range -> limits(item, range));
    return item;
  }

  private static void limits(ObjectNode item, Key.Range range) {
    bound(item, range.open() ? "exclusiveMinimum" : "minimum", range.least());
    if (!Double.isInfinite(range.most())) {
      bound(item, range.openAbove() ? "exclusiveMaximum" : "maximum", range.most());
    }
  }

  private static void bound(ObjectNode item, String name, double value) {
    if (value == Math.rint(value)) {
      item.put(name, (long) value);
    } else {
      item.put(name, value);
    }
  }
}
