package dev.idem.runs.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The vocabulary as JSON Schema (draft 2020-12), for editors. Which key goes with which other is
 * said in descriptions, and checked by {@link Experiments} alone.
 */
final class SchemaWriter {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PROPERTIES = "properties";

  private SchemaWriter() {}

  static String write(Vocabulary vocabulary) {
    ObjectNode root = NODES.objectNode();
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

  private static ObjectNode value(Key key) {
    ObjectNode node = NODES.objectNode();
    node.put("description", description(key));
    if (!key.list()) {
      return node.setAll(item(key));
    }
    ArrayNode either = node.putArray("anyOf");
    either.add(item(key));
    ObjectNode several = NODES.objectNode();
    several.put("type", "array");
    several.set("items", item(key));
    either.add(several);
    return node;
  }

  private static String description(Key key) {
    String conditions = key.whens().stream().map(When::wording).collect(Collectors.joining(" or "));
    return key.description() + (conditions.isEmpty() ? "" : " For " + conditions + ".");
  }

  private static ObjectNode item(Key key) {
    ObjectNode item = NODES.objectNode();
    item.put("type", key.kind().jsonType());
    if (key.kind() == Kind.CHOICE) {
      ArrayNode choices = item.putArray("enum");
      key.choices().forEach(choices::add);
    }
    key.range().ifPresent(range -> limits(item, range));
    return item;
  }

  private static void limits(ObjectNode item, Range range) {
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
