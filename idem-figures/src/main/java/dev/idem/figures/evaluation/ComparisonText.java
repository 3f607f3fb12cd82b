package dev.idem.figures.evaluation;

import dev.idem.eval.evaluation.Entry;
import dev.idem.eval.evaluation.EvaluationComparison;
import dev.idem.eval.evaluation.EvaluationComparison.Row;
import dev.idem.figures.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Evaluations side by side as aligned lines, and as a table for a file. */
public final class ComparisonText {

  private ComparisonText() {}

  /**
   * The lines.
   *
   * @param names of the runs, in order
   */
  public static List<String> of(
      List<String> names, List<EvaluationCard> cards, EvaluationComparison comparison) {
    List<String> lines = new ArrayList<>();
    Conditions conditions = cards.get(0).conditions();
    for (int run = 0; run < names.size(); run++) {
      lines.add(
          "run %s      %s (SHA-256 %s...)"
              .formatted(
                  run + 1,
                  names.get(run),
                  Fingerprint.shortened(cards.get(run).subject().fingerprint())));
    }
    lines.add("data       " + conditions.data());
    lines.add(
        String.format(
            Locale.ROOT, "samples    %,d, seed %d", conditions.samples(), conditions.seed()));
    lines.add("features   " + conditions.features());
    lines.add("");
    AlignedTable table =
        new AlignedTable(
            List.of(
                "metric",
                "better",
                "of",
                "run",
                "value",
                "95 % interval",
                "difference",
                "95 % interval",
                "judgement"));
    for (Row row : comparison.rows()) {
      Entry entry = row.entry();
      boolean first = row.run() == 0;
      table.add(
          List.of(
              first ? entry.metric() : "",
              first ? entry.goal() : "",
              first ? entry.of() : "",
              Integer.toString(row.run() + 1),
              value(entry),
              Numbers.interval(entry.low(), entry.high()),
              Numbers.signed(row.difference()),
              Numbers.interval(row.interval()),
              judgement(row)));
    }
    lines.addAll(table.lines());
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

  private static String value(Entry entry) {
    return Optional.ofNullable(entry.word())
        .orElseGet(() -> entry.value() == null ? "withheld" : Numbers.of(entry.value()));
  }

  private static String judgement(Row row) {
    return row.judgement() + (row.interval() != null && !row.paired() ? " (unpaired)" : "");
  }

  /** The same for a CSV file. */
  public static Table table(List<String> names, EvaluationComparison comparison) {
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : comparison.rows()) {
      Entry entry = row.entry();
      rows.add(
          List.of(
              entry.section().name().toLowerCase(Locale.ROOT),
              entry.metric(),
              entry.input(),
              entry.applications(),
              names.get(row.run()),
              cell(Optional.ofNullable((Object) entry.value()).or(() -> word(entry))),
              cell(Optional.ofNullable(entry.low())),
              cell(Optional.ofNullable(entry.high())),
              cell(Optional.ofNullable(row.difference())),
              cell(Optional.ofNullable(row.interval()).map(i -> i.low())),
              cell(Optional.ofNullable(row.interval()).map(i -> i.high())),
              judgement(row)));
    }
    return Table.filed(
        "comparison",
        "Evaluations side by side.",
        List.of(
            "section",
            "metric",
            "input",
            "applications",
            "run",
            "value",
            "low",
            "high",
            "difference from the first",
            "difference low",
            "difference high",
            "judgement"),
        rows);
  }

  private static Optional<Object> word(Entry entry) {
    return Optional.ofNullable(entry.word());
  }

  private static Object cell(Optional<?> value) {
    return value.isPresent() ? value.get() : "";
  }
}
