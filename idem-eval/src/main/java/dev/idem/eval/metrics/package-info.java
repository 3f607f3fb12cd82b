/**
 * How idempotent a map is, and whether it is so for a reason that makes it useless. Start at {@link
 * dev.idem.eval.metrics.IdempotencyMetrics}; {@link dev.idem.eval.metrics.CollapseThresholds} turns
 * its report into a verdict. {@link dev.idem.eval.metrics.EffectiveRank} stands alone as well.
 */
@NullMarked
package dev.idem.eval.metrics;

import org.jspecify.annotations.NullMarked;
