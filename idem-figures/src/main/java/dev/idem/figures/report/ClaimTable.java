package dev.idem.figures.report;

import dev.idem.figures.Claim;
import dev.idem.figures.Figure;
import dev.idem.figures.Finding;
import dev.idem.figures.Verdict;
import dev.idem.figures.report.Report.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Every claim that any figure measures, whether or not a figure of this report measured it. */
public final class ClaimTable {

  private ClaimTable() {}

  /**
   * A row a claim, in the order of the figures that measure them. Where several drawn figures
   * measure the same claim, the last of {@code known} decides.
   *
   * @param known every figure there is, by name, drawn or not
   * @param entries the figures drawn so far
   * @param command that draws the figure of that name
   */
  public static List<ClaimRow> of(
      Map<String, Figure> known, List<Entry> entries, UnaryOperator<String> command) {
    Map<String, Entry> drawn = new LinkedHashMap<>();
    entries.forEach(entry -> drawn.put(entry.name(), entry));
    Map<Claim, ClaimRow> rows = new LinkedHashMap<>();
    known.forEach(
        (name, figure) -> {
          for (Claim claim : figure.claims()) {
            ClaimRow row = row(claim, name, Optional.ofNullable(drawn.get(name)), command);
            rows.merge(claim, row, ClaimTable::better);
          }
        });
    return List.copyOf(rows.values());
  }

  private static ClaimRow row(
      Claim claim, String name, Optional<Entry> entry, UnaryOperator<String> command) {
    Optional<Finding> finding =
        entry.flatMap(Entry::result).stream()
            .flatMap(result -> result.findings().stream())
            .filter(found -> found.claim().equals(claim))
            .findFirst();
    Optional<String> section = entry.map(Entry::name);
    return finding
        .map(
            found ->
                new ClaimRow(
                    claim,
                    found.setting(),
                    found.measured(),
                    found.verdict(),
                    section,
                    command.apply(name)))
        .orElseGet(
            () ->
                new ClaimRow(
                    claim,
                    "–",
                    entry.isPresent()
                        ? "nothing: figure '%s' failed".formatted(name)
                        : "nothing in this report; the command measures it",
                    Verdict.NOT_MEASURED,
                    section,
                    command.apply(name)));
  }

  /** The later of two that are measured; else the measured one, the failed one, the first. */
  private static ClaimRow better(ClaimRow first, ClaimRow later) {
    if (later.verdict() != Verdict.NOT_MEASURED) {
      return later;
    }
    boolean firstSaysMore =
        first.verdict() != Verdict.NOT_MEASURED
            || first.figure().isPresent()
            || later.figure().isEmpty();
    return firstSaysMore ? first : later;
  }
}
