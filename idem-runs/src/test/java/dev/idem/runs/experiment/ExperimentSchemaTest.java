package dev.idem.runs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema for editors. */
class ExperimentSchemaTest {

  private final Reading reading = new Reading();

  @Test
  void namesEveryKeyThatAFileMayHaveAndNoOther() throws JsonProcessingException {
    JsonNode schema = new ObjectMapper().readTree(reading.experiments().schema());
    assertThat(schema.get("$schema").asText()).endsWith("2020-12/schema");
    int leaves = leaves(schema);
    assertThat(leaves).isGreaterThan(50);
    for (String yaml :
        new String[] {
          "method: ign",
          """
          subject: map
          strategy: {name: anchored}
          network: {name: mlp}
          data: {source: normal-16}
          """
        }) {
      for (String path : reading.read(yaml).settings().paths()) {
        JsonNode node = schema;
        for (String name : path.split("\\.", -1)) {
          assertThat(node.get("additionalProperties").asBoolean(true)).isFalse();
          node = node.get("properties").get(name);
          assertThat(node).as(path).isNotNull();
        }
        assertThat(node.get("description").asText()).as(path).isNotBlank();
      }
    }
  }

  @Test
  void saysChoicesAndRanges() throws JsonProcessingException {
    JsonNode properties =
        new ObjectMapper().readTree(reading.experiments().schema()).get("properties");
    assertThat(properties.at("/method/enum")).hasSize(4);
    assertThat(properties.at("/plan/properties/learningRate/exclusiveMinimum").asInt(-1)).isZero();
    assertThat(
            properties.at("/plan/properties/optimizer/properties/beta1/exclusiveMaximum").asInt())
        .isEqualTo(1);
    assertThat(properties.at("/seeds/anyOf/1/items/type").asText()).isEqualTo("integer");
    assertThat(properties.at("/strategy/properties/name/enum"))
        .extracting(JsonNode::asText)
        .contains("substituted", "accelerated");
  }

  @Test
  void saysTheDefaultOfEachKeyThatHasOne() throws JsonProcessingException {
    JsonNode schema = new ObjectMapper().readTree(reading.experiments().schema());
    List<String> without = new ArrayList<>();
    without(schema, "", without);
    assertThat(without)
        .containsExactly(
            "method",
            "network.name",
            "network.widths",
            "network.code",
            "network.reflections",
            "strategy.name",
            "strategy.stepCap",
            "plan.epochs",
            "plan.clipNorm",
            "plan.schedule.every",
            "plan.schedule.end",
            "plan.schedule.warmUp",
            "plan.stop.term",
            "plan.stop.below",
            "plan.stop.gradientNormBelow",
            "schedules.reconstruction.name",
            "schedules.reconstruction.every",
            "schedules.reconstruction.end",
            "schedules.reconstruction.warmUp",
            "schedules.idempotence.name",
            "schedules.idempotence.every",
            "schedules.idempotence.end",
            "schedules.idempotence.warmUp",
            "schedules.idempotency.name",
            "schedules.idempotency.every",
            "schedules.idempotency.end",
            "schedules.idempotency.warmUp",
            "schedules.tightness.name",
            "schedules.tightness.every",
            "schedules.tightness.end",
            "schedules.tightness.warmUp",
            "run.out",
            "run.average.decay",
            "run.earlyStopping.metric");
    JsonNode properties = schema.get("properties");
    assertThat(properties.at("/preset/default").asText()).isEqualTo("quick");
    assertThat(properties.at("/seeds/default")).extracting(JsonNode::asInt).containsExactly(1);
    JsonNode steps = properties.at("/plan/properties/steps");
    assertThat(steps.get("default").asInt()).isEqualTo(1_200);
    assertThat(steps.get("description").asText())
        .isEqualTo("Training steps. Default in preset quick: 1200 for a generator; 500 for a map.");
  }

  private static void without(JsonNode node, String path, List<String> found) {
    node.get("properties")
        .properties()
        .forEach(
            property -> {
              String own = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
              if (property.getValue().has("properties")) {
                without(property.getValue(), own, found);
              } else if (!property.getValue().has("default")) {
                found.add(own);
              }
            });
  }

  @Test
  void saysEveryFormOfDataAndDeviceThatTheReaderTakes() throws JsonProcessingException {
    JsonNode properties =
        new ObjectMapper().readTree(reading.experiments().schema()).get("properties");
    String data = properties.at("/data/properties/source/description").asText();
    for (String form : ExperimentFile.Data.FORMS.split(", | or ", -1)) {
      assertThat(data).contains(form);
      assertThat(reading.read("method: ign", "data.source=" + form).subject().data())
          .isEqualTo(form);
    }
    assertThat(reading.problems("method: ign", "data.source=nothing"))
        .singleElement()
        .asString()
        .contains("must be " + ExperimentFile.Data.FORMS);
    assertThat(data).contains("normal-16");
    String device = properties.at("/engine/properties/device/description").asText();
    for (String form : List.of("auto", "cpu", "gpu", "gpu:N")) {
      assertThat(device).contains(form);
      assertThat(reading.problems("method: ign", "engine.device=" + form.replace('N', '1')))
          .isEmpty();
    }
  }

  private static int leaves(JsonNode node) {
    JsonNode properties = node.get("properties");
    if (properties == null) {
      return 1;
    }
    int leaves = 0;
    for (JsonNode child : properties) {
      leaves += leaves(child);
    }
    return leaves;
  }
}
