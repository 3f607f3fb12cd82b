/**
 * What the metrics are computed with: checks of and sums over rows of numbers, and spectra of
 * symmetric matrices. Metrics start here; users start at the metrics.
 */
@NullMarked
package dev.idem.eval.linear;

import org.jspecify.annotations.NullMarked;
