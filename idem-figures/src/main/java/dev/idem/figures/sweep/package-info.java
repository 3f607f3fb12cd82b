/**
 * The report of a hyper-parameter sweep: {@link dev.idem.figures.sweep.SweepReport} writes what
 * {@link dev.idem.figures.sweep.SweepResults} holds as one page, drawings and tables.
 */
@NullMarked
package dev.idem.figures.sweep;

import org.jspecify.annotations.NullMarked;
