/** Randomness that is a function of an explicit seed: {@link dev.idem.api.random.RandomStreams}. */
@NullMarked
package dev.idem.api.random;

import org.jspecify.annotations.NullMarked;
