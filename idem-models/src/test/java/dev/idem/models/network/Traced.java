package dev.idem.models.network;

import dev.idem.api.algebra.Shape;

/**
 * A tensor that knows what it was computed from instead of its values.
 *
 * @param expression what was computed
 * @param shape of one sample, or of a whole parameter
 */
record Traced(String expression, Shape shape) {}
