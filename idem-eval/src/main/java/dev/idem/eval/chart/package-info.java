/**
 * Charts fit to publish, as PNG and SVG: describe one with {@link dev.idem.eval.chart.Chart}, lay
 * several out with {@link dev.idem.eval.chart.ChartGrid}, write them with {@link
 * dev.idem.eval.chart.ChartWriter}.
 */
@NullMarked
package dev.idem.eval.chart;

import org.jspecify.annotations.NullMarked;
