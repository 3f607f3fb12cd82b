/** Samples as pictures: {@link dev.idem.cli.drawing.SampleGrids}. */
@NullMarked
package dev.idem.cli.drawing;

import org.jspecify.annotations.NullMarked;
