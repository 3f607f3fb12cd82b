/** Error against training: {@link dev.idem.figures.efficacy.EfficacyFigure}. */
@NullMarked
package dev.idem.figures.efficacy;

import org.jspecify.annotations.NullMarked;
