package dev.idem.eval.figure;

import dev.idem.api.check.Require;
import dev.idem.eval.chart.ChartGrid;

/**
 * A picture of a figure.
 *
 * @param name of its files, without ending
 * @param caption what it shows, sample sizes included
 * @param grid the charts
 */
public record Drawing(String name, String caption, ChartGrid grid) {
  public Drawing {
    Require.argument(
        name.matches("[a-z0-9][a-z0-9-]*"),
        "drawing name '%s' must be lower-case and hyphens",
        name);
  }
}
