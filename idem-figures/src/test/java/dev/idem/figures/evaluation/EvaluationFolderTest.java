package dev.idem.figures.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.idem.api.random.RandomStreams;
import dev.idem.eval.evaluation.EvaluationResult;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.evaluation.EvaluationResult.SampleValues;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import dev.idem.figures.evaluation.EvaluationCard.Subject;
import dev.idem.figures.evaluation.EvaluationFolder.MalformedEvaluationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evaluation's card is read as it was written, or refused in a line that names it. */
class EvaluationFolderTest {

  private static final int TRIES = Integer.getInteger("idem.fuzzTries", 500);
  private static final Pattern VALUE = Pattern.compile("(\"\\w+\" : )([\\[{]|\"[^\"]*\"|[-\\w.]+)");
  private static final String[] PIECES = {
    "{", "}", "[", ",", "\"", ":", "null", "-1", "1e999", "\n"
  };

  @TempDir Path folder;

  private Path card = Path.of("");
  private String whole = "";

  @BeforeEach
  void evaluation() throws IOException {
    EvaluationFolder.write(
        OutputFolder.open(folder),
        new Subject("model", "ab12"),
        new Conditions("generator", "digits", "cd34", 2, 1, "pixels"),
        Map.of("z", "ef56"),
        Map.of("version", "1"),
        new EvaluationResult(
            List.of(
                new Entry(
                    Section.IDEMPOTENCY,
                    "error",
                    "z",
                    1,
                    0.5,
                    0.25,
                    0.75,
                    null,
                    null,
                    null,
                    "lower",
                    "none",
                    List.of(),
                    List.of("error f(z)"))),
            new SampleValues(Map.of("error f(z)", new double[] {0.25, 0.75})),
            List.of("a note")));
    card = folder.resolve(EvaluationFolder.CARD);
    whole = Files.readString(card);
  }

  private String refused() {
    MalformedEvaluationException refused =
        catchThrowableOfType(
            MalformedEvaluationException.class, () -> EvaluationFolder.read(folder));
    assertThat(refused).as("read").isNotNull();
    return String.valueOf(refused.getMessage());
  }

  @Test
  void aCardThatIsNullIsRefused() throws IOException {
    Files.writeString(card, "null");
    assertThat(refused())
        .isEqualTo(
            "evaluation (%s): metrics.json is damaged: it holds null; evaluate again", folder);
  }

  @Test
  void whateverIsNullIsNamedOrMayBe() throws IOException {
    Matcher values = VALUE.matcher(whole);
    int refused = 0;
    while (values.find()) {
      String damaged = nulled(values.start(2), values.group(2));
      Files.writeString(card, damaged);
      try {
        EvaluationFolder.read(folder);
        assertThat(values.group(1))
            .as(damaged)
            .containsAnyOf("value", "low", "high", "floor", "word");
      } catch (MalformedEvaluationException e) {
        refused++;
        assertThat(e.getMessage()).as(damaged).hasLineCount(1);
        assertThat(e.getMessage()).doesNotContain("because", "Cannot invoke");
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  /** The card with null instead of the value that begins at {@code from}. */
  private String nulled(int from, String first) {
    int end = from + first.length();
    int depth = first.equals("{") || first.equals("[") ? 1 : 0;
    while (depth > 0) {
      char at = whole.charAt(end++);
      depth += at == '{' || at == '[' ? 1 : at == '}' || at == ']' ? -1 : 0;
    }
    return whole.substring(0, from) + "null" + whole.substring(end);
  }

  @Test
  void damageIsReportedAndNothingElseIsThrown() throws IOException {
    int read = 0;
    for (int i = 0; i < TRIES; i++) {
      RandomGenerator random = RandomStreams.stream(1, "damage", i);
      int from = random.nextInt(whole.length());
      int to = Math.min(whole.length(), from + random.nextInt(6));
      String damaged =
          whole.substring(0, from) + PIECES[random.nextInt(PIECES.length)] + whole.substring(to);
      Files.writeString(card, damaged);
      try {
        EvaluationText.of(EvaluationFolder.read(folder).card(), Integer.MAX_VALUE);
        read++;
      } catch (MalformedEvaluationException e) {
        assertThat(e.getMessage()).as(damaged).startsWith("evaluation (" + folder).hasLineCount(1);
      }
    }
    assertThat(read).as("harmless").isBetween(1, TRIES - 1);
  }
}
