/**
 * Figures of a paper: implement {@link dev.idem.eval.figure.Figure}, write what it drew with {@link
 * dev.idem.eval.figure.FigureWriter}.
 */
@NullMarked
package dev.idem.eval.figure;

import org.jspecify.annotations.NullMarked;
