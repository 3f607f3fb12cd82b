/** The cost of a step: {@link dev.idem.figures.overhead.OverheadFigure}. */
@NullMarked
package dev.idem.figures.overhead;

import org.jspecify.annotations.NullMarked;
