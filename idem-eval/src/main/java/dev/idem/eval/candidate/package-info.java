/**
 * Classical maps that are idempotent by construction, to measure beside networks: {@link
 * dev.idem.eval.candidate.PrincipalProjection} and {@link dev.idem.eval.candidate.KMeansQuantiser}.
 * Each is a function on rows, as {@link dev.idem.eval.metrics.IdempotencyMetrics} takes them.
 */
@NullMarked
package dev.idem.eval.candidate;

import org.jspecify.annotations.NullMarked;
