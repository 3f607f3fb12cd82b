package dev.idem.figures.evaluation;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.idem.eval.evaluation.EvaluationResult;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.eval.evaluation.EvaluationResult.SampleValues;
import dev.idem.figures.FigureResult;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import dev.idem.figures.evaluation.EvaluationCard.Subject;
import dev.idem.models.storage.FileCard;
import dev.idem.models.storage.SafeFiles;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as a folder: {@code metrics.txt} to read, {@code metrics.csv} to compute with,
 * {@code per-sample.csv} with the values of single samples, and {@code metrics.json} with
 * everything else; the last is written last, so that a folder with it is whole.
 *
 * @param card what {@code metrics.json} holds
 * @param result the numbers, with the values of single samples
 */
public record EvaluationFolder(EvaluationCard card, EvaluationResult result) {

  /** The file that makes a folder an evaluation. */
  public static final String CARD = "metrics.json";

  private static final String INSIDE = "evaluation";
  private static final String PER_SAMPLE = "per-sample";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .withConfigOverride(Map.class, EvaluationFolder::refuseNull)
          .withConfigOverride(List.class, EvaluationFolder::refuseNull)
          .withConfigOverride(String.class, EvaluationFolder::refuseNull)
          .withConfigOverride(Section.class, EvaluationFolder::refuseNull)
          .withConfigOverride(Subject.class, EvaluationFolder::refuseNull)
          .withConfigOverride(Conditions.class, EvaluationFolder::refuseNull)
          .withConfigOverride(FileCard.class, EvaluationFolder::refuseNull)
          .addMixIn(Entry.class, WordMayBeNull.class)
          .build();

