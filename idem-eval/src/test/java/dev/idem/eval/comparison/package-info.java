/**
 * Tests of {@code dev.idem.eval.comparison}; {@code DiagonalEngine} trains diagonal maps without an
 * engine.
 */
@NullMarked
package dev.idem.eval.comparison;

import org.jspecify.annotations.NullMarked;
