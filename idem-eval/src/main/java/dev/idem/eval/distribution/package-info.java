/**
 * How one set of samples relates to another as a distribution, whatever made them: {@link
 * dev.idem.eval.distribution.Diversity} tells whether generated samples vary as real ones do,
 * {@link dev.idem.eval.distribution.FrechetDistance} how far apart the two sets are, {@link
 * dev.idem.eval.distribution.PrincipalComponents} shows both in a plane. Start at {@code
 * Diversity}.
 */
@NullMarked
package dev.idem.eval.distribution;

import org.jspecify.annotations.NullMarked;
