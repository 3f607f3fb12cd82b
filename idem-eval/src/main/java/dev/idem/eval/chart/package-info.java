/**
 * Pictures fit to publish, as PNG and SVG. For charts, describe one with {@link
 * dev.idem.eval.chart.Chart} and lay several out with {@link dev.idem.eval.chart.ChartGrid}; for
 * small images in rows, such as digits, make an {@link dev.idem.eval.chart.ImageGrid}. {@link
 * dev.idem.eval.chart.ChartWriter} writes either; implement {@link dev.idem.eval.chart.Picture} for
 * anything else.
 */
@NullMarked
package dev.idem.eval.chart;

import org.jspecify.annotations.NullMarked;
