/**
 * Idempotency at equal task quality: {@link dev.idem.cli.figure.front.FrontFigure} trains every
 * method at every weight and draws task loss against idempotency error.
 */
@NullMarked
package dev.idem.cli.figure.front;

import org.jspecify.annotations.NullMarked;
