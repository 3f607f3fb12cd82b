/** Noise sources: what a generator starts from. */
@NullMarked
package dev.idem.generative.noise;

import org.jspecify.annotations.NullMarked;
