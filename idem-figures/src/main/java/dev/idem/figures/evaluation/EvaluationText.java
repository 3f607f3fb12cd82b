package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.EvaluationComparison;
import dev.idem.eval.evaluation.EvaluationComparison.Row;
import dev.idem.figures.Table;
import dev.idem.figures.Table.Column;
import dev.idem.figures.TextTable;
import dev.idem.figures.evaluation.EvaluationCard.Conditions;
import dev.idem.figures.evaluation.EvaluationTables.Footnotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation, or several side by side, as aligned lines. */
public final class EvaluationText {

  private static final Digits DIGITS = new Digits(4);

  private EvaluationText() {}

  /**
   * An evaluation.
   *
   * @param width of the longest line of a table, in characters
   */
  public static List<String> of(EvaluationCard card, int width) {
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
    tables.idempotency().ifPresent(table -> add(table, width, lines));
    tables
        .distribution()
        .ifPresent(
            table -> {
              add(table, width, lines);
              lines.add("");
              lines.add(EvaluationTables.BIAS);
              tables.biases().forEach((metric, bias) -> lines.add("  " + metric + ": " + bias));
            });
    tables.restoration().ifPresent(table -> add(table, width, lines));
    List<String> told = new ArrayList<>(footnotes.lines());
    card.notes().forEach(note -> told.add("note: " + note));
    if (!told.isEmpty()) {
      lines.add("");
      lines.addAll(told);
    }
    return lines;
  }

  private static void add(Table table, int width, List<String> lines) {
    lines.add("");
    lines.add(table.caption());
    lines.addAll(aligned(table, width));
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
   * @param width of the longest line of a table, in characters
   */
  public static List<String> compared(
      List<String> names, List<EvaluationCard> cards, EvaluationComparison comparison, int width) {
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
    lines.addAll(aligned(EvaluationTables.compared(comparison.rows(), DIGITS), width));
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

  /** Rows under their columns' names. */
  private static List<String> aligned(Table table, int width) {
    return TextTable.lines(
        table.header(),
        table.rows().stream().map(row -> row.stream().map(Object::toString).toList()).toList(),
        width);
  }
}
