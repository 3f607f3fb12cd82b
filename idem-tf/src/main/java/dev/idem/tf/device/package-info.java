/** The devices that TensorFlow computes on, see {@link dev.idem.tf.device.Device}. */
@NullMarked
package dev.idem.tf.device;

import org.jspecify.annotations.NullMarked;
