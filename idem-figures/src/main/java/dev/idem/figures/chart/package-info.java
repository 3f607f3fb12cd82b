/**
 * Figures fit to publish, as PNG and SVG. For charts, describe one with {@link
 * dev.idem.figures.chart.Chart} and lay several out with {@link dev.idem.figures.chart.ChartGrid};
 * for small images in rows, such as digits, make an {@link dev.idem.generative.image.ImageGrid}.
 * {@link dev.idem.figures.chart.SvgWriter} writes either; implement {@link
 * dev.idem.generative.image.Picture} for anything else.
 */
@NullMarked
package dev.idem.figures.chart;

import org.jspecify.annotations.NullMarked;
