/**
 * Two goals at once: what cannot be bettered in one without loss in the other, and how much lies
 * behind it. Start at {@link dev.idem.eval.front.ParetoFront}.
 */
@NullMarked
package dev.idem.eval.front;

import org.jspecify.annotations.NullMarked;
