/**
 * The engine-free contract of idem: a map f is idempotent when f(f(x)) = f(x).
 *
 * <p>Start with {@link dev.idem.api.strategy.IdempotencyStrategy}, the one interface a new training
 * strategy implements, and {@link dev.idem.api.training.TrainingEngine}, which trains a network
 * with it. This module depends on the JDK alone.
 */
@NullMarked
package dev.idem.api;

import org.jspecify.annotations.NullMarked;
