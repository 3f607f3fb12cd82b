/**
 * Polynomials that make matrices idempotent, exactly: start with {@link
 * dev.idem.api.polynomial.IdempotentPolynomial}.
 */
@NullMarked
package dev.idem.api.polynomial;

import org.jspecify.annotations.NullMarked;