  private static void refuseNull(MutableConfigOverride type) {
    type.setSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));
  }

  /** The one text of an entry that may be null. */
  private interface WordMayBeNull {
    @JsonSetter(nulls = Nulls.SET)
    @Nullable String word();
  }

  /**
   * Writes an evaluation.
   *
   * @return what was written
   * @throws IOException if a file cannot be written
   */
  public static EvaluationFolder write(
      OutputFolder folder,
      Subject subject,
      Conditions conditions,
      Map<String, String> inputs,
      Map<String, String> provenance,
      EvaluationResult result)
      throws IOException {
    new FigureResult(List.of(), List.of(metrics(result), perSample(result)), List.of())
        .write(folder);
    byte[] values = Files.readAllBytes(folder.path().resolve(PER_SAMPLE + ".csv"));
    EvaluationCard card =
        new EvaluationCard(
            EvaluationCard.FORMAT,
            subject,
            conditions,
            inputs,
            provenance,
            result.entries(),
            result.notes(),
            FileCard.of(values));
    String text = String.join("\n", EvaluationText.of(card, Integer.MAX_VALUE)) + "\n";
    folder.write("metrics.txt", text.getBytes(StandardCharsets.UTF_8));
    folder.write(CARD, JSON.writeValueAsBytes(card));
    return new EvaluationFolder(card, result);
  }

  private static Table metrics(EvaluationResult result) {
    return Table.filed(
        "metrics",
        "All metrics.",
        result.entries(),
        List.of(
            new Column<>("section", entry -> entry.section().name().toLowerCase(Locale.ROOT)),
            new Column<>("metric", Entry::metric),
            new Column<>("input", Entry::input),
            new Column<>("applications", Entry::applications),
            optional("value", Entry::value),
            optional("low", Entry::low),
            optional("high", Entry::high),
            optional("floor", Entry::floor),
            optional("value at floor size", Entry::valueAtFloorSize),
            optional("word", Entry::word),
            new Column<>("goal", Entry::goal),
            new Column<>("bias", Entry::bias),
            new Column<>("notes", entry -> String.join("; ", entry.notes()))));
  }

  /** Empty where there is nothing. */
  static <R> Column<R> optional(String name, Function<R, @Nullable Object> cell) {
    return new Column<>(name, row -> Objects.requireNonNullElse(cell.apply(row), ""));
  }

  private static Table perSample(EvaluationResult result) {
    List<Column<Integer>> columns = new ArrayList<>();
    result
        .perSample()
        .columns()
        .forEach(
            (name, values) ->
                columns.add(
                    new Column<>(name, sample -> sample < values.length ? values[sample] : "")));
    int samples =
        result.perSample().columns().values().stream().mapToInt(v -> v.length).max().orElse(0);
    return Table.filed(
        PER_SAMPLE,
        "The values of single samples.",
        IntStream.range(0, samples).boxed().toList(),
        columns);
  }

  /**
   * Reads an evaluation.
   *
   * @param folder of an evaluation, or a folder with one in {@code evaluation}
   * @throws MalformedEvaluationException if there is none, or a damaged one
   * @throws IOException if a file cannot be read
   */
  public static EvaluationFolder read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new MalformedEvaluationException(
          folder,
          (Files.exists(folder) ? "is a file" : "does not exist")
              + "; name a folder that 'idem evaluate --out' wrote");
    }
    Path own = Files.exists(folder.resolve(CARD)) ? folder : folder.resolve(INSIDE);
    if (!Files.isRegularFile(own.resolve(CARD))) {
      throw new MalformedEvaluationException(
          folder,
          CARD + " is missing; write one with 'idem evaluate --model DIR --out " + folder + "'");
    }
    EvaluationCard card = card(own);
    SampleValues values = values(own, card);
    try {
      for (Entry entry : card.entries()) {
        entry.perSample().forEach(values::column);
      }
      return new EvaluationFolder(card, new EvaluationResult(card.entries(), values, card.notes()));
    } catch (RuntimeException e) {
      throw new MalformedEvaluationException(own, CARD + " is invalid: " + e.getMessage(), e);
    }
  }

  private static EvaluationCard card(Path folder) throws IOException {
    try {
      @Nullable EvaluationCard card =
          JSON.readValue(Files.readAllBytes(folder.resolve(CARD)), EvaluationCard.class);
      if (card == null) {
        throw new MalformedEvaluationException(
            folder, CARD + " is damaged: it holds null; evaluate again");
      }
      if (card.format() != EvaluationCard.FORMAT) {
        throw new MalformedEvaluationException(
            folder,
            "has format %s; this version reads format %s"
                .formatted(card.format(), EvaluationCard.FORMAT));
      }
      return card;
    } catch (JacksonException e) {
      throw new MalformedEvaluationException(
          folder, "%s is damaged: %s; evaluate again".formatted(CARD, SafeFiles.reason(e)), e);
    }
  }

  private static SampleValues values(Path folder, EvaluationCard card) throws IOException {
    String name = PER_SAMPLE + ".csv";
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new MalformedEvaluationException(folder, name + " is missing; copy the whole folder");
    }
    byte[] content = Files.readAllBytes(file);
    if (!FileCard.of(content).equals(card.perSample())) {
      throw new MalformedEvaluationException(
          folder,
          name + " is not the file that was saved (SHA-256 differs); copy the whole folder again");
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    CSVFormat format = CSVFormat.Builder.create().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(new String(content, StandardCharsets.UTF_8), format)) {
      List<CSVRecord> records = parser.getRecords();
      for (String column : parser.getHeaderNames()) {
        // Inputs with fewer samples than others have no numbers at the end.
        int samples = records.size();
        while (samples > 0 && records.get(samples - 1).get(column).isEmpty()) {
          samples--;
        }
        columns.put(
            column,
            records.subList(0, samples).stream()
                .mapToDouble(row -> Double.parseDouble(row.get(column)))
                .toArray());
      }
      return new SampleValues(columns);
    } catch (RuntimeException e) {
      throw new MalformedEvaluationException(
          folder, "%s is damaged: %s; evaluate again".formatted(name, e.getMessage()), e);
    }
  }

  /** A folder that holds no evaluation, or a damaged one; the message says what to do. */
  public static final class MalformedEvaluationException extends IOException {

    @Serial private static final long serialVersionUID = 1;

    MalformedEvaluationException(Path folder, String found) {
      super("evaluation (%s): %s".formatted(folder, found));
    }

    MalformedEvaluationException(Path folder, String found, Throwable cause) {
      super("evaluation (%s): %s".formatted(folder, found), cause);
    }
  }
}
