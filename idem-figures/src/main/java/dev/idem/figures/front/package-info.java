/**
 * Idempotency at equal task quality: {@link dev.idem.figures.front.FrontFigure} trains every method
 * at every weight and draws task loss against idempotency error.
 */
@NullMarked
package dev.idem.figures.front;

import org.jspecify.annotations.NullMarked;
