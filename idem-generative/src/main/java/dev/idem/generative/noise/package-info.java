/**
 * Noise sources: what a generator starts from, z -&gt; f(z). Start at {@link
 * dev.idem.generative.noise.NoiseSource.NoiseKind}: it estimates a {@link
 * dev.idem.generative.noise.NoiseSource} from images, chosen by name, and restores one from the
 * statistics stored with a model.
 *
 * <p>The same seed gives the same bytes on one release of Java, whatever the number of threads.
 */
@NullMarked
package dev.idem.generative.noise;

import org.jspecify.annotations.NullMarked;
