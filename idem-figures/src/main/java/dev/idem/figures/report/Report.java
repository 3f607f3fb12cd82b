package dev.idem.figures.report;

import dev.idem.figures.Claim;
import dev.idem.figures.Claim.Aspect;
import dev.idem.figures.Claim.Finding;
import dev.idem.figures.Claim.Verdict;
import dev.idem.figures.Figure;
import dev.idem.figures.FigureResult;
import dev.idem.figures.report.Report.Entry;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a reproduction found so far.
 *
 * @param command that makes it again
 * @param claims every claim with its verdicts, see {@link #claims}
 * @param entries its figures, in order
 * @param configuration the effective settings, by name
 * @param environment versions and machine, by name
 */
public record Report(
    String command,
    List<ClaimRow> claims,
    List<Entry> entries,
    Map<String, String> configuration,
    Map<String, String> environment) {

  /**
   * A figure of the report.
   *
   * @param name of the figure and of its folder
   * @param figure what it is about
   * @param command that draws it, and it alone, again
   * @param result what it found; empty if it failed
   * @param failure why it failed; empty if it did not
   * @param seconds of wall time
   */
  public record Entry(
      String name,
      Figure figure,
      String command,
      Optional<FigureResult> result,
      Optional<String> failure,
      double seconds) {}

  /**
   * A claim in the report's first table.
   *
   * @param claim which
   * @param found by aspect; empty if nothing was measured
   * @param figure of the report that measured it, by name
   * @param command that measures it
   */
  public record ClaimRow(
      Claim claim, Map<Aspect, Finding> found, Optional<String> figure, String command) {
    public ClaimRow {
      found = Map.copyOf(found);
    }

    /** The verdict on an aspect that applies to the claim. */
    public Verdict verdict(Aspect aspect) {
      Finding finding = found.get(aspect);
      return finding == null ? Verdict.NOT_MEASURED : finding.verdict();
    }

    /** The numbers, or why there are none. */
    String measured(Aspect aspect) {
      Finding finding = found.get(aspect);
      if (finding != null) {
        return finding.measured();
      }
      return figure
          .map("nothing: figure '%s' failed"::formatted)
          .orElse("nothing in this report; the command measures it");
    }

    /** What it was measured on; a dash if it was not. */
    String setting() {
      return found.isEmpty()
          ? "–"
          : String.join(
              " ", found.values().stream().map(Finding::setting).distinct().sorted().toList());
    }
  }

  public Report {
    claims = List.copyOf(claims);
    entries = List.copyOf(entries);
    configuration = new LinkedHashMap<>(configuration);
    environment = new LinkedHashMap<>(environment);
  }

  /**
   * A row for every claim that any figure measures, whether or not a figure of this report measured
   * it: the paper's own claims, then further tests, each in the order of the figures. Where several
   * drawn figures measure the same claim, the last of {@code known} decides.
   *
   * @param known every figure there is, by name, drawn or not
   * @param entries the figures drawn so far
   * @param command that draws the figure of that name
   */
  public static List<ClaimRow> claims(
      Map<String, Figure> known, List<Entry> entries, UnaryOperator<String> command) {
    Map<String, Entry> drawn = new LinkedHashMap<>();
    entries.forEach(entry -> drawn.put(entry.name(), entry));
    Map<Claim, ClaimRow> rows = new LinkedHashMap<>();
    known.forEach(
        (name, figure) -> {
          for (Claim claim : figure.claims()) {
            ClaimRow row = row(claim, name, Optional.ofNullable(drawn.get(name)), command);
            rows.merge(claim, row, Report::better);
          }
        });
    return rows.values().stream()
        .sorted(Comparator.comparing(row -> !row.claim().ofPaper()))
        .toList();
  }

  private static ClaimRow row(
      Claim claim, String name, Optional<Entry> entry, UnaryOperator<String> command) {
    Map<Aspect, Finding> found = new EnumMap<>(Aspect.class);
    entry.flatMap(Entry::result).stream()
        .flatMap(result -> result.findings().stream())
        .filter(finding -> finding.claim().equals(claim))
        .forEach(finding -> found.put(finding.aspect(), finding));
    return new ClaimRow(claim, found, entry.map(Entry::name), command.apply(name));
  }

  /** The later of two that are measured; else the measured one, the failed one, the first. */
  private static ClaimRow better(ClaimRow first, ClaimRow later) {
    if (!later.found().isEmpty()) {
      return later;
    }
    boolean firstSaysMore =
        !first.found().isEmpty() || first.figure().isPresent() || later.figure().isEmpty();
    return firstSaysMore ? first : later;
  }
}
