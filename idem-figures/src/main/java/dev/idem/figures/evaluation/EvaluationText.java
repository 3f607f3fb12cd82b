package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.Entry;
import dev.idem.eval.evaluation.Entry.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An evaluation as aligned lines. */
public final class EvaluationText {

  private static final String WITHHELD = "withheld";

  private EvaluationText() {}

  /** Returns the lines. */
  public static List<String> of(EvaluationCard card) {
    Conditions conditions = card.conditions();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-10s %s (SHA-256 %s...)"
            .formatted(
                conditions.kind(),
                card.subject().name(),
                Fingerprint.shortened(card.subject().fingerprint())));
    lines.add("data       " + conditions.data());
    lines.add(
        String.format(
            Locale.ROOT, "samples    %,d, seed %d", conditions.samples(), conditions.seed()));
    lines.add("features   " + conditions.features());
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
    List<String> header = new ArrayList<>(List.of("input"));
    header.addAll(metrics);
    header.add("notes");
    AlignedTable table = new AlignedTable(header);
    byInput.forEach(
        (input, row) -> {
          List<String> cells = new ArrayList<>(List.of(input));
          Set<String> notes = new LinkedHashSet<>();
          Map<String, String> told = new LinkedHashMap<>();
          row.forEach(
              entry -> {
                told.put(entry.metric(), cell(entry));
                notes.addAll(entry.notes());
              });
          metrics.forEach(metric -> cells.add(told.getOrDefault(metric, "")));
          cells.add(footnotes.marks(List.copyOf(notes)));
          table.add(cells);
        });
    lines.addAll(table.lines());
  }

  private static void distribution(List<Entry> all, Footnotes footnotes, List<String> lines) {
    List<Entry> entries = in(all, Section.DISTRIBUTION);
    if (entries.isEmpty()) {
      return;
    }
    title(
        lines,
        "Distribution against held-out samples; 'half' compares with 'floor', real against real");
    AlignedTable table =
        new AlignedTable(
            List.of("metric", "better", "of", "value", "95 % interval", "half", "floor", "notes"));
    Map<String, String> biases = new LinkedHashMap<>();
    String last = "";
    for (Entry entry : entries) {
      boolean again = entry.metric().equals(last);
      last = entry.metric();
      biases.put(entry.metric(), entry.bias());
      table.add(
          List.of(
              again ? "" : entry.metric(),
              again ? "" : entry.goal(),
              entry.of() + (entry.applications() == 0 ? " (control)" : ""),
              entry.value() == null ? WITHHELD : Numbers.of(entry.value()),
              Numbers.interval(entry.low(), entry.high()),
              Numbers.of(entry.valueAtFloorSize()),
              Numbers.of(entry.floor()),
              footnotes.marks(entry.notes())));
    }
    lines.addAll(table.lines());
    title(lines, "Bias of these metrics");
    biases.forEach((metric, bias) -> lines.add("  " + metric + ": " + bias));
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
    List<String> header = new ArrayList<>(List.of("from", "metric", "better"));
    powers.forEach(k -> header.add(Entry.of("x", k)));
    header.add("notes");
    AlignedTable table = new AlignedTable(header);
    rows.forEach(
        (key, row) -> {
          List<String> cells = new ArrayList<>(key);
          Set<String> notes = new LinkedHashSet<>();
          row.forEach(
              entry -> {
                cells.add(cell(entry));
                notes.addAll(entry.notes());
              });
          cells.add(footnotes.marks(List.copyOf(notes)));
          table.add(cells);
        });
    lines.addAll(table.lines());
  }

  /** The word, or the number and its interval. */
  private static String cell(Entry entry) {
    String word = entry.word();
    if (word != null) {
      return word;
    }
    if (entry.value() == null) {
      return WITHHELD;
    }
    return (Numbers.of(entry.value()) + " " + Numbers.interval(entry.low(), entry.high())).strip();
  }
}
