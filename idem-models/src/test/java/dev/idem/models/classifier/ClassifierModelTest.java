package dev.idem.models.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.models.classifier.ClassifierModel.Reader;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierModelTest {

  private static final String WEIGHTS = "classifier.safetensors";
  private static final String CARD = "classifier.properties";

  private final Path folder;

  ClassifierModelTest(@TempDir Path temporary) {
    folder = temporary.resolve("classifier");
  }

  private void save() throws IOException {
    ClassifierModel.embedded().save(folder);
  }

  @Test
  void aSavedClassifierIsTwoFilesThatGiveItBack() throws IOException {
    save();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(WEIGHTS, CARD);
    }
    ClassifierModel loaded = ClassifierModel.load(folder);
    ClassifierModel embedded = ClassifierModel.embedded();
    assertThat(loaded.card()).isEqualTo(embedded.card());
    assertThat(ClassifierModel.weights(loaded.state()))
        .isEqualTo(ClassifierModel.weights(embedded.state()));
  }

  @Test
  void theEmbeddedFilesAreWhatSavingWrites() throws IOException {
    save();
    for (String name : new String[] {WEIGHTS, CARD}) {
      try (var in = ClassifierModel.class.getResourceAsStream(name)) {
        assertThat(in).isNotNull().hasBinaryContent(Files.readAllBytes(folder.resolve(name)));
      }
    }
  }

  @Test
  void aFolderThatHoldsAClassifierIsLeftAsItIs() throws IOException {
    save();
    assertThatThrownBy(this::save)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds a digit classifier already; name another folder");
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    assertRejected("classifier.properties is missing; train one with 'idem classifier'");
    save();
    Files.delete(folder.resolve(WEIGHTS));
    assertRejected("classifier.safetensors is missing");
  }

  @Test
  void truncatedLongerAndAlteredWeightsAreNamed() throws IOException {
    save();
    Path file = folder.resolve(WEIGHTS);
    byte[] content = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, content.length / 2, content.length - 1}) {
      Files.write(file, Arrays.copyOf(content, length));
      assertRejected(
          "classifier.safetensors has " + length + " bytes instead of " + content.length);
    }
    Files.write(file, Arrays.copyOf(content, content.length + 40));
    assertRejected("classifier.safetensors is longer than the " + content.length + " bytes");
    for (int at : new int[] {0, content.length / 3, content.length - 1}) {
      byte[] altered = content.clone();
      altered[at] ^= 1;
      Files.write(file, altered);
      assertRejected("classifier.safetensors is not the file that classifier.properties describes");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format=2          | format=1          | format is 1; this version reads format 2",
        "seed=1            | sed=1             | 'seed' is missing",
        "seed=1            | seed=one          | seed (one) must be a whole number",
        "accuracy=0        | accuracy=7        | must be in [0, 1]",
        "accuracy=0        | accuracy=x        | must be a number",
        "16-32-64          | 16-32             | is a network 'conv classifier [28, 28, 1] 16-32,",
        "plan=3000 steps   | plan=\\u00z       | is damaged",
        "parameters=93242  | parameters=93243  | parameters (93243) must be 93242",
      })
  void aCardThatCannotBeTrueIsNamed(String found, String put, String expected) throws IOException {
    save();
    Path card = folder.resolve(CARD);
    String content = Files.readString(card);
    assertThat(content).contains(found);
    Files.writeString(card, content.replace(found, put));
    assertRejected(expected);
  }

  @Test
  void everyCutOfTheCardGivesTheProjectsOwnError() throws IOException {
    save();
    Path card = folder.resolve(CARD);
    byte[] content = Files.readAllBytes(card);
    for (int length = 0; length < content.length - 2; length += 19) {
      Files.write(card, Arrays.copyOf(content, length));
      assertThatThrownBy(() -> ClassifierModel.load(folder))
          .as("cut at %s of %s", length, content.length)
          .isInstanceOf(MalformedFileException.class);
    }
  }

  @Test
  void missingResourcesAreNamed() {
    assertThatThrownBy(() -> new Reader("embedded", "take the jar", name -> null).model())
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("digit classifier (embedded): classifier.properties is missing; take the jar");
    assertThatThrownBy(
            () ->
                new Reader(
                        "embedded", "take the jar", name -> new ByteArrayInputStream(new byte[0]))
                    .model())
        .hasMessage(
            "digit classifier (embedded): classifier.properties is damaged: 'format' is missing;"
                + " take the jar");
  }

  private void assertRejected(String message) {
    assertThatThrownBy(() -> ClassifierModel.load(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("digit classifier (" + folder + ")")
        .hasMessageContaining(message);
  }
}
