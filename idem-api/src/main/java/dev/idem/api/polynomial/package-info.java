/**
 * Polynomials that make matrices idempotent, exactly. Start with {@link
 * dev.idem.api.polynomial.IdempotentPolynomial}, the iterators; {@link
 * dev.idem.api.polynomial.AnsatzSolver} derives them from conditions alone; {@link
 * dev.idem.api.polynomial.Dynamics} knows where they lead; {@link
 * dev.idem.api.polynomial.AcceleratedIteration} purifies matrices with fewer products.
 */
@NullMarked
package dev.idem.api.polynomial;

import org.jspecify.annotations.NullMarked;
