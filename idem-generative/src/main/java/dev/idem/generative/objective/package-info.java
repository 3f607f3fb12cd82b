/** What a generator is trained with: IGN, and reconstruction with an idempotency strategy. */
@NullMarked
package dev.idem.generative.objective;

import org.jspecify.annotations.NullMarked;
