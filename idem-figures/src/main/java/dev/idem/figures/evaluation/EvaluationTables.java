package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.EvaluationComparison.Row;
import dev.idem.eval.evaluation.EvaluationResult.Entry;
import dev.idem.eval.evaluation.EvaluationResult.Entry.Section;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables that people read of an evaluation.
 *
 * @param all its numbers
 * @param digits of a number
 * @param footnotes to which the notes on numbers are added
 */
record EvaluationTables(List<Entry> all, Digits digits, Footnotes footnotes) {

  /** The heading of {@link #biases}. */
  static final String BIAS = "Bias of these metrics";

  private List<Entry> in(Section section) {
    return all.stream().filter(entry -> entry.section() == section).toList();
  }

  /** A row for each input; empty if nothing was measured. */
  Optional<Table> idempotency() {
    List<Entry> entries = in(Section.IDEMPOTENCY);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Set<String> metrics = new LinkedHashSet<>();
    Map<String, List<Entry>> byInput = new LinkedHashMap<>();
    for (Entry entry : entries) {
      metrics.add(entry.metric());
      byInput.computeIfAbsent(entry.input(), input -> new ArrayList<>()).add(entry);
    }
    List<Column<List<Entry>>> columns = new ArrayList<>();
    columns.add(new Column<>("input", row -> row.get(0).input()));
    for (String metric : metrics) {
      columns.add(
          new Column<>(
              metric,
              row ->
                  row.stream()
                      .filter(entry -> entry.metric().equals(metric))
                      .reduce((first, later) -> later)
                      .map(digits::cell)
                      .orElse("")));
    }
    columns.add(new Column<>("notes", footnotes::marks));
    return Optional.of(
        Table.shown(
            "idempotency",
            "Idempotency of f on each input (95 % intervals)",
            List.copyOf(byInput.values()),
            columns));
  }

  /** A row for each metric and sample; empty if nothing was measured. */
  Optional<Table> distribution() {
    List<Entry> entries = in(Section.DISTRIBUTION);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Table.shown(
            "distribution",
            "Distribution against held-out samples; 'half' compares with 'floor', real against real",
            IntStream.range(0, entries.size()).boxed().toList(),
            List.of(
                new Column<>("metric", i -> again(entries, i) ? "" : entries.get(i).metric()),
                new Column<>("better", i -> again(entries, i) ? "" : entries.get(i).goal()),
                new Column<>("of", i -> of(entries.get(i))),
                new Column<>("value", i -> digits.value(entries.get(i))),
                new Column<>(
                    "95 % interval",
                    i -> digits.interval(entries.get(i).low(), entries.get(i).high())),
                new Column<>("half", i -> digits.number(entries.get(i).valueAtFloorSize())),
                new Column<>("floor", i -> digits.number(entries.get(i).floor())),
                new Column<>("notes", i -> footnotes.marks(List.of(entries.get(i)))))));
  }

  private static boolean again(List<Entry> entries, int i) {
    return i > 0 && entries.get(i).metric().equals(entries.get(i - 1).metric());
  }

  private static String of(Entry entry) {
    return entry.of() + (entry.applications() == 0 ? " (control)" : "");
  }

  /** The bias of each metric of {@link #distribution}, by its name. */
  Map<String, String> biases() {
    Map<String, String> biases = new LinkedHashMap<>();
    in(Section.DISTRIBUTION).forEach(entry -> biases.put(entry.metric(), entry.bias()));
    return biases;
  }

  /** A row for each degradation and metric; empty if nothing was measured. */
  Optional<Table> restoration() {
    List<Entry> entries = in(Section.RESTORATION);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Set<Integer> powers = new LinkedHashSet<>();
    Map<List<String>, List<Entry>> rows = new LinkedHashMap<>();
    for (Entry entry : entries) {
      powers.add(entry.applications());
      rows.computeIfAbsent(
              List.of(entry.input(), entry.metric(), entry.goal()), key -> new ArrayList<>())
          .add(entry);
    }
    List<Column<List<Entry>>> columns = new ArrayList<>();
    columns.add(new Column<>("from", row -> row.get(0).input()));
    columns.add(new Column<>("metric", row -> row.get(0).metric()));
    columns.add(new Column<>("better", row -> row.get(0).goal()));
    int place = 0;
    for (int power : powers) {
      int index = place++;
      columns.add(new Column<>(Entry.of("x", power), row -> digits.cell(row.get(index))));
    }
    columns.add(new Column<>("notes", footnotes::marks));
    return Optional.of(
        Table.shown(
            "restoration",
            "Restoration of degraded held-out samples (95 % intervals)",
            List.copyOf(rows.values()),
            columns));
  }

  /** Evaluations side by side: quantity by quantity, a row for each run. */
  static Table compared(List<Row> rows, Digits digits) {
    return Table.shown(
        "comparison",
        "Evaluations side by side",
        rows,
        List.of(
            new Column<>("metric", row -> first(row, row.entry().metric())),
            new Column<>("better", row -> first(row, row.entry().goal())),
            new Column<>("of", row -> first(row, row.entry().of())),
            new Column<>("run", row -> row.run() + 1),
            new Column<>("value", row -> digits.wordOrValue(row.entry())),
            new Column<>(
                "95 % interval", row -> digits.interval(row.entry().low(), row.entry().high())),
            new Column<>("difference", row -> digits.signed(row.difference())),
            new Column<>("95 % interval", row -> digits.interval(row.interval())),
            new Column<>("judgement", EvaluationTables::judgement)));
  }

  private static String first(Row row, String cell) {
    return row.run() == 0 ? cell : "";
  }

  static String judgement(Row row) {
    return row.judgement() + (row.interval() != null && !row.paired() ? " (unpaired)" : "");
  }

  /** Notes that many numbers share, printed once. */
  static final class Footnotes {

    private final List<String> notes = new ArrayList<>();

    /** The marks of the entries' notes, each once, such as {@code (1)(3)}. */
    String marks(List<Entry> entries) {
      return entries.stream()
          .flatMap(entry -> entry.notes().stream())
          .distinct()
          .map(this::mark)
          .collect(Collectors.joining());
    }

    private String mark(String note) {
      if (!notes.contains(note)) {
        notes.add(note);
      }
      return "(" + (notes.indexOf(note) + 1) + ")";
    }

    List<String> lines() {
      return IntStream.range(0, notes.size())
          .mapToObj(i -> "(" + (i + 1) + ") " + notes.get(i))
          .toList();
    }
  }
}
