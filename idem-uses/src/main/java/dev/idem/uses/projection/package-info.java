/**
 * Projections onto manifolds whose nearest point is known: circle, sphere, swiss roll, subspace.
 */
@NullMarked
package dev.idem.uses.projection;

import org.jspecify.annotations.NullMarked;
