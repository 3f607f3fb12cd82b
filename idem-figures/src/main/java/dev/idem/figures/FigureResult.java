package dev.idem.figures;

import java.util.List;

/**
 * The result of a figure.
 *
 * @param drawings charts and images
 * @param tables its numbers
 * @param measured sentences that sum up the measurements
 * @param findings on the claims that the figure measures
 */
public record FigureResult(
    List<Drawing> drawings, List<Table> tables, List<String> measured, List<Finding> findings) {
  public FigureResult {
    drawings = List.copyOf(drawings);
    tables = List.copyOf(tables);
    measured = List.copyOf(measured);
    findings = List.copyOf(findings);
  }

  /** Of a figure that measures no claim. */
  public FigureResult(List<Drawing> drawings, List<Table> tables, List<String> measured) {
    this(drawings, tables, measured, List.of());
  }
}
