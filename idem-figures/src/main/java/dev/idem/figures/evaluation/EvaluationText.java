package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.EvaluationComparison;
import dev.idem.eval.evaluation.EvaluationComparison.Row;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An evaluation, or several side by side, as aligned lines. */
public final class EvaluationText {

  private static final String GAP = "  ";
  private static final Digits DIGITS = new Digits(4);

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
    EvaluationTables tables = new EvaluationTables(card.entries(), DIGITS, footnotes);
    tables.idempotency().ifPresent(table -> add(table, lines));
    tables
        .distribution()
        .ifPresent(
            table -> {
              add(table, lines);
              lines.add("");
              lines.add(EvaluationTables.BIAS);
              tables.biases().forEach((metric, bias) -> lines.add("  " + metric + ": " + bias));
            });
    tables.restoration().ifPresent(table -> add(table, lines));
    List<String> told = new ArrayList<>(footnotes.lines());
    card.notes().forEach(note -> told.add("note: " + note));
    if (!told.isEmpty()) {
      lines.add("");
      lines.addAll(told);
    }
    return lines;
  }

  private static void add(Table table, List<String> lines) {
    lines.add("");
    lines.add(table.caption());
    lines.addAll(aligned(table));
  }

  private static List<String> lines(Conditions conditions) {
    return List.of(
        "data       " + conditions.data(),
        String.format(
            Locale.ROOT, "samples    %,d, seed %d", conditions.samples(), conditions.seed()),
        "features   " + conditions.features());
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
    lines.addAll(aligned(EvaluationTables.compared(comparison.rows(), DIGITS)));
    lines.add("");
    lines.addAll(remarks(comparison));
    return lines;
  }

  /** How to read a comparison. */
  static List<String> remarks(EvaluationComparison comparison) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "Differences are from run 1; their intervals are of pairs of the same samples, unless"
            + " marked unpaired.");
    remarks.add(
        "Metrics of distributions have no interval of the difference: compare the two intervals,"
            + " and overlap proves nothing.");
    if (!comparison.left().isEmpty()) {
      remarks.add("not in every run: " + String.join(", ", comparison.left()));
    }
    return remarks;
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
            new Column<>("judgement", EvaluationTables::judgement)));
  }

  /** Rows under their columns' names, in columns as wide as need be. */
  private static List<String> aligned(Table table) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(table.header());
    table.rows().forEach(row -> cells.add(row.stream().map(Object::toString).toList()));
    int[] widths = new int[table.header().size()];
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
}
