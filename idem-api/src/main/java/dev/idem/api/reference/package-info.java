/**
 * The double-precision reference engine: plain arrays, exact reverse-mode gradients, no dependency.
 * Slow and simple; other engines are tested against it.
 */
@NullMarked
package dev.idem.api.reference;

import org.jspecify.annotations.NullMarked;
