/** Tests of fronts of task loss and idempotency error. */
@NullMarked
package dev.idem.figures.front;

import org.jspecify.annotations.NullMarked;
