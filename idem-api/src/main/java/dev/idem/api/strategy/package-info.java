/**
 * How a network is made idempotent: {@link dev.idem.api.strategy.IdempotencyStrategy} and the
 * built-in strategies.
 */
@NullMarked
package dev.idem.api.strategy;

import org.jspecify.annotations.NullMarked;
