/** Tests of the noise sources, on images with a known mean and covariance. */
@NullMarked
package dev.idem.generative.noise;

import org.jspecify.annotations.NullMarked;
