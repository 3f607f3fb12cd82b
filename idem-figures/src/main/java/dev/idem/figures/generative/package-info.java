/**
 * The figures of generation: {@link dev.idem.figures.generative.GenerativeFigure} shows, {@link
 * dev.idem.figures.generative.AblationFigure} tests.
 */
@NullMarked
package dev.idem.figures.generative;

import org.jspecify.annotations.NullMarked;
