/** Tests of projections onto known manifolds. */
@NullMarked
package dev.idem.uses.projection;

import org.jspecify.annotations.NullMarked;
