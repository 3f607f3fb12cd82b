/**
 * The figures of generation: {@link dev.idem.cli.figure.generative.GenerativeFigure} shows, {@link
 * dev.idem.cli.figure.generative.AblationFigure} tests.
 */
@NullMarked
package dev.idem.cli.figure.generative;

import org.jspecify.annotations.NullMarked;
