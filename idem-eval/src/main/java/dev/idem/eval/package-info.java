/**
 * Idempotency metrics and comparisons with statistics; no engine, no charts. Start at {@link
 * dev.idem.eval.metrics.IdempotencyMetrics} to measure a map, at {@link
 * dev.idem.eval.distribution.DistributionEvaluation} to judge generated samples, at {@link
 * dev.idem.eval.metrics.RestorationMetrics} to judge restored images, at {@link
 * dev.idem.eval.metrics.CollapseAlarm} to watch a run, and at {@link
 * dev.idem.eval.comparison.Comparison} to compare strategies.
 *
 * <p>Samples are rows [m][n] of single precision, m of them, each of n numbers. What is not as a
 * parameter says is refused by an IllegalArgumentException that names it, its value and the rule.
 */
@NullMarked
package dev.idem.eval;

import org.jspecify.annotations.NullMarked;
