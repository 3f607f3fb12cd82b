package dev.idem.generative.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.api.random.RandomStreams;
import dev.idem.api.training.TrainingEngine.TrainedNetwork;
import dev.idem.generative.recipe.GenerativeObjective.Method;
import dev.idem.generative.recipe.GeneratorRecipe.Architecture;
import dev.idem.generative.recipe.GeneratorTraining;
import dev.idem.models.network.Normalization;
import dev.idem.models.storage.SafeFiles.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cards of models with random damage load or are refused, and nothing else is thrown. How many is
 * {@code -Didem.fuzzTries}, 500 if not given.
 */
class ModelFuzzTest {

  private static final int TRIES = Integer.getInteger("idem.fuzzTries", 500);
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "[[[[[[[[",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "null",
    "-1",
    "0",
    "1e999",
    "99999999999",
    "2147483647",
    "true",
    "\n",
    "\u0000",
    "\uFEFF",
    "9",
    "NaN",
    "\"format\" : 1,",
    "/*"
  };

  @TempDir Path temporary;

  @Test
  void damageIsReportedAndNothingElseIsThrown() throws IOException {
    Path folder = temporary.resolve("model");
    GeneratorTraining training =
        TrainedModel.training(
            Method.RECONSTRUCTION_SUBSTITUTED, Architecture.SMALL, Normalization.batch(), 1);
    try (TrainedNetwork network = training.train(TrainedModel.ENGINE, List.of())) {
      TrainedModel.model(training, network).save(folder);
    }
    Path card = folder.resolve(GeneratorModel.CARD);
    String whole = Files.readString(card);
    int loaded = 0;
    for (int i = 0; i < TRIES; i++) {
      String damaged = damaged(whole, RandomStreams.stream(1, "damage", i));
      Files.write(card, damaged.getBytes(StandardCharsets.UTF_8));
      try {
        GeneratorModel.load(folder);
        loaded++;
      } catch (MalformedFileException e) {
        assertThat(e.getMessage()).as(damaged).startsWith("model folder (" + folder + ")");
        assertThat(e.getMessage().lines()).as(damaged).hasSize(1);
      }
    }
    // Damage among what is there for people alone does no harm.
    assertThat(loaded).isBetween(1, TRIES - 1);
  }

  private static String damaged(String whole, RandomGenerator random) {
    StringBuilder text = new StringBuilder(whole);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(random.nextInt(10) + 1));
      switch (random.nextInt(3)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        default -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
      }
    }
    return text.toString();
  }
}
