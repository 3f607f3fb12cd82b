/** Ways to degrade an image, for projection. */
@NullMarked
package dev.idem.generative.degradation;

import org.jspecify.annotations.NullMarked;
