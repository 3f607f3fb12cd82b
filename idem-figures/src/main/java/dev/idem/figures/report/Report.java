package dev.idem.figures.report;

import dev.idem.figures.Figure;
import dev.idem.figures.FigureResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reproduction found so far.
 *
 * @param command that makes it again
 * @param claims every claim with its verdict, see {@link ClaimTable}
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

  public Report {
    claims = List.copyOf(claims);
    entries = List.copyOf(entries);
    configuration = new LinkedHashMap<>(configuration);
    environment = new LinkedHashMap<>(environment);
  }
}
