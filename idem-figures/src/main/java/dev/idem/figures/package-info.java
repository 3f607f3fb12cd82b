/**
 * The paper's figures as a library. Construct one, such as {@link
 * dev.idem.figures.scalarmap.ScalarMapFigure}, draw it with a {@link
 * dev.idem.figures.FigureContext}, and {@link dev.idem.figures.FigureResult#write write} what it
 * drew; for a figure of your own implement {@link dev.idem.figures.Figure}.
 */
@NullMarked
package dev.idem.figures;

import org.jspecify.annotations.NullMarked;
