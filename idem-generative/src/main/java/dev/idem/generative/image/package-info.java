/**
 * Conversion between images and samples, and grids of small images: {@link
 * dev.idem.generative.image.ImageGrid}, {@link dev.idem.generative.image.SampleGrids}.
 */
@NullMarked
package dev.idem.generative.image;

import org.jspecify.annotations.NullMarked;
