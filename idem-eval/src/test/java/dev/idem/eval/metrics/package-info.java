/**
 * Tests of {@code dev.idem.eval.metrics}; {@code Maps} makes samples and maps with known values.
 */
@NullMarked
package dev.idem.eval.metrics;

import org.jspecify.annotations.NullMarked;
