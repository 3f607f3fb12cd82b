package dev.idem.eval.figure;

import java.util.List;

/**
 * What a figure found.
 *
 * @param drawings its pictures
 * @param tables its numbers
 * @param measured plain sentences on what was measured
 */
public record FigureResult(List<Drawing> drawings, List<Table> tables, List<String> measured) {
  public FigureResult {
    drawings = List.copyOf(drawings);
    tables = List.copyOf(tables);
    measured = List.copyOf(measured);
  }
}
