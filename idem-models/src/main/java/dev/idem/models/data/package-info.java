/**
 * Samples, as pure functions of seed and step: distributions ({@link
 * dev.idem.models.data.DistributionSource.Gaussian}, {@link
 * dev.idem.models.data.DistributionSource.Uniform}, {@link
 * dev.idem.models.data.DistributionSource.LowRankGaussian}, or your own {@link
 * dev.idem.models.data.DistributionSource}) and images ({@link dev.idem.models.data.Mnist}).
 *
 * <p>The same seed gives the same bytes on one release of Java. Across releases {@link
 * java.util.random.RandomGenerator#nextGaussian} may change: of four million normal numbers, one
 * was seen to differ in its last place between Java 17 and 25. Orders of images do not depend on
 * it.
 */
@NullMarked
package dev.idem.models.data;

import org.jspecify.annotations.NullMarked;
