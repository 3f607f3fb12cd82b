/** Tests of denoising. */
@NullMarked
package dev.idem.uses.denoising;

import org.jspecify.annotations.NullMarked;
