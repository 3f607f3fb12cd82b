package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.EvaluationComparison;
import dev.idem.eval.evaluation.EvaluationComparison.Row;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.figures.OutputFolder;
import dev.idem.figures.Table;
import dev.idem.figures.chart.ChartGrid;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import dev.idem.figures.evaluation.EvaluationFigures.EvaluationDrawing;
import dev.idem.figures.evaluation.EvaluationTables.Footnotes;
import dev.idem.figures.report.Document;
import dev.idem.figures.report.Document.Part;
import dev.idem.figures.report.Document.Section;
import dev.idem.figures.report.Embedded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An evaluation, or several side by side, as a page that needs no other file. */
public final class EvaluationPage {

  private static final Digits DIGITS = new Digits(3);
  private static final int WIDTH = 468;
  private static final int HEIGHT = 300;

  private EvaluationPage() {}

  /**
   * Writes the page of an evaluation from its card and the drawings in its folder, or replaces it.
   *
   * @param commands to type next, by what they do
   * @throws IOException if that fails
   */
  public static void write(EvaluationCard card, Map<String, String> commands, OutputFolder folder)
      throws IOException {
    Footnotes footnotes = new Footnotes();
    EvaluationTables tables = new EvaluationTables(card.entries(), DIGITS, footnotes);
    List<Section> sections = new ArrayList<>();
    sections.add(
        section(
            "samples",
            "Samples",
            List.of(EvaluationDrawing.SAMPLES, EvaluationDrawing.MEMORISATION),
            Optional.empty(),
            folder));
    sections.add(section("idempotency", "Idempotency", List.of(), tables.idempotency(), folder));
    sections.add(
        section(
            "distribution",
            "Distribution",
            List.of(EvaluationDrawing.METRICS),
            tables.distribution(),
            folder));
    sections.add(
        section(
            "restoration",
            "Restoration",
            List.of(EvaluationDrawing.RESTORED, EvaluationDrawing.RESTORATION),
            tables.restoration(),
            folder));
    sections.removeIf(section -> section.parts().isEmpty());
    List<Part> notes = new ArrayList<>();
    footnotes.lines().forEach(line -> notes.add(new Part.Text(line)));
    card.notes().forEach(note -> notes.add(new Part.Text(note)));
    if (!tables.biases().isEmpty()) {
      notes.add(new Part.Text(EvaluationTables.BIAS + ":"));
      notes.add(new Part.Pairs(tables.biases()));
    }
    if (!notes.isEmpty()) {
      sections.add(new Section("notes", "Notes", notes));
    }
    sections.add(Section.next(commands));
    sections.add(
        new Section("provenance", "Provenance", List.of(new Part.Pairs(card.provenance()))));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(card.conditions().kind(), subject(card.subject().name(), card));
    facts.putAll(facts(card.conditions()));
    new Document("Evaluation of " + card.subject().name(), Optional.empty(), facts, sections)
        .write(folder);
  }

  private static String subject(String name, EvaluationCard card) {
    return "%s (SHA-256 %s...)"
        .formatted(name, EvaluationCard.shortened(card.subject().fingerprint()));
  }

  private static Map<String, String> facts(Conditions conditions) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("data", conditions.data());
    facts.put("samples", String.format(Locale.ROOT, "%,d", conditions.samples()));
    facts.put("seed", Long.toString(conditions.seed()));
    facts.put("features", conditions.features());
    return facts;
  }

  private static Section section(
      String id,
      String title,
      List<EvaluationDrawing> drawings,
      Optional<Table> table,
      OutputFolder folder)
      throws IOException {
    List<Part> parts = new ArrayList<>();
    for (EvaluationDrawing drawing : drawings) {
      Path file = folder.path().resolve(drawing.fileName() + ".png");
      if (Files.exists(file)) {
        Embedded image = new Embedded(drawing.caption(), Files.readAllBytes(file));
        parts.add(new Part.Images(false, List.of(image)));
      }
    }
    table.ifPresent(numbers -> parts.add(new Part.Numbers(numbers)));
    return new Section(id, title, parts);
  }

  /**
   * Writes the page of a comparison, or replaces it.
   *
   * @param names of the runs, in order
   * @param commands to type next, by what they do
   * @throws IOException if that fails
   */
  public static void writeComparison(
      List<String> names,
      List<EvaluationCard> cards,
      EvaluationComparison comparison,
      Map<String, String> commands,
      OutputFolder folder)
      throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int run = 0; run < names.size(); run++) {
      facts.put("run " + (run + 1), subject(names.get(run), cards.get(run)));
    }
    facts.putAll(facts(cards.get(0).conditions()));
    List<Section> sections = new ArrayList<>();
    List<Part> remarks = new ArrayList<>();
    EvaluationText.remarks(comparison).forEach(remark -> remarks.add(new Part.Text(remark)));
    sections.add(new Section("differences", "Differences", remarks));
    for (Entry.Section of : Entry.Section.values()) {
      List<Row> rows =
          comparison.rows().stream().filter(row -> row.entry().section() == of).toList();
      if (!rows.isEmpty()) {
        String id = of.name().toLowerCase(Locale.ROOT);
        List<Part> parts = new ArrayList<>();
        // Idempotency is measured at one k.
        List<Embedded> charts = of == Entry.Section.IDEMPOTENCY ? List.of() : charts(rows);
        if (!charts.isEmpty()) {
          parts.add(new Part.Images(true, charts));
        }
        parts.add(new Part.Numbers(EvaluationTables.compared(rows, DIGITS)));
        sections.add(
            new Section(id, id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1), parts));
      }
    }
    sections.add(Section.next(commands));
    new Document("Comparison", Optional.empty(), facts, sections).write(folder);
  }

  /** A chart over k for each metric and input, with a series for each run. */
  private static List<Embedded> charts(List<Row> rows) {
    Map<List<String>, Map<String, List<Entry>>> byQuantity = new LinkedHashMap<>();
    for (Row row : rows) {
      Entry entry = row.entry();
      if (entry.value() != null && Double.isFinite(entry.value())) {
        byQuantity
            .computeIfAbsent(
                List.of(entry.metric(), entry.input()), quantity -> new LinkedHashMap<>())
            .computeIfAbsent("run " + (row.run() + 1), run -> new ArrayList<>())
            .add(entry);
      }
    }
    List<Embedded> charts = new ArrayList<>();
    byQuantity.forEach(
        (quantity, byRun) -> {
          String of = "%s of %s".formatted(quantity.get(0), quantity.get(1));
          ChartGrid chart = ChartGrid.single(WIDTH, HEIGHT, EvaluationFigures.chart(of, byRun));
          charts.add(new Embedded(of + ", with 95 % intervals.", chart.png()));
        });
    return charts;
  }
}
