/** Training objectives of generators: IGN, and reconstruction with an idempotency strategy. */
@NullMarked
package dev.idem.generative.objective;

import org.jspecify.annotations.NullMarked;
