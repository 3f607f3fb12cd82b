/** The scalar map k to 3k^2 - 2k^3: {@link dev.idem.figures.scalarmap.ScalarMapFigure}. */
@NullMarked
package dev.idem.figures.scalarmap;

import org.jspecify.annotations.NullMarked;
