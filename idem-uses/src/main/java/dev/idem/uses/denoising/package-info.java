/** Denoising: networks with and without idempotency, and OpenCV's denoisers. */
@NullMarked
package dev.idem.uses.denoising;

import org.jspecify.annotations.NullMarked;
