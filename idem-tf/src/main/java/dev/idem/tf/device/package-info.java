/** The devices that TensorFlow computes on, see {@link dev.idem.api.training.Device}. */
@NullMarked
package dev.idem.tf.device;

import org.jspecify.annotations.NullMarked;
