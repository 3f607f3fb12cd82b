package dev.idem.figures.evaluation;

import dev.idem.eval.comparison.Bootstrap.Interval;
import dev.idem.eval.evaluation.Entry;
import dev.idem.eval.evaluation.Entry.Section;
import dev.idem.eval.evaluation.EvaluationComparison;
import dev.idem.eval.evaluation.EvaluationComparison.Row;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An evaluation, or several side by side, as aligned lines. */
public final class EvaluationText {

  private static final String GAP = "  ";

  /** Numbers outside of these have an exponent. */
  private static final double SMALL = 1e-3;

  private static final double LARGE = 1e5;

  private EvaluationText() {}

  /** An evaluation. */
  public static List<String> of(EvaluationCard card) {
    Conditions conditions = card.conditions();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-10s %s (SHA-256 %s...)"
            .formatted(
                conditions.kind(),
                card.subject().name(),
                EvaluationCard.shortened(card.subject().fingerprint())));
    lines.addAll(lines(conditions));
    Footnotes footnotes = new Footnotes();
    idempotency(card.entries(), footnotes, lines);
    distribution(card.entries(), footnotes, lines);
    restoration(card.entries(), footnotes, lines);
    List<String> told = new ArrayList<>(footnotes.lines());
    card.notes().forEach(note -> told.add("note: " + note));
    if (!told.isEmpty()) {
      lines.add("");
      lines.addAll(told);
    }
    return lines;
  }

  private static List<String> lines(Conditions conditions) {
    return List.of(
        "data       " + conditions.data(),
        String.format(
            Locale.ROOT, "samples    %,d, seed %d", conditions.samples(), conditions.seed()),
        "features   " + conditions.features());
  }

  private static List<Entry> in(List<Entry> entries, Section section) {
    return entries.stream().filter(entry -> entry.section() == section).toList();
  }

  private static void title(List<String> lines, String title) {
    lines.add("");
    lines.add(title);
  }

  private static void idempotency(List<Entry> all, Footnotes footnotes, List<String> lines) {
    List<Entry> entries = in(all, Section.IDEMPOTENCY);
    if (entries.isEmpty()) {
      return;
    }
    Set<String> metrics = new LinkedHashSet<>();
    Map<String, List<Entry>> byInput = new LinkedHashMap<>();
    for (Entry entry : entries) {
      metrics.add(entry.metric());
      byInput.computeIfAbsent(entry.input(), input -> new ArrayList<>()).add(entry);
    }
    title(lines, "Idempotency of f on each input (95 % intervals)");
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
                      .map(EvaluationText::cell)
                      .orElse("")));
    }
    columns.add(new Column<>("notes", footnotes::marks));
    lines.addAll(aligned(List.copyOf(byInput.values()), columns));
  }

  private static void distribution(List<Entry> all, Footnotes footnotes, List<String> lines) {
    List<Entry> entries = in(all, Section.DISTRIBUTION);
    if (entries.isEmpty()) {
      return;
    }
    title(
        lines,
        "Distribution against held-out samples; 'half' compares with 'floor', real against real");
    lines.addAll(
        aligned(
            IntStream.range(0, entries.size()).boxed().toList(),
            List.of(
                new Column<>("metric", i -> again(entries, i) ? "" : entries.get(i).metric()),
                new Column<>("better", i -> again(entries, i) ? "" : entries.get(i).goal()),
                new Column<>("of", i -> of(entries.get(i))),
                new Column<>("value", i -> value(entries.get(i))),
                new Column<>(
                    "95 % interval", i -> interval(entries.get(i).low(), entries.get(i).high())),
                new Column<>("half", i -> number(entries.get(i).valueAtFloorSize())),
                new Column<>("floor", i -> number(entries.get(i).floor())),
                new Column<>("notes", i -> footnotes.marks(List.of(entries.get(i)))))));
    Map<String, String> biases = new LinkedHashMap<>();
    entries.forEach(entry -> biases.put(entry.metric(), entry.bias()));
    title(lines, "Bias of these metrics");
    biases.forEach((metric, bias) -> lines.add("  " + metric + ": " + bias));
  }

  private static boolean again(List<Entry> entries, int i) {
    return i > 0 && entries.get(i).metric().equals(entries.get(i - 1).metric());
  }

  private static String of(Entry entry) {
    return entry.of() + (entry.applications() == 0 ? " (control)" : "");
  }

  private static void restoration(List<Entry> all, Footnotes footnotes, List<String> lines) {
    List<Entry> entries = in(all, Section.RESTORATION);
    if (entries.isEmpty()) {
      return;
    }
    Set<Integer> powers = new LinkedHashSet<>();
    Map<List<String>, List<Entry>> rows = new LinkedHashMap<>();
    for (Entry entry : entries) {
      powers.add(entry.applications());
      rows.computeIfAbsent(
              List.of(entry.input(), entry.metric(), entry.goal()), key -> new ArrayList<>())
          .add(entry);
    }
    title(lines, "Restoration of degraded held-out samples (95 % intervals)");
    List<Column<List<Entry>>> columns = new ArrayList<>();
    columns.add(new Column<>("from", row -> row.get(0).input()));
    columns.add(new Column<>("metric", row -> row.get(0).metric()));
    columns.add(new Column<>("better", row -> row.get(0).goal()));
    int place = 0;
    for (int power : powers) {
      int index = place++;
      columns.add(new Column<>(Entry.of("x", power), row -> cell(row.get(index))));
    }
    columns.add(new Column<>("notes", footnotes::marks));
    lines.addAll(aligned(List.copyOf(rows.values()), columns));
  }

  /** The word, or the number and its interval. */
  private static String cell(Entry entry) {
    String word = entry.word();
    return word != null ? word : (value(entry) + " " + interval(entry.low(), entry.high())).strip();
  }

  private static String value(Entry entry) {
    return entry.value() == null ? "withheld" : number(entry.value());
  }

  /**
   * Evaluations side by side.
   *
   * @param names of the runs, in order
   */
  public static List<String> compared(
      List<String> names, List<EvaluationCard> cards, EvaluationComparison comparison) {
    List<String> lines = new ArrayList<>();
    for (int run = 0; run < names.size(); run++) {
      lines.add(
          "run %s      %s (SHA-256 %s...)"
              .formatted(
                  run + 1,
                  names.get(run),
                  EvaluationCard.shortened(cards.get(run).subject().fingerprint())));
    }
    lines.addAll(lines(cards.get(0).conditions()));
    lines.add("");
    lines.addAll(
        aligned(
            comparison.rows(),
            List.of(
                new Column<>("metric", row -> first(row, row.entry().metric())),
                new Column<>("better", row -> first(row, row.entry().goal())),
                new Column<>("of", row -> first(row, row.entry().of())),
                new Column<>("run", row -> row.run() + 1),
                new Column<>("value", row -> wordOrValue(row.entry())),
                new Column<>(
                    "95 % interval", row -> interval(row.entry().low(), row.entry().high())),
                new Column<>("difference", row -> signed(row.difference())),
                new Column<>("95 % interval", row -> interval(row.interval())),
                new Column<>("judgement", EvaluationText::judgement))));
    lines.add("");
    lines.add(
        "Differences are from run 1; their intervals are of pairs of the same samples, unless"
            + " marked unpaired.");
    lines.add(
        "Metrics of distributions have no interval of the difference: compare the two intervals,"
            + " and overlap proves nothing.");
    if (!comparison.left().isEmpty()) {
      lines.add("not in every run: " + String.join(", ", comparison.left()));
    }
    return lines;
  }

  private static String first(Row row, String cell) {
    return row.run() == 0 ? cell : "";
  }

  private static String wordOrValue(Entry entry) {
    String word = entry.word();
    return word != null ? word : value(entry);
  }

  private static String signed(@Nullable Double value) {
    return (value != null && value > 0 ? "+" : "") + number(value);
  }

  private static String interval(@Nullable Interval interval) {
    return interval == null ? "" : interval(interval.low(), interval.high());
  }

  private static String judgement(Row row) {
    return row.judgement() + (row.interval() != null && !row.paired() ? " (unpaired)" : "");
  }

  /** Evaluations side by side for a CSV file. */
  public static Table comparison(List<String> names, EvaluationComparison comparison) {
    return Table.filed(
        "comparison",
        "Evaluations side by side.",
        comparison.rows(),
        List.of(
            new Column<>("section", row -> row.entry().section().name().toLowerCase(Locale.ROOT)),
            new Column<>("metric", row -> row.entry().metric()),
            new Column<>("input", row -> row.entry().input()),
            new Column<>("applications", row -> row.entry().applications()),
            new Column<>("run", row -> names.get(row.run())),
            EvaluationFolder.optional(
                "value",
                row -> row.entry().value() == null ? row.entry().word() : row.entry().value()),
            EvaluationFolder.optional("low", row -> row.entry().low()),
            EvaluationFolder.optional("high", row -> row.entry().high()),
            EvaluationFolder.optional("difference from the first", Row::difference),
            EvaluationFolder.optional(
                "difference low", row -> row.interval() == null ? null : row.interval().low()),
            EvaluationFolder.optional(
                "difference high", row -> row.interval() == null ? null : row.interval().high()),
            new Column<>("judgement", EvaluationText::judgement)));
  }

  /** A number for people: four significant digits; empty for null. */
  static String number(@Nullable Double value) {
    if (value == null) {
      return "";
    }
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : value.isNaN() ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    return size < SMALL || size >= LARGE
        ? String.format(Locale.ROOT, "%.3e", value)
        : new BigDecimal(value).round(new MathContext(4)).toPlainString();
  }

  static String interval(@Nullable Double low, @Nullable Double high) {
    return low == null || high == null ? "" : "[" + number(low) + ", " + number(high) + "]";
  }

  /** Rows under their columns' names, in columns as wide as need be. */
  static <R> List<String> aligned(List<R> rows, List<Column<R>> columns) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(Column::name).toList());
    for (R row : rows) {
      cells.add(columns.stream().map(column -> column.cell().apply(row).toString()).toList());
    }
    int[] widths = new int[columns.size()];
    for (List<String> line : cells) {
      Arrays.setAll(widths, c -> Math.max(widths[c], line.get(c).length()));
    }
    List<String> lines = new ArrayList<>();
    for (List<String> line : cells) {
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        text.append(line.get(c)).append(" ".repeat(widths[c] - line.get(c).length())).append(GAP);
      }
      lines.add(text.toString().stripTrailing());
    }
    return lines;
  }

  /** Notes that many numbers share, printed once. */
  private static final class Footnotes {

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
