/**
 * How one set of samples relates to another as a distribution, whatever made them. Start at {@link
 * dev.idem.eval.distribution.DistributionEvaluation}, which gives every metric an interval and the
 * floor of real samples against real ones:
 *
 * <pre>{@code
 * DistributionReport report =
 *     DistributionEvaluation.in(FeatureSpace.principal(PrincipalComponents.fit(training, 64)))
 *         .training(training)
 *         .seed(1)
 *         .build()
 *         .evaluate(heldOut, generated);
 * }</pre>
 *
 * <p>Each metric stands alone as well, a {@link dev.idem.eval.distribution.DistributionMetric}.
 * {@link dev.idem.eval.distribution.Diversity} tells whether generated samples vary as real ones
 * do, {@link dev.idem.eval.distribution.NearestReal} how far each is from a real one; {@link
 * dev.idem.eval.distribution.KMeansQuantiser} is the classical map onto a few of them.
 */
@NullMarked
package dev.idem.eval.distribution;

import org.jspecify.annotations.NullMarked;
