/** Tests of fronts of task loss and idempotency error. */
@NullMarked
package dev.idem.cli.figure.front;

import org.jspecify.annotations.NullMarked;
