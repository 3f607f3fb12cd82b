/**
 * How good a map is by itself. {@link dev.idem.eval.metrics.IdempotencyMetrics} tells how
 * idempotent it is, {@link dev.idem.eval.metrics.CollapseThresholds} whether for a reason that
 * makes it useless; {@link dev.idem.eval.metrics.CollapseAlarm} watches a training run for that, as
 * a listener. {@link dev.idem.eval.metrics.RestorationMetrics} compares restored images with the
 * clean ones.
 */
@NullMarked
package dev.idem.eval.metrics;

import org.jspecify.annotations.NullMarked;
