/**
 * Images as numbers and back, and grids of small images as pictures: {@link
 * dev.idem.generative.image.ImageGrid}, {@link dev.idem.generative.image.SampleGrids}.
 */
@NullMarked
package dev.idem.generative.image;

import org.jspecify.annotations.NullMarked;
