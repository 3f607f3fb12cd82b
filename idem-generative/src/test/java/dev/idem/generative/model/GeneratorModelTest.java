package dev.idem.generative.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.generative.noise.NoiseSource.NoiseKind;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.models.network.Normalization;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratorModelTest {

  private final GeneratorModel model = trained(2);

  private Path folder = Path.of("");

  @BeforeEach
  void nameAFolder(@TempDir Path temporary) {
    folder = temporary.resolve("model");
  }

  private static GeneratorModel trained(int steps) {
    GeneratorTraining training =
        TrainedModel.training(
            Method.RECONSTRUCTION_SUBSTITUTED, Architecture.SMALL, Normalization.batch(), steps);
    try (TrainedNetwork network = training.train(TrainedModel.ENGINE, List.of())) {
      return TrainedModel.model(training, network);
    }
  }

  /** Every architecture with every normalization, each with one kind of noise by turns. */
  static Stream<Arguments> kinds() {
    return kinds(true);
  }

  /** The same with the other kinds of noise. */
  static Stream<Arguments> otherKinds() {
    return kinds(false);
  }

  private static Stream<Arguments> kinds(boolean inTurn) {
    List<Arguments> kinds = new ArrayList<>();
    List<NoiseKind> noises = List.of(NoiseKind.values());
    int turn = 0;
    for (Normalization normalization : TrainedModel.normalizations()) {
      for (Architecture architecture :
          List.of(Architecture.MLP, Architecture.SMALL, Architecture.EXACT)) {
        if (architecture == Architecture.EXACT && normalization instanceof Normalization.Batch) {
          continue;
        }
        for (NoiseKind noise : noises) {
          if ((noise == noises.get(turn % noises.size())) == inTurn) {
            kinds.add(Arguments.of(architecture, normalization, noise));
          }
        }
        turn++;
      }
    }
    return kinds.stream();
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("otherKinds")
  void aLoadedModelGeneratesTheBytesOfTheTrainedOneWhateverTheNoise(
      Architecture architecture, Normalization normalization, NoiseKind noise) throws IOException {
    aLoadedModelGeneratesTheBytesOfTheTrainedOne(architecture, normalization, noise);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLoadedModelGeneratesTheBytesOfTheTrainedOne(
      Architecture architecture, Normalization normalization, NoiseKind noise) throws IOException {
    GeneratorTraining base = TrainedModel.training(Method.IGN, architecture, normalization, 4);
    GeneratorTraining training =
        GeneratorTraining.of(base.recipe().withNoise(noise), base.images());
    List<float[][]> before;
    List<float[][]> projected;
    float[][] images = training.images().heldOut(2, 5);
    try (TrainedNetwork network = training.train(TrainedModel.ENGINE, List.of())) {
      TrainedModel.model(training, network).save(folder);
      Generator generator =
          new Generator(training.recipe().imageShape(), training.noise(), network);
      before = generator.generate(generator.noise(5, 70), 3);
      projected = generator.project(images, 2);
    }
    GeneratorModel loaded = GeneratorModel.load(folder);
    try (Generator generator = Generator.open(loaded, TrainedModel.ENGINE)) {
      assertSame(generator.generate(generator.noise(5, 70), 3), before);
      assertSame(generator.project(images, 2), projected);
    }
    assertThat(loaded.training()).containsEntry("method", "test");
    assertThat(loaded.noise().description()).isEqualTo(training.noise().description());
    assertThat(loaded.network().description()).isEqualTo(training.recipe().network().description());
  }

  private static void assertSame(List<float[][]> actual, List<float[][]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(Arrays.deepEquals(actual.get(i), expected.get(i))).as("iterate %s", i).isTrue();
    }
  }

  private void save() throws IOException {
    model.save(folder);
  }

  @Test
  void aFolderThatHoldsAModelIsLeftAsItIs() throws IOException {
    save();
    byte[] before = Files.readAllBytes(folder.resolve("weights.safetensors"));
    assertThatThrownBy(this::save)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds a model already; name another folder");
    assertThat(folder.resolve("weights.safetensors")).hasBinaryContent(before);
  }

  @Test
  void aModelCanBeMovedAndHoldsNoPathOfItsOldPlace() throws IOException {
    save();
    Path moved = folder.resolveSibling("elsewhere");
    Files.move(folder, moved);
    assertThat(GeneratorModel.load(moved).imageShape().dimensions()).containsExactly(8, 8, 1);
    assertThat(moved.resolve("model.json")).content().doesNotContain(folder.toString());
  }

  @Test
  void aMissingFolderOrCardIsNamed() throws IOException {
    assertRejected("does not exist; train one with 'idem train --out");
    Files.createDirectories(folder);
    assertRejected("model.json is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "noise.safetensors"})
  void aMissingTruncatedOrForeignFileIsNamed(String name) throws IOException {
    save();
    Path file = folder.resolve(name);
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    assertRejected(name + " is missing; copy the whole folder");
    for (int length : new int[] {0, 1, content.length / 2, content.length - 1}) {
      Files.write(file, Arrays.copyOf(content, length));
      assertRejected(name + " has " + length + " bytes instead of " + content.length);
    }
    for (int at : new int[] {0, content.length / 3, content.length - 1}) {
      byte[] damaged = content.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertRejected(name + " is not the file that was saved");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                   | model.json is damaged",
        "{                                    | model.json is damaged",
        "[1, 2]                               | model.json is damaged",
        "{\"format\": 2}                      | model.json is damaged",
        "{\"format\": 2, \"extra\": true}     | model.json is damaged",
        "{\"format\": 1}                      | has format 1; this version reads format 2",
        "not json at all                      | model.json is damaged",
        "null                                 | model.json is damaged: it holds null",
        "null {\"format\": 1}               | model.json is damaged",
      })
  void aDamagedCardIsNamed(String content, String expected) throws IOException {
    save();
    Files.writeString(folder.resolve("model.json"), content);
    assertRejected(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\" : 2            | \"format\" : 1            | format 1; this version reads"
            + " format 2: train the model again with it",
        "\"leaky-relu\"            | \"leeky-relu\"            | unknown activation 'leeky-relu'",
        "\"covariance\"            | \"covarience\"            | unknown noise 'covarience'",
        "\"kind\" : \"batch\"      | \"kind\" : \"bach\"       | unknown normalization 'bach'",
        "\"channels\" : 16         | \"channels\" : 17         | tensor 'conv.0.kernel' has shape [4, 4,"
            + " 1, 16]; expected [4, 4, 1, 17]",
        "\"channels\" : 16         | \"channels\" : -1         | channels (-1) must be positive",
        "\"weights.safetensors\" : {       | \"waits.bin\" : {         | does not list weights.safetensors",
        "\"conv-autoencoder\"      | \"transformer\"           | model.json is damaged",
      })
  void aCardThatCannotBeTrueIsNamed(String found, String put, String expected) throws IOException {
    save();
    Path card = folder.resolve("model.json");
    String content = Files.readString(card);
    assertThat(content).contains(found);
    Files.writeString(card, content.replace(found, put));
    assertRejected(expected);
  }

  @Test
  void everyByteOfTheCardMayBeLostWithoutAnythingButTheProjectsOwnError() throws IOException {
    save();
    Path card = folder.resolve("model.json");
    byte[] content = Files.readAllBytes(card);
    for (int length = 0; length < content.length - 2; length += 23) {
      Files.write(card, Arrays.copyOf(content, length));
      assertThatThrownBy(() -> GeneratorModel.load(folder))
          .as("cut at %s of %s", length, content.length)
          .isInstanceOf(MalformedFileException.class);
    }
  }

  /** Every value of the card, one at a time, replaced by what it cannot be. */
  @Test
  void noValueOfTheCardMakesAnythingButTheProjectsOwnError() throws IOException {
    save();
    Path file = folder.resolve("model.json");
    ObjectMapper json = new ObjectMapper();
    byte[] whole = Files.readAllBytes(file);
    List<String> places = new ArrayList<>();
    places(json.readTree(whole), "", places);
    assertThat(places).hasSizeGreaterThan(30);
    List<String> accepted = new ArrayList<>();
    for (String place : places) {
      for (String value : List.of("null", "-1", "0", "2147483647", "\"x\"", "[]", "{}", "[null]")) {
        JsonNode card = json.readTree(whole);
        JsonNode changed = json.readTree(value);
        boolean same = card.at(place).equals(changed);
        int at = place.lastIndexOf('/');
        JsonNode parent = card.at(place.substring(0, at));
        String key = place.substring(at + 1);
        if (parent instanceof ObjectNode object) {
          object.set(key, changed);
        } else {
          ((ArrayNode) parent).set(Integer.parseInt(key), changed);
        }
        Files.write(file, json.writeValueAsBytes(card));
        if (loads(place + " = " + value) && !same) {
          accepted.add(place + " = " + value);
        }
      }
    }
    // What is there for people alone may hold anything.
    assertThat(accepted).allMatch(change -> change.matches("/(training|provenance).*"));
  }

  private static void places(JsonNode node, String path, List<String> to) {
    if (node.isObject()) {
      node.properties().forEach(field -> place(field.getValue(), path, field.getKey(), to));
    } else {
      for (int i = 0; i < node.size(); i++) {
        place(node.get(i), path, Integer.toString(i), to);
      }
    }
  }

  private static void place(JsonNode node, String path, String key, List<String> to) {
    String place = path + "/" + key;
    to.add(place);
    places(node, place, to);
  }

  private boolean loads(String change) throws IOException {
    try {
      GeneratorModel.load(folder);
      return true;
    } catch (MalformedFileException e) {
      assertThat(e).as(change).hasMessageContaining("model folder (" + folder + ")");
      assertThat(e.getMessage().lines()).as(change).hasSize(1);
      return false;
    }
  }

  @Test
  void aFileOfAnotherModelIsNotTakenForItsOwn() throws IOException {
    save();
    Path foreign = folder.resolveSibling("foreign");
    trained(3).save(foreign);
    Files.copy(
        foreign.resolve("weights.safetensors"),
        folder.resolve("weights.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRejected("weights.safetensors is not the file that was saved (SHA-256 differs)");
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Files.writeString(folder, "a file");
    assertRejected("is a file; name the folder that holds model.json");
  }

  @Test
  void theCardIsReadableByPeople() throws IOException {
    save();
    assertThat(Files.readString(folder.resolve("model.json"), StandardCharsets.UTF_8))
        .contains("\"noise\" : \"covariance\"", "\"sha256\"", "\"method\" : \"test\"");
  }

  private void assertRejected(String message) {
    assertThatThrownBy(() -> GeneratorModel.load(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("model folder (" + folder + ")")
        .hasMessageContaining(message);
  }
}
