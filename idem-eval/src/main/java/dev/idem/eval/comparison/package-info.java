/**
 * Strategies against one another on one task: every strategy, learning rate and seed is trained and
 * measured, failures included. Start at {@link dev.idem.eval.comparison.Comparison}; what it
 * returns ({@link dev.idem.eval.comparison.ComparisonResult}) gives views at equal rate and at each
 * strategy's best rate, and paired differences. {@link dev.idem.eval.comparison.ParetoFront} weighs
 * two goals at once.
 */
@NullMarked
package dev.idem.eval.comparison;

import org.jspecify.annotations.NullMarked;
