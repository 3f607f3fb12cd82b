/**
 * Idempotency metrics, comparisons with statistics, figures and the report; no engine. Start at
 * {@link dev.idem.eval.metrics.IdempotencyMetrics} to measure a map, at {@link
 * dev.idem.eval.distribution.DistributionEvaluation} to judge generated samples, at {@link
 * dev.idem.eval.restoration.RestorationMetrics} to judge restored images, at {@link
 * dev.idem.eval.collapse.CollapseAlarm} to watch a run, at {@link
 * dev.idem.eval.comparison.Comparison} to compare strategies, and at {@link
 * dev.idem.eval.figure.Figure} to draw what was found.
 */
@NullMarked
package dev.idem.eval;

import org.jspecify.annotations.NullMarked;
