/**
 * Trained generators in a browser: {@link dev.idem.explore.Explorer} serves a page on which digits
 * are drawn, degraded and projected, and noises interpolated.
 */
@NullMarked
package dev.idem.explore;

import org.jspecify.annotations.NullMarked;
